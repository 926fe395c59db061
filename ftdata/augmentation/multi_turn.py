"""Longer conversations by rules: one more turn, whose reply says nothing new."""

from __future__ import annotations

import re

from ftdata.augmentation.augmenter import Augmenter, Parent, Variant
from ftdata.augmentation.by_model.multi_turn import MULTI_TURN_BY_MODEL
from ftdata.augmentation.choosing import first_of, pick
from ftdata.augmentation.closings import THANKS, THANKS_FOR_ANSWER, WELCOMES
from ftdata.augmentation.messages import new_turn
from ftdata.augmentation.recaps import find_recaps
from ftdata.augmentation.turns import (
    Turn,
    find_last_turn,
    has_role,
    is_answer,
    is_minor,
    is_request,
)
from ftdata.settings_augmentation import Augmentation

_MIN_REPLY_WORDS = 3
_SMALL_TALK = re.compile(
    r"\b(?:thanks?|thank you|thx|bye|that(?:'s| is| will be) all)\b", re.IGNORECASE
)


def derive_extension(parent: Parent, seed: int, options: Augmentation) -> Variant | None:
    """The example with a turn more behind its last reply, where that answers a request.

    Tag `extension`: closing (the user thanks) or recap (the user asks for a part of the reply
    again, which is repeated word for word).
    """
    del options
    last = find_last_turn(parent)
    if last is None or not last.is_last or not is_answer(last.reply):
        return None
    if not is_request(last.prompt) or _SMALL_TALK.search(last.prompt):
        return None
    return first_of(_KINDS, seed, parent, last, seed)


def _close(parent: Parent, last: Turn, seed: int) -> Variant | None:
    """ "When do you open?", "At nine.", then "Great, thanks.", "You're welcome!"."""
    if len(last.reply.split()) < _MIN_REPLY_WORDS:
        return None
    is_question = last.is_first and last.prompt.endswith("?") and not has_role(last.prompt)
    thanks = pick((*THANKS, *THANKS_FOR_ANSWER) if is_question else THANKS, seed, "thanks")
    return _extended(parent, thanks, pick(WELCOMES, seed, "welcome"), "closing")


def _recap(parent: Parent, last: Turn, seed: int) -> Variant | None:
    """ "What was the last step again?", answered by the last step of the reply before."""
    recaps = find_recaps(last.prompt, last.reply)
    if not recaps:
        return None
    recap = pick(recaps, seed, "recap")
    return _extended(parent, pick(recap.asks, seed, "ask"), recap.part, "recap")


def _extended(parent: Parent, prompt: str, reply: str, kind: str) -> Variant | None:
    if not is_minor(parent, prompt):
        return None
    return Variant([*parent.messages, *new_turn(prompt, reply)], {"extension": kind})


_KINDS = {"closing": _close, "recap": _recap}
MULTI_TURN = Augmenter("multi_turn", by_rules=derive_extension, by_model=MULTI_TURN_BY_MODEL)
