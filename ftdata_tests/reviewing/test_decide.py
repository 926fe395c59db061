"""What several people's words come to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.reviewing.decide import Ruling, rule_on_examples
from ftdata.reviews import Edit, Review, ReviewError, parse_review, review_line
from ftdata.settings_review import Review as Options


def word(reviewer: str, decision: str | None = None, *texts: str, base: str = "b") -> Review:
    edits = tuple(Edit(1, text) for text in texts)
    return Review("x", reviewer, decision=decision, edits=edits, base=base)


@pytest.mark.parametrize(
    ("decisions", "any_", "majority", "unanimous"),
    [
        (["reject"], True, True, True),
        (["reject", "keep"], True, False, False),
        (["reject", "reject", "keep"], True, True, False),
        (["keep", "keep"], False, False, False),
    ],
)
def test_who_must_reject_is_a_setting(decisions, any_, majority, unanimous):
    words = [word(str(n), decision) for n, decision in enumerate(decisions)]
    for decide, expected in (("any", any_), ("majority", majority), ("unanimous", unanimous)):
        rulings = rule_on_examples(words, Options(decide=decide))
        assert [one.is_rejected for one in rulings] == [True] * expected


def test_an_edit_is_a_vote_to_keep_and_the_last_text_counts():
    words = [word("a", None, "one"), word("b", "reject"), word("c", None, "two")]
    assert rule_on_examples(words, Options()) == [
        Ruling("x", False, (Edit(1, "two"),), "b", ("a", "c"))
    ]


def test_edits_of_an_older_text_are_left_out():
    words = [word("a", None, "old", base="old"), word("b", None, "new")]
    (ruling,) = rule_on_examples(words, Options())
    assert (ruling.base, ruling.reviewers) == ("b", ("b",))


def test_ratings_alone_change_nothing():
    assert rule_on_examples([Review("x", "a", rating=1)], Options()) == []


@given(st.permutations([word("a", "reject"), word("b", "keep"), word("c", "reject")]))
def test_the_order_of_people_does_not_matter_to_a_decision(words):
    (ruling,) = rule_on_examples(words, Options())
    assert ruling == Ruling("x", True, (), "", ("a", "c"))


LINE = {
    "id": "x", "source": "web", "date": "2025-03-01", "reviewer": "ada", "rating": 4,
    "decision": "reject", "edits": [{"message": 2, "content": "t"}], "note": "n", "base": "b",
}  # fmt: skip


def test_a_line_is_read_back():
    review = parse_review(LINE)
    assert parse_review(review_line(review)) == review
    assert review_line(review) == LINE


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"source": None}, "source, date and base are needed"),
        ({"base": None}, "source, date and base are needed"),
        ({"source": "../x"}, "no source name"),
        ({"date": "yesterday"}, "no date"),
        ({"decision": "maybe"}, "decision is neither keep nor reject"),
        ({"edits": {}}, "edits is no list"),
        ({"edits": [{"message": -1, "content": "t"}]}, "no place in the conversation"),
        ({"edits": [{"message": True, "content": "t"}]}, "no place in the conversation"),
        ({"edits": [{"message": 0, "content": " "}]}, "content is no text, or empty"),
        ({"rating": 9}, "rating is no number from 1 to 5"),
        ({"id": ""}, "id is no text"),
        ({"note": 3}, "note is no text"),
    ],
)
def test_a_line_that_cannot_be_understood_says_why(changed, told):
    with pytest.raises(ReviewError, match=told):
        parse_review({**LINE, **changed})
