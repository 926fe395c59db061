"""Normalisation: what goes, what stays, and that doing it twice changes nothing."""

import re
import unicodedata

import ftfy
import pytest
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ftdata.cleaning.normalize import normalize_column, normalize_text

# Pieces that make mojibake, invisible characters and odd breaks likely.
PIECES = st.sampled_from(
    ["Ã©", "â€™", "Ã", "\u200b", "\u200d", "\r\n", "\r", "\x0c", "\x85", "\ufeff", "\u202e", " ",
     "é", "e\u0301", "\U000e0041", "a", "\n", "\t", "√©", "\x9d", "ﬁ", "한", "\u1112\u1161\u11ab"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join))
# Every character that ftfy takes for a sign of damage, among some that it does not.
DAMAGE = re.compile(f"[{''.join(MOJIBAKE_CATEGORIES.values())}√≈]")
DAMAGED = st.text(
    [chr(code) for code in range(0x80, 0x10000) if DAMAGE.match(chr(code))] + list(" aA1.$한"),
    max_size=6,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("naÃ¯ve\u200b\r\n", "naïve"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("page\x0cpage", "page\npage"),
        ("bell\x07 null\x00", "bell null"),
        ("e\u0301te\u0301", "été"),
        ("\ufeffstart", "start"),
        ("evil\u202etxt\u2066.exe", "eviltxt.exe"),
        ("hidden\U000e0068\U000e0069", "hidden"),
        ("so\u00adft", "soft"),
        ("line  \nbreak   ", "line  \nbreak"),
        ("col\tumn", "col\tumn"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_what_goes(text, wanted):
    assert normalize_text(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "5 cm² “quoted” ﬁne … ½",
        "می\u200cخواهم",
        "👩\u200d👩\u200d👧",
        "    indented = code",
        "Müller – naïve café",
        "日本語テキスト",
    ],
)
def test_what_stays(text):
    assert normalize_text(text) == text


@given(TEXTS)
@example("Ã\u200b©")
@example("Ã\r©")
def test_twice_is_once(text):
    once = normalize_text(text)
    assert normalize_text(once) == once


@given(TEXTS)
def test_the_result_is_visible_nfc_text(text):
    result = normalize_text(text)
    assert unicodedata.is_normalized("NFC", result)
    assert not any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in result)
    assert result == result.rstrip()


@given(st.lists(st.one_of(st.none(), TEXTS)))
def test_a_column_is_its_texts(texts):
    wanted = [None if text is None else normalize_text(text) for text in texts]
    assert normalize_column(texts).texts == wanted


@settings(max_examples=500)
@given(st.lists(DAMAGED))
def test_no_damaged_text_of_a_column_is_passed_over(texts):
    normalized = normalize_column(texts)
    assert normalized.texts == [normalize_text(text) for text in texts]
    damaged = [is_bad(text) and ftfy.fix_encoding(text) != text for text in texts]
    assert normalized.fixed_encoding.tolist() == damaged


def test_only_repaired_texts_are_marked():
    normalized = normalize_column(["CinÃ©polis", "Cinépolis", "Cin\u200bema", None, "plain "])
    assert normalized.fixed_encoding.tolist() == [True, False, False, False, False]
