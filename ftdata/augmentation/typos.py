"""Typos by rules: the same request as a hurried user types it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ftdata.augmentation import noise
from ftdata.augmentation.augmenter import Augmenter, Parent, Variant
from ftdata.augmentation.choosing import shuffle
from ftdata.augmentation.facts import keeps_facts
from ftdata.augmentation.messages import trained_prompts, with_content
from ftdata.augmentation.noise_words import ACCENTED
from ftdata.augmentation.protected import mask_protected, mask_spans
from ftdata.settings_augmentation import Augmentation

MIN_WORDS_PER_TYPO = 8
_MAX_TYPOS = 3

# Marks that are missing may be missing everywhere; of words only so many are changed.
_ENGLISH: Mapping[str, Callable[[str, int, int], str | None]] = MappingProxyType(
    {
        "letters": noise.mistype,
        "spelling": noise.misspell,
        "apostrophes": lambda text, _seed, _limit: noise.drop_apostrophes(text),
        "texting": noise.write_as_text_message,
    }
)


def add_typos(text: str, seed: int, language: str = "en") -> tuple[str, str] | None:
    """The text with typos and their kind; None where no rule knows a likely one.

    Kinds: letters, spelling, apostrophes, texting (all English) and accents (other languages); any
    may bring a missing capital, last mark or blank along, which alone would change no word. Letters
    and words are changed in at most one of eight.
    """
    masked = mask_protected(text) if language == "en" else mask_spans(text)
    if masked is None:
        return None
    found = _english(masked.text, seed) if language == "en" else _other(masked.text, language)
    if found is None:
        return None
    changed, kind = found
    variant = masked.restore(noise.loosen(changed, seed))
    if variant is None or keeps_facts(text, variant) is not None:
        return None
    return variant, kind


def derive_typos(parent: Parent, seed: int, options: Augmentation) -> Variant | None:
    """The example with typos in the last of its trained prompts that has room for them."""
    del options
    if parent.language != "en" and parent.language not in ACCENTED:
        return None
    for place in reversed(trained_prompts(parent.messages)):
        found = add_typos(parent.messages[place]["content"], seed, parent.language)
        if found is not None:
            text, kind = found
            return Variant(with_content(parent.messages, place, text), {"noise": kind})
    return None


def _english(text: str, seed: int) -> tuple[str, str] | None:
    """What the first kind that can makes of it, tried in an order that the seed decides."""
    limit = min(_MAX_TYPOS, len(text.split()) // MIN_WORDS_PER_TYPO)
    for kind in shuffle(_ENGLISH, seed):
        changed = _ENGLISH[kind](text, seed, limit)
        if changed is not None:
            return changed, kind
    return None


def _other(text: str, language: str) -> tuple[str, str] | None:
    changed = noise.drop_accents(text, language)
    return None if changed is None else (changed, "accents")


TYPOS = Augmenter("typos", by_rules=derive_typos)
