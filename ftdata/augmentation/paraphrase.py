"""Paraphrase by rules: the same request in other words, with the same reply.

Only the user message that the last trained reply answers is rephrased: the earlier ones are its
context, and the replies stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, get_args

from ftdata.augmentation.augmenter import Augmenter, Parent, Variant
from ftdata.augmentation.by_model.paraphrase import PARAPHRASE_BY_MODEL
from ftdata.augmentation.choosing import shuffle
from ftdata.augmentation.facts import keeps_facts
from ftdata.augmentation.messages import last_trained_prompt, with_content
from ftdata.augmentation.protected import mask_protected
from ftdata.augmentation.rephrasing import FAMILIES
from ftdata.augmentation.styles import make_casual, make_formal, make_longer, make_shorter
from ftdata.settings_augmentation import Augmentation
from ftdata.text import hash64

Style = Literal["phrasing", "formal", "casual", "shorter", "longer"]
STYLES: tuple[Style, ...] = get_args(Style)

_STYLES: Mapping[str, Callable[[str, int, bool], str | None]] = MappingProxyType(
    {
        "formal": lambda text, _seed, _is_first: make_formal(text),
        "casual": make_casual,
        "shorter": lambda text, _seed, _is_first: make_shorter(text),
        "longer": make_longer,
    }
)


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


def restyle_text(text: str, style: Style, seed: int, is_first: bool = True) -> str | None:
    """The text in that style, or None where it is so already or would lose a fact.

    `is_first` says whether it opens its conversation: only then a greeting may be added.
    """
    if style == "phrasing":
        return paraphrase_text(text, seed)
    masked = mask_protected(text)
    if masked is None:
        return None
    changed = _STYLES[style](masked.text, seed, is_first)
    variant = None if changed is None else masked.restore(changed)
    if variant is None or keeps_facts(text, variant) is not None:
        return None
    return variant


def derive_paraphrase(parent: Parent, seed: int, options: Augmentation) -> Variant | None:
    """The example with its last trained prompt rephrased; None where that cannot be.

    The seed says in which order styles are tried. The tag `style` tells which it became.
    """
    del options
    place = last_trained_prompt(parent.messages)
    if place is None or parent.language != "en":
        return None
    text = parent.messages[place]["content"]
    is_first = all(message["role"] != "user" for message in parent.messages[:place])
    for style in shuffle(STYLES, seed):
        variant = restyle_text(text, style, seed, is_first)
        if variant is not None:
            return Variant(with_content(parent.messages, place, variant), {"style": style})
    return None


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
