"""Paraphrase by rules: the same request in other words, with the same reply.

Only the user message that the last trained reply answers is rephrased: the earlier ones are its
context, and the replies stay what they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from ftdata.augmentation.augmenter import Augmenter
from ftdata.augmentation.facts import keeps_facts
from ftdata.augmentation.protected import mask_protected
from ftdata.augmentation.rephrasing import FAMILIES
from ftdata.settings import Augmentation
from ftdata.text import hash64
from ftdata.token_count import Message


def paraphrase_text(text: str, seed: int) -> str | None:
    """The text rephrased, or None where no rule applies or what came of it lost a fact.

    "I want to book a table for two." may become "I'd like to book a table for two.". The seed
    decides which of the applicable families of rules are used, and which rule of each.
    """
    masked = mask_protected(text)
    if masked is None:
        return None
    changed = _rephrase(masked.text, seed)
    variant = masked.restore(changed)
    if variant is None or keeps_facts(text, variant) is not None:
        return None
    return variant


def derive_paraphrase(messages: Sequence[Message], seed: int) -> list[Message] | None:
    """The messages with the last trained prompt rephrased; None where that cannot be."""
    place = _last_trained_prompt(messages)
    if place is None:
        return None
    variant = paraphrase_text(messages[place]["content"], seed)
    if variant is None:
        return None
    return [
        {**message, "content": variant} if i == place else message
        for i, message in enumerate(messages)
    ]


def _rephrase(text: str, seed: int) -> str:
    """At least one rule where any applies; each further family by the flip of a coin."""
    changed = text
    skipped: list[str] = []
    for number, rules in enumerate(FAMILIES):
        found = [new for rule in rules if (new := rule(changed)) is not None]
        if not found:
            continue
        draw = hash64(f"{seed} {number}")
        chosen = found[(draw >> 1) % len(found)]
        if draw % 2:
            changed = chosen
        else:
            skipped.append(chosen)
    return skipped[0] if changed == text and skipped else changed


def _last_trained_prompt(messages: Sequence[Message]) -> int | None:
    place = None
    last_user = None
    for i, message in enumerate(messages):
        if message["role"] == "user":
            last_user = i
        elif message["weight"] == 1:
            place = last_user
    return place


def _is_enabled(options: Augmentation) -> bool:
    return options.paraphrase


PARAPHRASE = Augmenter(
    name="paraphrase", generator="rules", is_enabled=_is_enabled, derive=derive_paraphrase
)
