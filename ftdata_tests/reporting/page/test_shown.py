"""Texts and numbers as the page shows them."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.reporting.page.shown import brief, cut, percent, shown, with_code
from ftdata.reporting.page.time import even_top


@given(st.text(st.characters()), st.integers(1, 40))
def test_no_text_is_markup_or_unseen_or_too_long(text, columns):
    made = shown(text, columns)
    assert not set(made) & set("<>\"'")
    assert made == made.encode().decode()
    plain = unescape(made)
    assert len(plain) <= columns
    assert all(
        one.isprintable() or one in "\u200c\u200d\u3000\xa0" or one.isspace() for one in plain
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\u202eb<c>", "a\\u202eb&lt;c&gt;"),
        ("one\ntwo\tthree", "one two three"),
        ("\ud800 \U000e0041", "\\ud800 \\U000e0041"),
        ("'\"&", "&#x27;&quot;&amp;"),
        ("می\u200cشود", "می\u200cشود"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text, told):
    assert shown(text) == told


def test_wide_characters_take_two_columns():
    assert cut("日本語", 6) == "日本語"
    assert cut("日本語", 5) == "日…"
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 6) == "abcde…"


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "0"), (7, "7"), (950, "950"), (1_200, "1.2k"), (1_000, "1k"), (34_000, "34k"),
     (5_600_000, "5.6M"), (999_999, "1000k"), (0.25, "0.25")],
)  # fmt: skip
def test_brief_numbers(number, told):
    assert brief(number) == told


def test_shares_that_are_not_zero_are_not_told_to_be():
    told = [percent(share) for share in (0, 0.0001, 0.1, 0.1234, 1)]
    assert told == ["0\xa0%", "~0\xa0%", "10\xa0%", "12.3\xa0%", "100\xa0%"]


def test_backticks_are_code():
    assert with_code("set `a<b`") == "set <code>a&lt;b</code>"


@given(st.floats(1e-9, 1e12))
def test_a_scale_ends_at_what_it_shows_or_little_above(most):
    assert most <= even_top(most) <= 2 * most
