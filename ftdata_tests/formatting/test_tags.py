from __future__ import annotations

import pytest

from ftdata.formatting.tags import example_tags
from ftdata_tests.formatting.conversations import message

ASK = message("user", "Is the shop open?")
YES = message("assistant", "Yes.")


def test_tags_come_from_the_log_in_the_order_of_their_names() -> None:
    tags = example_tags(
        [ASK, YES, ASK, YES],
        category="billing",
        model="m-1",
        ratings=[4, None, 5],
        flags=["truncated", "fixed_encoding"],
    )
    assert list(tags.items()) == [
        ("category", "billing"),
        ("flags", "fixed_encoding,truncated"),
        ("model", "m-1"),
        ("rating", "5"),
        ("turns", "2"),
    ]


def test_absent_values_give_no_tag() -> None:
    tags = example_tags([ASK, YES], category=None, model=None, ratings=[None], flags=[])
    assert tags == {"turns": "1"}


@pytest.mark.parametrize(
    ("ratings", "tag"), [([2, 3], "3"), ([2, 2, 3], "2"), ([0], "0"), ([-1, -1], "-1")]
)
def test_the_rating_is_the_mean_with_halves_rounded_up(ratings: list[float], tag: str) -> None:
    tags = example_tags([ASK, YES], category=None, model=None, ratings=ratings, flags=[])
    assert tags["rating"] == tag
