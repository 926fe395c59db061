"""Each tag has its value and its origin: the log's own fields first, then what texts tell."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ftdata.formatting.tags import Tag, example_tags
from ftdata_tests.formatting.conversations import message

ASK = message("user", "Is the shop open?")
YES = message("assistant", "Yes.")
BOOKING = message("user", "Please book me a flight to Rome.")
NOTHING: dict[str, Any] = {
    "source": "web", "category": None, "model": None, "ratings": [None], "flags": [],
    "language": None, "refusal": None, "metadata": None, "provenance": None, "tags": None,
}  # fmt: skip


def told(*messages: dict[str, Any], **fields: Any) -> dict[str, Tag]:
    return example_tags([*messages], {**NOTHING, **fields})


def test_tags_and_their_origins_stand_in_the_order_of_their_names() -> None:
    tags = told(
        ASK, YES, ASK, YES, category="opening hours", model="m-1", ratings=[4, None, 5],
        flags=["truncated", "fixed_encoding"], language="en",
    )  # fmt: skip
    assert list(tags.items()) == [
        ("category", ("opening hours", "log")),
        ("complexity", ("simple", "rules")),
        ("domain", ("shopping", "rules")),
        ("flags", ("fixed_encoding,truncated", "rules")),
        ("language", ("en", "rules")),
        ("model", ("m-1", "log")),
        ("rating", ("5", "log")),
        ("source", ("web", "log")),
        ("task_type", ("question_answering", "rules")),
        ("tone", ("neutral", "rules")),
        ("turns", ("2", "rules")),
    ]


def test_absent_values_give_no_tag() -> None:
    assert told(ASK, YES).keys() == {
        "complexity", "domain", "source", "task_type", "tone", "turns"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ratings", "tag"), [([2, 3], "3"), ([2, 2, 3], "2"), ([0], "0"), ([-1, -1], "-1")]
)
def test_the_rating_is_the_mean_with_halves_rounded_up(ratings: list[float], tag: str) -> None:
    assert told(ASK, YES, ratings=ratings)["rating"] == (tag, "log")


def test_a_category_that_names_a_domain_or_a_task_decides() -> None:
    assert told(BOOKING, YES)["domain"] == ("travel", "rules")
    assert told(BOOKING, YES, category="movie_tickets")["domain"] == ("entertainment", "log")
    summary = told(BOOKING, YES, category="summarization")
    assert (summary["task_type"], summary["domain"]) == (
        ("summarization", "log"),
        ("travel", "rules"),
    )


def test_the_logs_metadata_decides_where_its_values_are_in_their_sets() -> None:
    metadata = json.dumps({"task_type": "translation", "tone": "sarcastic", "domain": ["x"]})
    tags = told(BOOKING, YES, metadata=metadata, category="summarization")
    assert tags["task_type"] == ("translation", "log")
    assert tags["tone"] == ("polite", "rules")
    assert tags["domain"] == ("travel", "rules")


def test_what_a_generator_knows_stands_before_all() -> None:
    tags = told(
        BOOKING, YES, provenance="generated/rules", category="refunds",
        tags=[("task_type", "policy"), ("style", "short")],
    )  # fmt: skip
    assert tags["task_type"] == ("policy", "generator")
    assert tags["style"] == ("short", "generator")
    assert tags["category"] == ("refunds", "generator")
    assert tags["domain"] == ("billing", "generator")


def test_own_domains_stand_instead_of_the_usual_ones() -> None:
    own = (("trips", ("flight", "boarding pass")), ("shops", ("shop",)))
    row = {**NOTHING, "category": "flights"}
    assert example_tags([ASK, YES], NOTHING, own)["domain"] == ("shops", "rules")
    assert example_tags([ASK, YES], row, own)["domain"] == ("trips", "log")
    weather = [message("user", "Will it rain?"), YES]
    assert example_tags(weather, NOTHING, own)["domain"] == ("general", "rules")
