"""What the settings claim to be gone from `cleaned`, judged by the second path."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ftdata.cleaning.pii.folded import plain_form
from ftdata.cleaning.pii.leftovers import pii_left
from ftdata.settings_pii import Pii


def claimed_left(texts: Sequence[str | None], options: Pii) -> list[str | None]:
    """For each text a kind of personal data that should have gone from it, or None.

    Kinds that are only reported may be there, and texts that are allowed for the kind.
    """
    entities = [entity for entity in options.entities if options.mode_of(entity) != "report"]
    allowed = [entity for entity in entities if options.allow.get(entity)]
    left = pii_left(texts, [entity for entity in entities if entity not in allowed])
    for entity in allowed:
        without = _without(texts, options.allow[entity])
        left = [one or other for one, other in zip(left, pii_left(without, [entity]), strict=True)]
    return left


def _without(texts: Sequence[str | None], allowed: Sequence[str]) -> list[str | None]:
    """The texts without what is allowed where it stands as a whole: not in a longer address."""
    longest_first = sorted(map(plain_form, allowed), key=len, reverse=True)
    whole = "|".join(map(re.escape, longest_first))
    pattern = re.compile(rf"(?<![\w.+@-])(?:{whole})(?![\w@-]|\.\w)", re.IGNORECASE)
    return [text and pattern.sub(" ", plain_form(text)) for text in texts]
