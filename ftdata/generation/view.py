"""A section as the kinds look at it: its heading's forms, its context, its prose by sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ftdata.generation.everyday_words import is_everyday
from ftdata.generation.headings import (
    NAMING,
    Heading,
    completed,
    is_fragment,
    read_heading,
    stands_large,
)
from ftdata.sections import Block, Section

# A sentence ends at its mark, where the next one begins like one; a line end alone is no end.
_END = re.compile(
    r"[.!?](?<![ (.][A-Za-z].)(?<!e\.g.)(?<!i\.e.)(?<! etc.)(?<! vs.)(?<! cf.)(?<! No.)"
    r"[\"'”’)*_`]{0,3}\s+(?=[\"'“‘(*_`\[]{0,3}[A-ZÀ-ÞА-Я0-9`])"
)


_LINK = re.compile(r"!?\[([^\]\[]{1,200})\](?:\([^()\s]{0,500}\))?")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=[\w`]|\Z)|(?<=[\w`.])[*_](?!\w)|\A[*_](?!\w)")
_CODE = re.compile(r"(`[^`\n]*`)")
# Endings that names of products seldom have.
_COMMON_ENDS = ("ing", "ion", "ment", "ity", "ts", "rs", "es", "ns", "ds", "ys", "ks", "ls")
_NAMES_IN_S = frozenset({"Kubernetes", "Postgres", "Rails", "Jenkins", "Windows", "Redis"})
_ARTICLES = frozenset({"The", "A", "An", "All", "Each", "Every", "Any", "Some", "Most", "Our"})


class Sentence(NamedTuple):
    """A sentence of a block: the range of the block's text that it covers."""

    block: int
    start: int
    end: int
    text: str  # on one line


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
        return "\n\n".join(block.text for block in self.blocks)

    @cached_property
    def heading(self) -> Heading:
        """The section's own heading, with what it leans on where it is a fragment."""
        return completed(self._own, self.context)

    @cached_property
    def _own(self) -> Heading:
        return read_heading(self.section.heading, self.text)

    @cached_property
    def context(self) -> Heading | None:
        """The nearest heading above that names something; the document's title at last."""
        path = self.section.heading_path[:-1][::-1]
        names = [*path, self.section.title] if self.section.heading_path else []
        for name in names:
            found = read_heading(name, self.text)
            is_name = found.form in NAMING and not is_fragment(found)
            if is_name and found.text != self._own.text:
                return found
        return None

    @cached_property
    def subject(self) -> Heading | None:
        """What the section is about: its own heading, or the nearest above that names it."""
        return self.heading if self.heading.form in NAMING else self.context

    def inside(self, name: str) -> str:
        """A sentence's subject as it stands inside another: "The chart" → "the chart".

        A word that the section also writes large within a line is a name, and stays.
        """
        first, _, rest = name.partition(" ")
        if not first.istitle() or not first.isalpha():
            return name
        is_small = first in _ARTICLES or f" {first.lower()}" in self.text
        is_small = is_small or is_everyday(first.lower())
        if not is_small and first.endswith(_COMMON_ENDS) and first not in _NAMES_IN_S:
            is_small = not rest[:1].isupper()
        is_name = first not in _ARTICLES and stands_large(first, self.text)
        if not is_small or is_name:
            return name
        return f"{first.lower()} {rest}".rstrip()

    @cached_property
    def prose(self) -> tuple[Sentence, ...]:
        """The sentences of its own paragraphs, not of those joined in from other sections."""
        return tuple(
            sentence
            for number, block in enumerate(self.blocks)
            if block.kind == "paragraph" and self._is_own(block)
            for sentence in sentences_of(number, block.text)
        )

    def _is_own(self, block: Block) -> bool:
        start, end = self.section.start, self.section.end
        return any(span.start < end and start < span.end for span in block.spans)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of block it holds."""
        return frozenset(block.kind for block in self.blocks)


def sentences_of(number: int, text: str) -> Iterator[Sentence]:
    """The sentences of a block's text, without white space around them."""
    start = 0
    for found in _END.finditer(text):
        end = found.start() + len(found[0].rstrip())
        yield Sentence(number, start, end, " ".join(text[start:end].split()))
        start = found.end()
    end = len(text.rstrip())
    if start < end:
        yield Sentence(number, start, end, " ".join(text[start:end].split()))


def without_markup(text: str) -> str:
    """A piece of Markdown as a person types it: links by their text, emphasis gone, one line."""
    if not any(mark in text for mark in "[*_`"):
        return " ".join(text.split())
    plain = _LINK.sub(r"\1", text)
    pieces = (p if p[:1] == "`" else _EMPHASIS.sub("", p) for p in _CODE.split(plain))
    return " ".join("".join(pieces).split())
