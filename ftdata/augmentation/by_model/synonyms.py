"""A model puts other words for some of a prompt's, and leaves its sentences as they are."""

from __future__ import annotations

from collections import Counter

from ftdata.augmentation.augmenter import ByModel, NotKept, Parent, Variant
from ftdata.augmentation.by_model.rewriting import (
    MIN_WORDS,
    Message,
    message_to_rewrite,
    rewritten,
)
from ftdata.chat import ChatRequest
from ftdata.prompt_files import read_prompt
from ftdata.settings_augmentation import Augmentation
from ftdata.text import words

_MIN_KEPT = 0.4  # share of the words, so that it is a choice of words and no new message
_MANY = ("one or two", "three or four")


def _request(parent: Parent, seed: int, options: Augmentation) -> ChatRequest | None:
    del options
    message = message_to_rewrite(parent)
    if message is None:
        return None
    return read_prompt("augmentation", "synonyms").request(
        Message, message, many=_MANY[seed % len(_MANY)], message=message
    )


def _read(parent: Parent, seed: int, options: Augmentation, text: str) -> Variant | NotKept:
    del seed, options
    message = Message.model_validate_json(text).message
    old = words(message_to_rewrite(parent) or "")
    kept = (Counter(old) & Counter(words(message))).total()
    if len(old) >= MIN_WORDS and kept < _MIN_KEPT * len(old):
        return NotKept("not_a_variant", f"{kept} of {len(old)} words are left")
    return rewritten(parent, message, {})


SYNONYMS_BY_MODEL = ByModel(_request, _read)
