"""A model writes a worse reply to the same messages: with the parent's it is a preference pair."""

from __future__ import annotations

from pydantic import field_validator

from ftdata.augmentation.augmenter import ByModel, NotKept, Parent, Variant
from ftdata.augmentation.by_model.material import count_words, smuggled, tell_conversation
from ftdata.chat import Asked, ChatRequest, stripped
from ftdata.prompt_files import read_prompt
from ftdata.settings_augmentation import Augmentation
from ftdata.text import same_key

MIN_REPLY_WORDS = 8  # of a shorter reply nothing can be left out, and any other is an error

_FAULTS = {
    "wrong": "one thing in it is wrong, in fact or in logic, and said with confidence",
    "incomplete": "it leaves out something that the user needs",
    "off_point": "it answers a question near to the user's and misses what was asked",
    "unclear": "it is muddled: out of order, and vague where it should be exact",
    "wordy": "it buries the answer under repetition and padding",
}
_NAMES = tuple(_FAULTS)


class WorseReply(Asked):
    """What is worse about a reply than about the one that was given, and the reply."""

    what_is_worse: str
    reply: str

    _not_blank = field_validator("what_is_worse", "reply")(stripped)


def _request(parent: Parent, seed: int, options: Augmentation) -> ChatRequest | None:
    del options
    conversation = tell_conversation(parent.messages)
    if conversation is None or parent.worse_reply is not None:
        return None  # what people rated worse tells more, and costs nothing
    reply = parent.messages[-1]["content"]
    if count_words(reply) < MIN_REPLY_WORDS:
        return None
    return read_prompt("augmentation", "preferences").request(
        WorseReply, reply, fault=_FAULTS[_fault(seed)], conversation=conversation
    )


def _read(parent: Parent, seed: int, options: Augmentation, text: str) -> Variant | NotKept:
    del options
    rejected, fault = WorseReply.model_validate_json(text).reply, _fault(seed)
    chosen = parent.messages[-1]["content"].strip()
    if same_key(rejected) == same_key(chosen):
        return NotKept("unchanged", "the reply it was to be worse than")
    grown = len(rejected) - len(chosen)
    if (fault == "incomplete" and grown >= 0) or (fault == "wordy" and grown <= 0):
        return NotKept("not_a_variant", f"not {fault}")
    return smuggled(parent, rejected) or Variant(
        list(parent.messages), {"pair": fault}, rejected=rejected
    )


def _fault(seed: int) -> str:
    return _NAMES[seed % len(_NAMES)]


PREFERENCES_BY_MODEL = ByModel(_request, _read)
