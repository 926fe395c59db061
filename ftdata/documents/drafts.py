"""A section in the making, and what every step that works on such needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ftdata.documents.parsed import Heading
from ftdata.sections import Block, Span

_TOKEN = re.compile(r"\S+")


class Dropped(NamedTuple):
    """A section, or a sentence of one, that is not taken: where it begins, and why."""

    line: int
    reason: str
    detail: str | None


@dataclass(frozen=True)
class Draft:
    """Blocks under one heading. `start`, `end` and `line` are those of a `Section`."""

    path: tuple[str, ...]
    level: int  # of its heading; 0 before the first
    start: int
    end: int
    line: int
    blocks: tuple[Block, ...]
    is_question: bool = False


def size_of(blocks: Sequence[Block]) -> int:
    """Characters of the blocks as one text."""
    return sum(len(block.text) + 2 for block in blocks) - 2 if blocks else 0


def range_of(blocks: Sequence[Block]) -> tuple[int, int]:
    """First and last character of the document that blocks hold; (0, 0) where they hold none."""
    spans = [span for block in blocks for span in block.spans]
    if not spans:
        return 0, 0
    return min(span.start for span in spans), max(span.end for span in spans)


def with_blocks(draft: Draft, blocks: Sequence[Block]) -> Draft:
    """The draft with other blocks of its own, and their range instead of its own."""
    start, end = range_of(blocks)
    return replace(draft, blocks=tuple(blocks), start=start, end=end, line=blocks[0].line)


def heading_block(heading: Heading, text: str) -> Block | None:
    """A heading as a paragraph `### Title`; None where its words do not stand in `text` so."""
    words = heading.text
    found = text.find(words, heading.start, heading.end)
    glue = "#" * heading.level + " "
    if found >= 0:
        return Block(
            "paragraph", glue + words, (Span(found, found + len(words), len(glue)),), heading.line
        )
    spans, at = [], heading.start
    for match in _TOKEN.finditer(words):
        found = text.find(match.group(), at, heading.end)
        if found < 0:
            return None
        at = found + len(match.group())
        spans.append(Span(found, at, len(glue) + match.start()))
    return Block("paragraph", glue + words, tuple(spans), heading.line)
