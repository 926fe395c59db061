"""A model makes a request simpler, more complex, vague at first, or one of two at once.

The replies stay as they are: a demand is added only where the reply meets it, what was vague is
asked for, and two replies follow each other.
"""

from __future__ import annotations

from pydantic import field_validator

from ftdata.augmentation.augmenter import ByModel, NotKept, Parent, Variant
from ftdata.augmentation.by_model.material import (
    asks_back,
    count_words,
    smuggled,
    tell_conversation,
)
from ftdata.augmentation.by_model.rewriting import Message, message_to_rewrite, rewritten
from ftdata.augmentation.facts import keeps_facts
from ftdata.augmentation.messages import new_turn
from ftdata.chat import Asked, ChatRequest, stripped
from ftdata.prompt_files import read_prompt
from ftdata.settings_augmentation import Augmentation
from ftdata.text import same_key

MIN_CLEAR_WORDS = 8  # of a shorter prompt nothing can be left open

# Of what a vague opening and the question to it are like, for estimates.
_USUAL_OPENING = "It is about my order. Happy to help! Which order is it, and what shall we change?"
_TWO_TURNS = ("user", "assistant", "user", "assistant")  # roles of what multi_intent joins


class Ambiguity(Asked):
    """A vague opening of the user's, and the question by which the assistant clears it up."""

    opening: str
    question: str

    _not_blank = field_validator("opening", "question")(stripped)


class Joined(Asked):
    """Whether two requests can be made at once, and the message that makes both."""

    is_possible: bool
    message: str


def _request(parent: Parent, seed: int, options: Augmentation) -> ChatRequest | None:
    del options
    conversation = tell_conversation(parent.messages)
    kind = _kind(parent, seed) if conversation else None
    if conversation is None or kind is None:
        return None
    prompt = read_prompt("augmentation", f"difficulty_{kind}")
    message, reply = (one["content"] for one in parent.messages[-2:])
    if kind == "simpler":
        return prompt.request(Message, message, message=message)
    if kind == "complex":
        return prompt.request(Message, f"{message} {message}", message=message, reply=reply)
    if kind == "ambiguous":
        return prompt.request(Ambiguity, _USUAL_OPENING, conversation=conversation)
    first = parent.messages[-4]["content"]
    return prompt.request(Joined, f"{first} {message}", conversation=conversation)


def _read(parent: Parent, seed: int, options: Augmentation, text: str) -> Variant | NotKept:
    del options
    kind = _kind(parent, seed)
    assert kind is not None
    if kind == "ambiguous":
        return _made_ambiguous(parent, Ambiguity.model_validate_json(text))
    if kind == "multi_intent":
        return _joined(parent, Joined.model_validate_json(text))
    message = Message.model_validate_json(text).message
    if kind == "complex" and len(message) <= len(parent.messages[-2]["content"].strip()):
        return NotKept("not_a_variant", "demands no more than its parent")
    return rewritten(parent, message, {"difficulty": kind})


def _kind(parent: Parent, seed: int) -> str | None:
    """The kind that the seed chooses of those that the parent allows; None where it allows none."""
    kinds = []
    if message_to_rewrite(parent) is not None:
        kinds += ["simpler", "complex"]
        if _can_be_joined(parent):
            kinds.append("multi_intent")
    if count_words(parent.messages[-2]["content"]) >= MIN_CLEAR_WORDS:
        kinds.append("ambiguous")
    return kinds[seed % len(kinds)] if kinds else None


def _can_be_joined(parent: Parent) -> bool:
    """Whether the last two turns are trained on, and the first was answered at once."""
    last = parent.messages[-4:]
    return (
        tuple(message["role"] for message in last) == _TWO_TURNS
        and last[1]["weight"] == last[3]["weight"] == 1
        and not asks_back(last[1]["content"] or "?")
    )


def _made_ambiguous(parent: Parent, form: Ambiguity) -> Variant | NotKept:
    """The vague opening and the question come before the prompt, which answers the question."""
    *before, prompt, reply = parent.messages
    if same_key(form.opening) == same_key(prompt["content"]):
        return NotKept("unchanged", "the opening is the prompt")
    if len(form.opening) >= len(prompt["content"]):
        return NotKept("not_a_variant", "the opening is no shorter than the prompt")
    if not asks_back(form.question):
        return NotKept("not_a_variant", "asks no question")
    added = new_turn(form.opening, form.question)
    return smuggled(parent, form.opening, form.question) or Variant(
        [*before, *added, prompt, reply], {"difficulty": "ambiguous"}
    )


def _joined(parent: Parent, form: Joined) -> Variant | NotKept:
    """One message for the last two prompts, and their replies in one."""
    if not form.is_possible or not form.message.strip():
        return NotKept("not_a_variant", "the requests cannot be made at once")
    *before, first, first_reply, second, second_reply = parent.messages
    message = form.message.strip()
    changed = keeps_facts(f"{first['content']}\n{second['content']}", message)
    if changed not in (None, "unchanged"):
        return NotKept("fact_lost", changed or "")
    replies = f"{first_reply['content']}\n\n{second_reply['content']}"
    return smuggled(parent, message) or Variant(
        [*before, *new_turn(message, replies)], {"difficulty": "multi_intent"}
    )


DIFFICULTY_BY_MODEL = ByModel(_request, _read)
