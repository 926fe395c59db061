"""Paraphrase by rules: the same request in other words, with the same reply.

Only the user message that the last trained reply answers is rephrased: the earlier ones are its
context, and the replies stay what they are.
"""

from __future__ import annotations

from ftdata.augmentation.augmenter import Augmenter, Parent, Variant
from ftdata.augmentation.by_model.paraphrase import PARAPHRASE_BY_MODEL
from ftdata.augmentation.facts import keeps_facts
from ftdata.augmentation.messages import last_trained_prompt, with_content
from ftdata.augmentation.protected import mask_protected
from ftdata.augmentation.rephrasing import FAMILIES
from ftdata.settings_augmentation import Augmentation
from ftdata.text import hash64


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


def derive_paraphrase(parent: Parent, seed: int, options: Augmentation) -> Variant | None:
    """The example with its last trained prompt rephrased; None where that cannot be."""
    del options
    place = last_trained_prompt(parent.messages)
    if place is None:
        return None
    variant = paraphrase_text(parent.messages[place]["content"], seed)
    if variant is None:
        return None
    return Variant(with_content(parent.messages, place, variant))


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


PARAPHRASE = Augmenter("paraphrase", by_rules=derive_paraphrase, by_model=PARAPHRASE_BY_MODEL)
