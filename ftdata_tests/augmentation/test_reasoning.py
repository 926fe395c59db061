from __future__ import annotations

import pytest

from ftdata.augmentation.reasoning import REASONING
from ftdata_tests.augmentation.by_model.given import (
    CONVERSATION,
    OPTIONS,
    PROMPT,
    REPLY,
    by_model_of,
    kept,
    refused,
    request_of,
    saying,
)

BY_MODEL = by_model_of(REASONING)
STEPS = ["1. The way is to be\nby bus.", "- Bus 12 stops at Mill Street.", " "]


def test_numbered_steps_come_before_the_reply_as_it_is() -> None:
    variant = kept(BY_MODEL, 0, {"follows": True, "steps": STEPS})
    reply = f"1. The way is to be by bus.\n2. Bus 12 stops at Mill Street.\n\n{REPLY}"
    assert variant.messages == [*CONVERSATION[:-1], {**CONVERSATION[-1], "content": reply}]
    assert variant.tags == {}


def test_the_teacher_sees_the_whole_conversation() -> None:
    user = request_of(BY_MODEL).user
    assert [one["content"] for one in CONVERSATION if one["content"] not in user] == []


@pytest.mark.parametrize(
    ("follows", "steps", "outcome"),
    [
        (False, STEPS, ("not_a_variant", "the reply does not follow")),
        (True, [" ", "\n"], ("not_a_variant", "no steps")),
        (True, ["The bus goes there.", REPLY], ("not_a_variant", "the reply is one of its steps")),
        (True, ["Ask at [PHONE]."], ("not_a_variant", "invents placeholders")),
        (True, ["See www.odeon.example."], ("not_a_variant", "invents addresses")),
    ],
)
def test_steps_that_do_not_lead_to_the_reply_are_refused(
    follows: bool, steps: list[str], outcome: tuple[str, str]
) -> None:
    assert refused(BY_MODEL, 0, {"follows": follows, "steps": steps}) == outcome


def test_a_reply_that_asks_back_has_no_steps() -> None:
    assert BY_MODEL.request(saying(PROMPT, "From which side of the town?"), 0, OPTIONS) is None
