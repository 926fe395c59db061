"""Whether an answer stands in its document: spans for verbatim ones, coverage for written ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ftdata.generation.stop_words import content_words
from ftdata.sections import Span
from ftdata.text import fold

# What may stand between spans: white space, Markdown's own marks, the numbers of steps, and the
# word that a yes or no question is answered with.
GLUE = re.compile(r"(?:(?:Yes|No)\. )?[\s`*_|:>#~+().0-9\[\]^-]*")
# What a written answer may not invent: numbers and versions, addresses, code.
_EXACT = re.compile(
    r"https?://[^\s)>\]\"'`]+|`[^`\n]+`|--?[A-Za-z][\w-]+|(?<![\w.])v?\d+(?:[.,:/-]\d+)*(?:[%°]"
    r"|[A-Za-z]{1,3}\b)?"
)
_FENCE = re.compile(r"^[ \t]*```[^\n`]*$", re.MULTILINE)
_STEM = 5  # letters that inflected forms of a word share


def is_grounded(answer: str, spans: Iterable[Span], document: str) -> bool:
    """Whether every span is verbatim in the document and nothing but glue stands outside them."""
    return grounding_fault(answer, spans, document) is None


def grounding_fault(answer: str, spans: Iterable[Span], document: str) -> str | None:
    """What speaks against an answer's spans, else None.

    `document` is the document's text, in which spans count. Spans are in the order of `answer`.
    """
    at = 0
    empty = True
    for start, end, place in spans:
        size = end - start
        if size <= 0 or start < 0 or place < at:
            return f"the span at {place} is empty or out of order"
        if answer[place : place + size] != document[start:end]:
            return f"the answer at {place} is not what the document says at {start}"
        if not GLUE.fullmatch(answer, at, place):
            return f"text without a source at {at}"
        at = place + size
        empty = False
    if empty:
        return "no spans"
    return None if GLUE.fullmatch(answer, at) else f"text without a source at {at}"


def coverage(answer: str, section: str, language: str) -> float:
    """Share of an answer's content words that stand in the section, 1 for none.

    A word counts as found where the section has one with the same first five letters, so that
    "restarts" is covered by "restarting".
    """
    found = {word[:_STEM] for word in content_words(section, language)}
    wanted = content_words(answer, language)
    return sum(word[:_STEM] in found for word in wanted) / len(wanted) if wanted else 1.0


def invented(answer: str, section: str) -> Sequence[str]:
    """Numbers, versions, addresses, options and code of an answer that its section lacks."""
    known = fold(section)
    numbers = set(re.findall(r"\d+", known))
    return [
        piece
        for piece in _EXACT.findall(_FENCE.sub("", answer))
        if not _is_known(fold(piece).strip("`").rstrip(".,;:/"), known, numbers)
    ]


def _is_known(piece: str, known: str, numbers: set[str]) -> bool:
    return piece in numbers if piece.isdecimal() else piece in known
