"""What a document is made of, between the stages: blocks of Markdown in titled sections.

A text made from a document never loses its place: every block carries the ranges of the document's
text that it is made of, and `cut` gives those of any part of a block. What stands in a block's
text outside its spans is markup or white space that a reader put there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

BlockKind = Literal[
    "paragraph", "list", "steps", "table", "code", "admonition", "definition", "quote"
]


class Span(NamedTuple):
    """A range of the document's text, in characters, and where in the made text it stands."""

    start: int
    end: int
    at: int


@dataclass(frozen=True)
class Block:
    """One piece of structure that is never cut inside a step, a table or a code block.

    `text` is Markdown as an answer shows it. `spans` are in the order of `text`, and each holds
    `text[at : at + end - start] == document[start:end]`. `items` are ranges of `text`: the items of
    a list, the steps of a procedure with all that belongs to them, the rows of a table without its
    head, the descriptions of a definition; empty for other kinds.
    """

    kind: BlockKind
    text: str
    spans: tuple[Span, ...]
    line: int  # 1-based, of the file or of the extracted text
    items: tuple[tuple[int, int], ...] = ()
    label: str = ""  # language of code, kind of an admonition, term of a definition, first number


@dataclass(frozen=True)
class Section:
    """A titled piece of a document that can be understood by itself.

    `heading_path` goes from the document's first heading to the section's own and is empty for
    what stands before the first. `start` and `end` are the range of the document's text that the
    section's own blocks span, heading included.
    """

    id: str
    document: str  # path below the snapshot's folder
    title: str
    language: str | None
    heading_path: tuple[str, ...]
    order: int  # in the document, from 0
    start: int
    end: int
    line: int
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> str:
        """Its own heading; the document's title where it has none."""
        return self.heading_path[-1] if self.heading_path else self.title

    @property
    def text(self) -> str:
        """The blocks as one Markdown text."""
        return joined(self.blocks)[0]


def joined(blocks: Iterable[Block]) -> tuple[str, tuple[Span, ...]]:
    """Blocks as one text with an empty line between them, and its spans."""
    return join_parts([(block.text, block.spans) for block in blocks], "\n\n")


def join_parts(
    parts: Sequence[tuple[str, tuple[Span, ...]]], glue: str
) -> tuple[str, tuple[Span, ...]]:
    """Texts with their spans as one text, `glue` between them."""
    texts: list[str] = []
    spans: list[Span] = []
    at = 0
    for text, own in parts:
        spans += own if at == 0 else moved_spans(own, at)
        texts.append(text)
        at += len(text) + len(glue)
    return glue.join(texts), tuple(spans)


def moved_spans(spans: Iterable[Span], by: int) -> list[Span]:
    """Spans of a text that stands `by` characters further on in a longer one."""
    # Past the frame of the named tuple's own constructor: there are many of them.
    new = tuple.__new__
    return [new(Span, (start, end, at + by)) for start, end, at in spans]


def cut(text: str, spans: Iterable[Span], start: int, end: int) -> tuple[str, tuple[Span, ...]]:
    """The part `text[start:end]`, with the spans that it is made of."""
    kept = []
    for source, stop, at in spans:
        if at >= end:
            break
        last = at + stop - source
        if last <= start:
            continue
        first = at if at > start else start
        last = last if last < end else end
        if first < last:
            kept.append(Span(source + first - at, source + last - at, first - start))
    return text[start:end], tuple(kept)


def section_of(row: Mapping[str, Any]) -> Section:
    """The section that a row of the table `documents` holds."""
    blocks = tuple(
        Block(
            kind=block["kind"],
            text=block["text"],
            spans=tuple(Span(**span) for span in block["spans"]),
            line=block["line"],
            items=tuple((item["start"], item["end"]) for item in block["items"]),
            label=block["label"],
        )
        for block in row["blocks"]
    )
    return Section(
        id=row["id"],
        document=row["document"],
        title=row["title"],
        language=row["language"],
        heading_path=tuple(row["heading_path"]),
        order=row["order"],
        start=row["start"],
        end=row["end"],
        line=row["line"],
        blocks=blocks,
    )
