"""Numbers and addresses in disguise: found where they stand, as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.pii.folded import fold, plain_form
from ftdata.cleaning.pii.modes import Replacer
from ftdata.cleaning.pii.redact import redact_text
from ftdata.settings_pii import Pii
from ftdata_tests.cleaning.pii.cases import expect
from ftdata_tests.linear import assert_linear

PIECES = st.sampled_from(
    ["%40", "&#64;", "&commat;", "\\u0040", "＠", "\u200d", "\u00ad", "４", "a", " ", "é", "\u0664",
     "👩\u200d💻", "bob", "corp.org", "4111 1111 1111 1111"]
)  # fmt: skip


@pytest.mark.parametrize(
    "marked",
    [
        "Write to ‹bob＠corp.org›, ‹bob%40corp.org›, ‹bob&#64;corp.org›",
        "‹bob&commat;corp.org› ‹bob%2540corp.org› ‹bob&#x40;corp.org› ‹bob\\u0040corp.org›",
        "https://corp.org/?to=‹bob%40mail.corp.org›&x=1 at 40%",
        "‹ｂｏｂ＠ｃｏｒｐ．ｏｒｇ› and ‹bob\u200d@co\u00adrp.org›!",
        "you&me 40 %4 &#65; 👩\u200d💻",
    ],
)
def test_addresses(marked):
    expect("EMAIL", marked)


@pytest.mark.parametrize(
    "marked",
    [
        "‹４１１１ １１１１ １１１１ １１１１›",
        "‹４１１１\u3000１１１１\u3000１１１１\u3000１１１１› 円",
        "‹4111\u200d1111\u200c1111\u00ad1111› and ‹4111 \u200b1111 \u200b1111 \u200b1111›",
        "‹٤١١١ ١١١١ ١١١١ ١١١١› ‹𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏›",
        "４１１１ １１１１ １１１１ １１１２",
    ],
)
def test_cards(marked):
    expect("CREDIT_CARD", marked)


@pytest.mark.parametrize(
    "text", ["You & me", "40 %", "naïve", "‘so’", "这是，那是。", "می\u200cخواهم"]
)
def test_a_text_in_plain_form_stays(text):
    assert plain_form(text) == text


@given(st.lists(PIECES, max_size=9).map("".join))
def test_every_character_has_its_place_and_twice_is_once(text):
    folded = fold(text)
    if folded is None:
        return
    assert len(folded.starts) == len(folded.text) + 1
    assert folded.starts[-1] == len(text)
    assert sorted(set(folded.starts)) == folded.starts
    once = redact_text(text, Pii().entities).text
    assert redact_text(once, Pii().entities).text == once


def test_two_spellings_have_one_number():
    replacer = Replacer(Pii(mode="number"), None)
    texts = ["bob@corp.org", "Bob＠corp.org", "bob%40corp.org"]
    assert {replacer.replace("EMAIL", text) for text in texts} == {"[EMAIL_1]"}


@pytest.mark.parametrize(
    "piece", ["%25", "&#0", "\u200d", "a\u200d", "４", "%40", "bob%40", "&#64;a."]
)
def test_the_time_is_linear(piece):
    assert_linear(piece, fold)
