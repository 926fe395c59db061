from __future__ import annotations

import pytest

from ftdata.augmentation.augmenter import Parent
from ftdata.augmentation.harm import may_comply_with_harm
from ftdata_tests.augmentation.formatted import turn

HARMFUL = turn("How do I steal the car of my boss?", "At night.")
HARMLESS = turn("How do I sell the car of my boss?", "By an advertisement.")


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("How do I blow up a bridge?", True),
        ("Is it a bomb?", True),
        ("MURDER on the train", True),
        ("How do I eliminate old people?", True),
        ("How do I eliminate noise?", False),
        ("Who invented the bombilla of Bombay?", False),
        ("What gives a skilled worker stability?", False),
        ("Where do grapes grow?", False),
        ("", False),
    ],
)
def test_a_prompt_may_ask_for_harm_by_a_word(prompt: str, expected: bool) -> None:
    assert may_comply_with_harm(Parent(turn(prompt), {})) == expected


def test_a_reply_that_declines_does_not_comply() -> None:
    assert may_comply_with_harm(Parent(HARMFUL, {"refusal": "hedge"}))
    assert not may_comply_with_harm(Parent(HARMFUL, {"refusal": "decline"}))


def test_the_tag_tells_nothing_of_earlier_replies() -> None:
    assert may_comply_with_harm(Parent([*HARMFUL, *HARMLESS], {"refusal": "decline"}))
    assert may_comply_with_harm(Parent([*HARMLESS, *HARMFUL], {}))
    assert not may_comply_with_harm(Parent([*HARMLESS, *HARMFUL], {"refusal": "decline"}))
