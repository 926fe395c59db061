"""A model paraphrases a prompt: formal, casual, shorter, longer, or in other words."""

from __future__ import annotations

from ftdata.augmentation.augmenter import ByModel, NotKept, Parent, Variant
from ftdata.augmentation.by_model.rewriting import Message, message_to_rewrite, rewritten
from ftdata.chat import ChatRequest
from ftdata.prompt_files import read_prompt
from ftdata.settings_augmentation import Augmentation

_MANNERS = {
    "formal": "more formal and polite",
    "casual": "more casual, as in a chat with a colleague",
    "shorter": "shorter: the bare request, without courtesy and filler",
    "longer": "longer: whole sentences that take their time, and say no more than it does",
    "phrasing": "other words and another form of sentence, of the same tone and length",
}
_STYLES = tuple(_MANNERS)


def _request(parent: Parent, seed: int, options: Augmentation) -> ChatRequest | None:
    del options
    message = message_to_rewrite(parent)
    if message is None:
        return None
    manner = _MANNERS[_style(seed)]
    return read_prompt("augmentation", "paraphrase").request(
        Message, message, manner=manner, message=message
    )


def _read(parent: Parent, seed: int, options: Augmentation, text: str) -> Variant | NotKept:
    del options
    style, message = _style(seed), Message.model_validate_json(text).message
    grown = len(message) - len((message_to_rewrite(parent) or "").strip())
    if (style == "shorter" and grown >= 0) or (style == "longer" and grown <= 0):
        return NotKept("not_a_variant", f"not {style}")
    return rewritten(parent, message, {"style": style})


def _style(seed: int) -> str:
    return _STYLES[seed % len(_STYLES)]


PARAPHRASE_BY_MODEL = ByModel(_request, _read)
