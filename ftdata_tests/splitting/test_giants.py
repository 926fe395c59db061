"""The largest group: the right one, counted against all pairs, with what most of it shares."""

from collections import Counter

import pyarrow as pa
import pytest
from hypothesis import given, settings

from ftdata.splitting.giants import explain_group, is_giant, name_largest, shared_text
from ftdata_tests.splitting.given import Example, chat, examples, link_table, ties

OPENING = "Hello and welcome, please choose one of these four topics"


def explain(drawn):
    return explain_group(link_table(drawn), 0.7)


@settings(deadline=None)
@given(examples())
def test_kinds_count_the_examples_tied_to_another(drawn):
    tied = Counter(
        kind for a in drawn for kind in {k for b in drawn if b is not a for k in ties(a, b, 0.7)}
    )
    assert explain(drawn).kinds == tied


@settings(deadline=None)
@given(examples())
def test_the_samples_are_tied_by_what_is_named(drawn):
    found = explain(drawn)
    assert (found.shared is None) == (not found.kinds)
    if found.shared is not None:
        first, second = (drawn[row] for row in found.shared.samples)
        assert found.shared.kind in ties(first, second, 0.7)
        assert 2 <= found.shared.examples <= found.kinds[found.shared.kind]


def test_the_largest_group_is_named_and_of_equals_the_earliest():
    assert name_largest(pa.array([], pa.string())) is None
    assert name_largest(pa.array(["a", "b", "c", "c", "b"])) == ("b", 2)
    assert name_largest(pa.array(["a", "b", "c", "c", "b", "c"])) == ("c", 3)


def opened(name, *more):
    return chat(name, OPENING, "Yes?", f"about {name}", *more)


def test_an_opening_that_many_share_is_named():
    drawn = [*map(opened, "abcd")]
    drawn.append(chat("e", "about d and what more there is to it", "Yes?", OPENING.upper()))
    found = explain(drawn)
    assert found.kinds["turn"] == 5
    assert (found.shared.kind, found.shared.examples) == ("turn", 5)
    assert found.shared.samples == (0, 1)
    assert shared_text(found.shared, drawn[0].messages()) == OPENING


def test_of_prompts_the_one_that_most_are_like_is_named():
    drawn = [chat(f"e{n}", f"where is my order number {n}") for n in range(5)]
    found = explain(drawn)
    assert found.kinds == {"prompt": 5}
    assert (found.shared.kind, found.shared.turn) == ("prompt", None)
    assert shared_text(found.shared, drawn[0].messages()) == "where is my order number 0"


def test_of_beginnings_the_conversation_that_ends_there_is_named():
    drawn = [chat(f"e{n}", "hi", "Hello.", f"x{n}") for n in range(4)] + [
        chat("short", "hi", "hello")
    ]
    found = explain(drawn)
    assert found.kinds == {"prefix": 5}
    assert found.shared.samples == (4, 0)
    assert shared_text(found.shared, drawn[4].messages()) == "hi"


def test_an_example_without_text_has_no_words_to_show():
    drawn = [Example(name, (), conversation_id="one") for name in "ab"]
    found = explain(drawn)
    assert found.kinds == {"conversation": 2}
    assert shared_text(found.shared, drawn[0].messages()) == ""


@pytest.mark.parametrize(
    ("size", "total", "giant"),
    [(2, 20, False), (19, 20, False), (20, 20, True), (50, 1_000, False), (51, 1_000, True)],
)
def test_a_giant_is_a_large_share_and_not_just_two_of_few(size, total, giant):
    assert is_giant(size, total, 0.05) == giant
