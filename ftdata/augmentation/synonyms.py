"""Synonyms by rules: the same request with one to three of its words replaced."""

from __future__ import annotations

import re

from ftdata.augmentation import lexicon
from ftdata.augmentation.augmenter import Augmenter, Parent, Variant
from ftdata.augmentation.by_model.synonyms import SYNONYMS_BY_MODEL
from ftdata.augmentation.choosing import pick, shuffle
from ftdata.augmentation.facts import keeps_facts
from ftdata.augmentation.messages import trained_prompts, with_content
from ftdata.augmentation.protected import mask_protected
from ftdata.augmentation.swapping import Swap, find_swaps, read_lexicon
from ftdata.settings_augmentation import Augmentation
from ftdata.text import hash64

MAX_SWAPS = 3
# Here a word may be what the request is about, and not only what it is put in.
_ABOUT_A_WORD = re.compile(
    r"\b(?:means?|meaning|meant|defin\w+|difference|differ|called|stands? for|pronounc\w+|terms?"
    r"|classif\w+|categor\w+|which (?:is|are|of)|lyrics|titled|named|poem|songs?|albums?|lines?)\b",
    re.IGNORECASE,
)


def swap_synonyms(text: str, seed: int) -> str | None:
    """The text with one to three words or phrases replaced; None where the lexicon has none.

    "I'm trying to find a film." may become "I'm attempting to find a movie.". The seed decides how
    many are replaced, which, and by what.
    """
    masked = mask_protected(text)
    if masked is None or _ABOUT_A_WORD.search(masked.text):
        return None
    changed = masked.text
    swaps = find_swaps(masked.text, read_lexicon(*lexicon.SYNONYMS))
    for swap, option in reversed(_chosen(swaps, seed)):
        changed = changed[: swap.start] + option + changed[swap.end :]
    variant = masked.restore(changed)
    if variant is None or keeps_facts(text, variant) is not None:
        return None
    return variant


def derive_synonyms(parent: Parent, seed: int, options: Augmentation) -> Variant | None:
    """The example with synonyms in the last of its trained prompts that has room for one."""
    del options
    if parent.language != "en":
        return None
    for place in reversed(trained_prompts(parent.messages)):
        variant = swap_synonyms(parent.messages[place]["content"], seed)
        if variant is not None:
            return Variant(with_content(parent.messages, place, variant))
    return None


def _chosen(swaps: list[Swap], seed: int) -> list[tuple[Swap, str]]:
    """Up to three swaps that do not touch each other, each with one of its options, in order."""
    wanted = hash64(f"{seed} swaps") % MAX_SWAPS + 1
    chosen: list[tuple[Swap, str]] = []
    for i in shuffle(range(len(swaps)), seed):
        swap = swaps[i]
        if len(chosen) < wanted and all(
            swap.end + 1 < other.start or other.end + 1 < swap.start for other, _ in chosen
        ):
            chosen.append((swap, pick(swap.options, seed, f"{i} option")))
    return sorted(chosen, key=lambda one: one[0].start)


SYNONYMS = Augmenter("synonyms", by_rules=derive_synonyms, by_model=SYNONYMS_BY_MODEL)
