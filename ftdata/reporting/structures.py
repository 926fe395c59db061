"""The structure of a sentence: its stop words and marks, with a gap for what stands between.

    To reset your password, go to Settings.  →  to … your …, … to ….
    To change your address, go to Profile.   →  to … your …, … to ….

Sentences made by one template have one structure, whatever was put into it. In a language without
a list of stop words only the marks are left.
"""

from __future__ import annotations

import re

from ftdata.stop_words import STOP_WORDS
from ftdata.text import fold

GAP = "…"
_STOPS = frozenset().union(*STOP_WORDS.values())
_LOOKED_AT = 400  # characters
_MAX_PARTS = 24
_MARKS = ".,:;!?"
_PART = re.compile(r"\w+(?:['’-]\w+)*|[.,:;!?](?=\s|$)|\n")
_SAYS_LITTLE = 3  # stop words


def structure_of(text: str) -> str:
    """The structure of the first sentence, or of what its first line holds; "" without a word."""
    parts: list[str] = []
    for found in _PART.finditer(fold(text[:_LOOKED_AT].lstrip())):
        part = found[0]
        if part == "\n" or len(parts) == _MAX_PARTS:
            break
        if part in _MARKS and parts:
            parts[-1] += part
        elif part in _STOPS:
            parts.append(part)
        elif part not in _MARKS and parts[-1:] != [GAP]:
            parts.append(GAP)
        if part in ".!?" and parts:
            break
    return " ".join(parts)


def is_telling(structure: str) -> bool:
    """Whether so many stop words stand in it that texts share it only by a template or by chance.

    What labels, names and numbers have in common (`…`) is no template.
    """
    return sum(part.rstrip(_MARKS) != GAP for part in structure.split()) >= _SAYS_LITTLE
