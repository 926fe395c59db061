"""A conversation to derive variants from, and how a model is asked and answers in these tests."""

from __future__ import annotations

import json
from typing import Any

from ftdata.augmentation.augmenter import Augmenter, ByModel, NotKept, Parent, Variant
from ftdata.augmentation.facts import lost_fact
from ftdata.chat import ChatRequest
from ftdata.settings_augmentation import Augmentation
from ftdata_tests.augmentation.formatted import message, turn

OPTIONS = Augmentation()
PLACE = "Where do I find the Odeon, please?"
PLACE_REPLY = "The Odeon is in Mill Street, next to the library."
PROMPT = "Tell me how I get from [ADDRESS] to the Odeon by bus 12 and not by train."
REPLY = (
    "Take bus 12 at the market, which runs every quarter of an hour, and get off at Mill Street."
    " The Odeon stands opposite the stop, so that you need not cross the river."
)
TAGS = {"category": "tag-of-the-record", "language": "en", "model": "model-of-the-log"}
CONVERSATION = [
    message("system", "You are the guide of the town."),
    *turn(PLACE, PLACE_REPLY),
    *turn(PROMPT, REPLY),
]
PARENT = Parent(CONVERSATION, TAGS)
TOOLS = Parent(
    [
        message("user", PROMPT),
        {**message("assistant", "", 1), "content": None, "tool_calls": '[{"id": "t1"}]'},
        {**message("tool", "12"), "tool_call_id": "t1"},
        message("assistant", REPLY, 1),
    ],
    TAGS,
)
UNTRAINED = Parent([*turn(PLACE, PLACE_REPLY), *turn(PROMPT, REPLY, weight=0)], TAGS)


def saying(prompt: str, reply: str = REPLY, language: str = "en") -> Parent:
    """A parent of one turn."""
    return Parent(turn(prompt, reply), {**TAGS, "language": language})


def by_model_of(augmenter: Augmenter) -> ByModel:
    """How that augmenter asks a model, which it must know."""
    assert augmenter.by_model is not None
    return augmenter.by_model


def request_of(by_model: ByModel, seed: int = 0, parent: Parent = PARENT) -> ChatRequest:
    """What is asked, where something is."""
    request = by_model.request(parent, seed, OPTIONS)
    assert request is not None
    return request


def seed_that_asks(by_model: ByModel, words: str, parent: Parent = PARENT) -> int:
    """The first seed whose request has those words in its prompt's name or its text."""
    return next(
        seed
        for seed in range(50)
        if words in (request := request_of(by_model, seed, parent)).user
        or words in request.prompt_version
    )


def read(
    by_model: ByModel, seed: int, fields: dict[str, Any], parent: Parent = PARENT
) -> Variant | NotKept:
    """What the answer with those fields is made into, where it fits the form that was asked for."""
    form = request_of(by_model, seed, parent).form(**fields)
    return by_model.read(parent, seed, OPTIONS, form.model_dump_json())


def kept(by_model: ByModel, seed: int, fields: dict[str, Any], parent: Parent = PARENT) -> Variant:
    """The variant that a good answer is made into: it has all facts of its parent."""
    outcome = read(by_model, seed, fields, parent)
    assert isinstance(outcome, Variant), outcome
    assert lost_fact(parent.messages, outcome.messages) is None
    assert json.loads(json.dumps(outcome.messages)) == outcome.messages
    return outcome


def refused(
    by_model: ByModel, seed: int, fields: dict[str, Any], parent: Parent = PARENT
) -> tuple[str, str]:
    """Reason and detail of an answer that is not kept; the detail holds no word of the model."""
    outcome = read(by_model, seed, fields, parent)
    assert isinstance(outcome, NotKept), outcome
    return outcome.reason, outcome.detail


def contents(variant: Variant) -> list[str]:
    """What is said in a variant."""
    return [one["content"] for one in variant.messages]
