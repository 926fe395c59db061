"""Normalisation: what goes, what stays, and that doing it twice changes nothing."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ftdata.cleaning.normalize import normalize_column, normalize_text

# Pieces that make mojibake, invisible characters and odd breaks likely.
PIECES = st.sampled_from(
    ["Ã©", "â€™", "Ã", "\u200b", "\u200d", "\r\n", "\r", "\x0c", "\x85", "\ufeff", "\u202e", " ",
     "é", "e\u0301", "\U000e0041", "a", "\n", "\t", "√©", "\x9d", "ﬁ", "한", "\u1112\u1161\u11ab"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join))


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


def test_only_repaired_texts_are_marked():
    normalized = normalize_column(["CinÃ©polis", "Cinépolis", "Cin\u200bema", None, "plain "])
    assert normalized.fixed_encoding.tolist() == [True, False, False, False, False]
