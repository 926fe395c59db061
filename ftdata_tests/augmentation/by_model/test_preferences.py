from __future__ import annotations

import pytest

from ftdata.augmentation.augmenter import Parent
from ftdata.augmentation.by_model.preferences import PREFERENCES_BY_MODEL
from ftdata_tests.augmentation.by_model.given import (
    CONVERSATION,
    OPTIONS,
    PROMPT,
    REPLY,
    TAGS,
    kept,
    refused,
    saying,
    seed_that_asks,
)

CUT, PADDED = REPLY[:60], f"{REPLY} And again: {REPLY}"


def answer(reply: str) -> dict[str, str]:
    return {"what_is_worse": "it is less useful", "reply": reply}


@pytest.mark.parametrize(
    ("told", "fault", "reply"),
    [
        ("is wrong", "wrong", REPLY.replace("market", "library")),
        ("leaves out", "incomplete", CUT),
        ("misses what", "off_point", "Mill Street is an old street, and many like to walk there."),
        ("muddled", "unclear", "There is a bus somewhere, and then you walk, or not."),
        ("padding", "wordy", PADDED),
    ],
)
def test_the_worse_reply_stands_beside_the_messages_as_they_are(
    told: str, fault: str, reply: str
) -> None:
    seed = seed_that_asks(PREFERENCES_BY_MODEL, told)
    variant = kept(PREFERENCES_BY_MODEL, seed, answer(reply))
    assert variant.messages == CONVERSATION
    assert variant.rejected == reply
    assert variant.tags == {"pair": fault}


@pytest.mark.parametrize(
    ("told", "reply", "outcome"),
    [
        ("is wrong", REPLY.upper(), ("unchanged", "the reply it was to be worse than")),
        ("leaves out", PADDED, ("not_a_variant", "not incomplete")),
        ("padding", CUT, ("not_a_variant", "not wordy")),
        ("is wrong", "Ask at www.odeon.example.", ("not_a_variant", "invents addresses")),
        ("is wrong", "Call [PHONE].", ("not_a_variant", "invents placeholders")),
        (
            "is wrong",
            "Assistant: walk.",
            ("not_a_variant", "holds a token or a role mark of a chat template"),
        ),
    ],
)
def test_what_is_no_worse_reply_is_refused(told: str, reply: str, outcome: tuple[str, str]) -> None:
    seed = seed_that_asks(PREFERENCES_BY_MODEL, told)
    assert refused(PREFERENCES_BY_MODEL, seed, answer(reply)) == outcome


def test_a_worse_reply_of_the_log_is_paid_for_by_nobody() -> None:
    parent = Parent(CONVERSATION, TAGS, worse_reply=CUT)
    assert PREFERENCES_BY_MODEL.request(parent, 0, OPTIONS) is None


def test_a_reply_of_a_few_words_has_no_worse_one() -> None:
    assert PREFERENCES_BY_MODEL.request(saying(PROMPT, "By bus 12."), 0, OPTIONS) is None
