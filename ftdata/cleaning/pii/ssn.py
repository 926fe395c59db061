"""United States social security numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.cleaning.pii.context import plain_separators
from ftdata.cleaning.pii.recogniser import EDGE, Place, Recogniser

# Area not 000, 666 or 900 and over; group not 00; serial not 0000 (Social Security Administration,
# RM 10201.035).
_SHAPE = re.compile(
    EDGE + r"(?<![0-9][ .-])(?!000|666|9)[0-9]{3}([- ]?)(?!00)[0-9]{2}\1(?!0000)[0-9]{4}"
    r"(?!\w|[ .-]?[0-9])"
)
# Looked for first: a pattern that begins with a digit is far cheaper than one with an edge.
_LIKELY = re.compile(r"[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}")
_CUE = re.compile(r"(?<!\[)ssn|social security|social insurance|soc\.? sec")
_CUE_CHARS = 60


def find_ssns(text: str) -> Iterator[Place]:
    """`123-45-6789`; with spaces or without parting only after words that say so."""
    written, text = text, plain_separators(text)
    for likely in _LIKELY.finditer(text):
        start = likely.start()
        found = _SHAPE.match(text, start)
        # A dash of typesetting beside it parts it from words, a hyphen joins it to more.
        if not found or "-" in (written[start - 1 : start], written[found.end() : found.end() + 1]):
            continue
        if found.group(1) == "-" or _CUE.search(text[max(0, start - _CUE_CHARS) : start].lower()):
            yield found.span()


SSN = Recogniser(find_ssns, digits=9, gate=r"[0-9]{3}[^0-9A-Za-z]?[0-9]{2}[^0-9A-Za-z]?[0-9]{4}")
