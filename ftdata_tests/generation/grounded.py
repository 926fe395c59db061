"""Whether the spans of an answer are verbatim in its document: proves what rules make."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ftdata.sections import Span

# What may stand between spans: white space, Markdown's own marks, the numbers of steps, and the
# word that a yes or no question is answered with.
_GLUE = re.compile(r"(?:(?:Yes|No)\. )?[\s`*_|:>#~+().0-9\[\]^-]*")


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
        if not _GLUE.fullmatch(answer, at, place):
            return f"text without a source at {at}"
        at = place + size
        empty = False
    if empty:
        return "no spans"
    return None if _GLUE.fullmatch(answer, at) else f"text without a source at {at}"
