"""Reasoning distilled from a teacher: a model writes the steps that lead to the reply.

The variant's reply is those steps, numbered, and then the parent's reply letter for letter. Only a
model can do it: without one there are no such variants.
"""

from __future__ import annotations

import re

from pydantic import field_validator

from ftdata.augmentation.augmenter import Augmenter, ByModel, NotKept, Parent, Variant
from ftdata.augmentation.by_model.material import asks_back, smuggled, tell_conversation
from ftdata.augmentation.messages import with_content
from ftdata.chat import Asked, ChatRequest
from ftdata.prompt_files import read_prompt
from ftdata.settings_augmentation import Augmentation
from ftdata.text import same_key

_LEADING_MARK = re.compile(r"^(?:\d+[.)]|[-*•])\s+")


class Reasoning(Asked):
    """Whether the reply follows from the conversation, and the steps that lead to it."""

    follows: bool
    steps: list[str]

    @field_validator("steps")
    @classmethod
    def _in_lines(cls, steps: list[str]) -> list[str]:
        """Each in one line without its own number; those that say nothing are left out."""
        lines = (_LEADING_MARK.sub("", " ".join(step.split())) for step in steps)
        return [line for line in lines if line]


def _request(parent: Parent, seed: int, options: Augmentation) -> ChatRequest | None:
    del seed, options
    conversation = tell_conversation(parent.messages)
    if conversation is None or asks_back(parent.messages[-1]["content"]):
        return None
    return read_prompt("augmentation", "reasoning").request(
        Reasoning, parent.messages[-1]["content"], conversation=conversation
    )


def _read(parent: Parent, seed: int, options: Augmentation, text: str) -> Variant | NotKept:
    del seed, options
    form, reply = Reasoning.model_validate_json(text), parent.messages[-1]["content"]
    if not form.follows:
        return NotKept("not_a_variant", "the reply does not follow")
    if not form.steps:
        return NotKept("not_a_variant", "no steps")
    if same_key(reply) in map(same_key, form.steps):
        return NotKept("not_a_variant", "the reply is one of its steps")
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(form.steps, start=1))
    return smuggled(parent, steps) or Variant(
        with_content(parent.messages, len(parent.messages) - 1, f"{steps}\n\n{reply}")
    )


REASONING = Augmenter("reasoning", by_model=ByModel(_request, _read))
