"""What the settings claim to be gone from `cleaned`, judged by the second path."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ftdata.cleaning.pii.leftovers import pii_left
from ftdata.settings_pii import Pii


def claimed_left(texts: Sequence[str | None], options: Pii) -> list[str | None]:
    """For each text a kind of personal data that should have gone from it, or None.

    Kinds that are only reported, and texts on the list of what is allowed, may be there.
    """
    entities = [entity for entity in options.entities if options.mode_of(entity) != "report"]
    allowed = sorted({text for texts in options.allow.values() for text in texts})
    if allowed:
        whole = "|".join(map(re.escape, allowed))
        pattern = re.compile(rf"(?<![\w.+@-])(?:{whole})(?![\w@-])", re.IGNORECASE)
        texts = [text and pattern.sub(" ", text) for text in texts]
    return pii_left(texts, entities)
