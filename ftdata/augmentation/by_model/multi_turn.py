"""A model goes on with a conversation: a follow-up question, answered from what was said."""

from __future__ import annotations

from pydantic import field_validator

from ftdata.augmentation.augmenter import ByModel, NotKept, Parent, Variant
from ftdata.augmentation.by_model.material import (
    asks_back,
    count_words,
    folded,
    smuggled,
    tell_conversation,
)
from ftdata.augmentation.by_model.rewriting import CAPITALISES_NOUNS
from ftdata.augmentation.facts import added_facts
from ftdata.augmentation.messages import new_turn, said
from ftdata.chat import Asked, ChatRequest, stripped
from ftdata.prompt_files import read_prompt
from ftdata.settings_augmentation import Augmentation
from ftdata.text import same_key

MIN_REPLY_WORDS = 20  # a shorter reply leaves nothing to ask about that it holds

_MANNERS = {
    "detail": "asks again for one detail of what the assistant said",
    "check": "says in own words how one thing that the assistant said was understood, and asks"
    " whether that is right",
    "explain": "asks to have one thing that the assistant said put more plainly",
}
_KINDS = tuple(_MANNERS)


class FollowUp(Asked):
    """A question, the passage of the conversation that answers it, and the answer."""

    question: str
    passage: str
    answer: str

    _not_blank = field_validator("question", "passage", "answer")(stripped)


def _request(parent: Parent, seed: int, options: Augmentation) -> ChatRequest | None:
    del options
    conversation = tell_conversation(parent.messages)
    if conversation is None:
        return None
    reply = parent.messages[-1]["content"]
    if asks_back(reply) or count_words(reply) < MIN_REPLY_WORDS:
        return None
    return read_prompt("augmentation", "multi_turn").request(
        FollowUp, reply[:600], manner=_MANNERS[_kind(seed)], conversation=conversation
    )


def _read(parent: Parent, seed: int, options: Augmentation, text: str) -> Variant | NotKept:
    del options
    form = FollowUp.model_validate_json(text)
    fault = _repeats(parent, form) or _ungrounded(parent, form)
    if fault is not None:
        return fault
    added = new_turn(form.question, form.answer)
    return smuggled(parent, form.question, form.answer) or Variant(
        [*parent.messages, *added], {"extension": _kind(seed)}
    )


def _kind(seed: int) -> str:
    return _KINDS[seed % len(_KINDS)]


def _repeats(parent: Parent, form: FollowUp) -> NotKept | None:
    known = {same_key(message["content"]) for message in parent.messages}
    for name, text in (("question", form.question), ("answer", form.answer)):
        if same_key(text) in known:
            return NotKept("unchanged", f"the {name} was said before")
    return None


def _ungrounded(parent: Parent, form: FollowUp) -> NotKept | None:
    """What the conversation does not hold: the passage, or a fact of question or answer."""
    material = said(parent.messages)
    if folded(form.passage.strip("\"“”«»'")) not in folded(material):
        return NotKept("not_a_variant", "the passage does not stand in the conversation")
    for text in (form.question, form.answer):
        for name in added_facts(material, text):
            if name != "names" or parent.language not in CAPITALISES_NOUNS:
                return NotKept("not_a_variant", f"invents {name}")
    return None


MULTI_TURN_BY_MODEL = ByModel(_request, _read)
