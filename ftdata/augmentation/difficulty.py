"""Difficulty by rules: a simpler, a more demanding, an underspecified or a double request."""

from __future__ import annotations

import re

from ftdata.augmentation.augmenter import Augmenter, Parent, Variant
from ftdata.augmentation.by_model.difficulty import DIFFICULTY_BY_MODEL
from ftdata.augmentation.choosing import first_of, pick
from ftdata.augmentation.constraints import find_constraints
from ftdata.augmentation.facts import keeps_facts
from ftdata.augmentation.joining import join_turns
from ftdata.augmentation.messages import new_turn, with_content
from ftdata.augmentation.off_topic import is_service
from ftdata.augmentation.openings import find_openings
from ftdata.augmentation.protected import mask_protected
from ftdata.augmentation.simplifying import simplify_request
from ftdata.augmentation.turns import (
    Turn,
    as_sentence,
    find_last_turn,
    find_turns,
    has_form,
    has_role,
    is_answer,
    is_minor,
    is_request,
)
from ftdata.settings_augmentation import Augmentation

_CONTINUES = re.compile(
    r"(?:yes|yeah|yep|no|nope|ok|okay|sure|thanks?|thank you|hi|hello|hey|good (?:morning"
    r"|afternoon|evening)|and|but|also|then|great|perfect|just)\b|.*\bhelp\b",
    re.IGNORECASE,
)


def derive_difficulty(parent: Parent, seed: int, options: Augmentation) -> Variant | None:
    """The example asked more simply, with a demand more, after asking back, or two turns in one.

    Tag `difficulty`: simpler, complex, ambiguous or multi_intent.
    """
    del options
    return first_of(_KINDS, seed, parent, seed)


def _simplify(parent: Parent, seed: int) -> Variant | None:
    """The last trained prompt without courtesy and preamble."""
    del seed
    last = find_last_turn(parent)
    masked = mask_protected(last.prompt) if last else None
    if last is None or masked is None:
        return None
    simpler = simplify_request(masked.text)
    text = simpler and masked.restore(simpler)
    if not text or keeps_facts(last.prompt, text) is not None:
        return None
    return Variant(with_content(parent.messages, last.place, text), {"difficulty": "simpler"})


def _demand_more(parent: Parent, seed: int) -> Variant | None:
    """ "Why is it so?" becomes "Why is it so? Answer in one sentence." where the reply is one."""
    turn = next((turn for turn in find_turns(parent, seed) if _may_demand(turn)), None)
    sentence = as_sentence(turn.prompt) if turn else None
    found = find_constraints(turn.prompt, turn.reply) if turn else []
    if turn is None or sentence is None or not found:
        return None
    demand = pick(found, seed, "constraint")
    if not is_minor(parent, demand):
        return None
    messages = with_content(parent.messages, turn.place, f"{sentence} {demand}")
    return Variant(messages, {"difficulty": "complex"})


def _may_demand(turn: Turn) -> bool:
    return (
        turn.is_first
        and is_answer(turn.reply)
        and is_request(turn.prompt)
        and not has_form(turn.prompt)
    )


def _ask_back(parent: Parent, seed: int) -> Variant | None:
    """ "I have a question." and "Sure, what is it?" come before the first prompt."""
    place = next(
        (i for i, message in enumerate(parent.messages) if message["role"] == "user"), None
    )
    if parent.language != "en" or place is None:
        return None
    prompt = parent.messages[place]["content"].strip()
    if _CONTINUES.match(prompt) or has_role(prompt) or not is_request(prompt):
        return None
    if mask_protected(prompt) is None:
        return None
    served = is_service(parent.tags.get("category", ""))
    opening = pick(find_openings(prompt, served), seed, "opening")
    if not is_minor(parent, opening.text):
        return None
    added = new_turn(opening.text, pick(opening.asks, seed, "ask"))
    messages = [*parent.messages[:place], *added, *parent.messages[place:]]
    return Variant(messages, {"difficulty": "ambiguous"})


def _join(parent: Parent, seed: int) -> Variant | None:
    """Two turns of the example, one after the other, as one."""
    joined = (join_turns(parent, turn) for turn in find_turns(parent, seed))
    messages = next(filter(None, joined), None)
    return None if messages is None else Variant(messages, {"difficulty": "multi_intent"})


_KINDS = {
    "simpler": _simplify,
    "complex": _demand_more,
    "ambiguous": _ask_back,
    "multi_intent": _join,
}
DIFFICULTY = Augmenter("difficulty", by_rules=derive_difficulty, by_model=DIFFICULTY_BY_MODEL)
