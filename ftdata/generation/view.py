"""A section as the kinds look at it: its heading's forms, its context, its prose by sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ftdata.generation.headings import Heading, read_heading
from ftdata.generation.word_sets import word_set
from ftdata.sections import Block, Section

# A sentence ends at its mark, where the next one begins like one; a line end alone is no end.
_END = re.compile(
    r"(?<![ (.][A-Za-z])(?<!e\.g)(?<!i\.e)(?<! etc)(?<! vs)(?<! cf)(?<! approx)(?<! No)"
    r"[.!?][\"'”’)*_`]{0,3}\s+(?=[\"'“‘(*_`\[]{0,3}[A-ZÀ-ÞА-Я0-9`])"
)
# Small in any heading, whatever the section's text writes.
_COMMON = word_set(
    """
    about access adding application architecture background best building causes changes
    changing checking code common configuring creating custom data default definition
    deploying description different example examples external feature features file files
    format function functions general getting guide history information internal introduction
    issues key list local making managing method new notes options other overview page
    potential practices process recommended related release releasing removing required
    resources running security setting settings steps structure supported technical testing
    tests types updating use useful user users using values version versions viewing ways
    working writing
    """
)


class Sentence(NamedTuple):
    """A sentence of a block: the range of the block's text that it covers."""

    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class View:
    """One section and what several kinds ask of it, worked out once."""

    section: Section

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The section's blocks."""
        return self.section.blocks

    @cached_property
    def language(self) -> str:
        """The language of wordings; a document whose language is not known is asked in English."""
        return self.section.language or "en"

    @cached_property
    def text(self) -> str:
        """All blocks as one text."""
        return self.section.text

    def is_small(self, word: str) -> bool:
        """Whether the section's text writes a word small (or everybody does)."""
        return word in _COMMON or f" {word}" in self.text

    @cached_property
    def heading(self) -> Heading:
        """The section's own heading."""
        return read_heading(self.section.heading, self.is_small)

    @cached_property
    def ancestors(self) -> tuple[Heading, ...]:
        """What the section stands under, the nearest first, the document's title last."""
        path = self.section.heading_path[:-1][::-1]
        names = [*path, self.section.title] if self.section.heading_path else []
        found = [read_heading(name, self.is_small) for name in names]
        return tuple(
            one for one in found if one.form != "generic" and one.text != self.heading.text
        )

    @cached_property
    def context(self) -> Heading | None:
        """The nearest heading above that names something."""
        return next((one for one in self.ancestors if one.phrase and one.form != "condition"), None)

    @cached_property
    def subject(self) -> Heading | None:
        """What the section is about: its own heading, or the nearest one that is not generic."""
        own = self.heading
        return self.context if own.form == "generic" or not own.phrase else own

    @cached_property
    def prose(self) -> tuple[Sentence, ...]:
        """The sentences of its paragraphs."""
        return tuple(
            sentence
            for number, block in enumerate(self.blocks)
            if block.kind == "paragraph"
            for sentence in sentences_of(number, block.text)
        )

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of block it holds."""
        return frozenset(block.kind for block in self.blocks)


def sentences_of(number: int, text: str) -> Iterator[Sentence]:
    """The sentences of a block's text, without white space around them."""
    start = 0
    for found in _END.finditer(text):
        end = found.start() + len(found[0].rstrip())
        yield Sentence(number, start, end, text[start:end])
        start = found.end()
    end = len(text.rstrip())
    if start < end:
        yield Sentence(number, start, end, text[start:end])


def without_markup(text: str) -> str:
    """A piece of Markdown as a person types it: links by their text, emphasis gone, one line."""
    plain = re.sub(r"!?\[([^\]\[]{0,200})\](?:\([^()\s]{0,500}\))?", r"\1", text)
    plain = re.sub(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)", "", plain)
    return " ".join(plain.split())
