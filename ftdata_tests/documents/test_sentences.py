"""Blocks without a sentence, an aside or any range keep their places."""

from hypothesis import given
from hypothesis import strategies as st

from ftdata.documents.sentences import sentence_range, without
from ftdata.sections import Block, Span
from ftdata_tests.documents.drafting import hold, parsed
from ftdata_tests.linear import assert_linear

STEPS = "1. Open it. Look around.\n2. Close it.\n"


def block(text, kind="paragraph"):
    return Block(kind, text, (Span(0, len(text), 0),), 1)


def sentence_of(text, phrase):
    start = text.index(phrase)
    place = sentence_range(block(text), start, start + len(phrase))
    return None if place is None else text[place[0] : place[1]]


def test_a_sentence_ends_where_the_next_begins():
    text = "One is here. Two, e.g. This one, is v1.2 here! Three."
    assert sentence_of(text, "One") == "One is here. "
    assert sentence_of(text, "Two") == "Two, e.g. This one, is v1.2 here! "
    assert sentence_of(text, "Three") == "Three."


def test_a_sentence_stays_in_its_step_and_a_whole_step_is_none():
    (steps,) = parsed(STEPS).elements
    at = steps.text.index("Look")
    first, last = sentence_range(steps, at, at + 4)
    assert steps.text[first:last].strip() == "Look around."
    at = steps.text.index("Close")
    assert sentence_range(steps, at, at + 5) is None


def test_a_table_has_no_sentences():
    assert sentence_range(block("| a. B |", "table"), 2, 3) is None


def test_items_follow_what_is_taken_out():
    (steps,) = parsed(STEPS).elements
    at = steps.text.index("Look")
    left = without(steps, at, at + len("Look around."))
    assert [left.text[start:end].strip() for start, end in left.items] == [
        "1. Open it.",
        "2. Close it.",
    ]


@given(st.text(alphabet="ab. \n", min_size=1, max_size=40), st.data())
def test_spans_hold_whatever_is_taken_out(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left = without(block(text), start, end)
    rest = text[:start] + text[end:]
    assert (left.text if left else "") == (rest.rstrip() if rest.strip(". \n") else "")
    assert left is None or hold([left], text)


def test_time_is_linear_in_the_text():
    for piece in ("a. ", "1. a\n", "a.\n\n", ". " * 3, "((((", "\n  "):
        assert_linear(piece, lambda text: sentence_range(block(text), len(text) - 1, len(text)))
