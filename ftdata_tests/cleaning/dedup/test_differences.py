"""What is marked in a text beside another one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.dedup.differences import mark_differences

WORDS = st.lists(st.sampled_from(["red", "tent", "pegs", "two", "a", "my"]), max_size=30)


def told(text, other):
    """Pieces as one line: `+own+`, `-lacked-`, gaps as `…`."""
    marks = {"same": "", "own": "+", "lacked": "-", "gap": ""}
    pieces = mark_differences(text, other)
    return " ".join(f"{marks[kind]}{words or '…'}{marks[kind]}" for kind, words in pieces)


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("a b d", "a b c", "a b -c- +d+"),
        ("a b c", "a b c", "a b c"),
        ("A, b: c!", "a b c", "A, b: c!"),  # case and punctuation are not compared
        ("new a b", "a b", "+new+ a b"),
        ("a b", "a old b", "a -old- b"),
        ("", "gone", "-gone-"),
        ("came", "", "+came+"),
        ("", "", ""),
        ("1 2 3 4 5 6 7 8 x", "1 2 3 4 5 6 7 8 y", "… 3 4 5 6 7 8 -y- +x+"),
        ("x 1 2 3 4 5 6 7 8", "y 1 2 3 4 5 6 7 8", "-y- +x+ 1 2 3 4 5 6 …"),
        (
            "x 1 2 3 4 5 6 7 8 9 10 11 12 13 v",
            "y 1 2 3 4 5 6 7 8 9 10 11 12 13 w",
            "-y- +x+ 1 2 3 4 5 6 … 8 9 10 11 12 13 -w- +v+",
        ),
    ],
)
def test_what_differs_is_marked(text, other, expected):
    assert told(text, other) == expected


def test_a_late_difference_in_a_long_text_is_shown():
    long = " ".join(f"word{n}" for n in range(20_000))
    assert told(f"{long} new end", f"{long} old end").endswith("word19999 -old- +new+ end")


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("x" * 100_000, "y" * 100_000),
        ("a b " * 25_000, "b a " * 25_000 + "c"),
        ("new " * 20_000, "old"),
        ("tail", " ".join(map(str, range(20_000)))),
    ],
)
def test_what_is_shown_is_short_whatever_the_texts(text, other):
    pieces = mark_differences(text, other)
    assert sum(len(words) for _, words in pieces) <= 320
    assert len(pieces) <= 250
    assert any(kind in ("own", "lacked") for kind, _ in pieces)


@given(WORDS, WORDS)
def test_pieces_are_the_words_of_both_texts(own, theirs):
    pieces = mark_differences(" ".join(own), " ".join(theirs))
    if any(kind == "gap" for kind, _ in pieces):
        return
    mine = " ".join(words for kind, words in pieces if kind in ("same", "own"))
    others = " ".join(words for kind, words in pieces if kind in ("same", "lacked"))
    assert mine.split() == own
    assert others.split() == theirs


@given(WORDS, WORDS)
def test_gaps_stand_apart_and_no_piece_is_empty(own, theirs):
    pieces = mark_differences(" ".join(own), " ".join(theirs))
    kinds = [kind for kind, _ in pieces]
    assert ("gap", "gap") not in list(pairwise(kinds))
    assert all(bool(words) == (kind != "gap") for kind, words in pieces)
