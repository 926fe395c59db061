"""The lines of a reStructuredText document, and the tree that its body elements make."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Literal

Range = tuple[int, int]
NodeKind = Literal[
    "title", "paragraph", "lines", "strong", "code", "list", "steps", "definition", "admonition",
    "quote", "table", "footnote",
]  # fmt: skip

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class Node:
    """A body element. Ranges count in the document's text.

    `ranges` are a paragraph, lines (of code, of a line block) or the terms of a definition;
    `items` are the contents of a list's items, or one list of what stands inside; `cells` are a
    table's rows of cells, each the ranges that it is made of.
    """

    kind: NodeKind
    line: int  # from 0
    ranges: list[Range] = field(default_factory=list)
    items: list[list[Node]] = field(default_factory=list)
    name: str = ""  # language, kind of admonition, style of a title or of numbers
    label: Range | None = None  # where the language, the version or the mark stands
    number: int = 0  # of the first step; the head rows of a table
    marks: list[Range] = field(default_factory=list)  # of steps that are lettered
    cells: list[list[list[Range]]] = field(default_factory=list)
    is_tight: bool = False  # no empty line before it


class Lines:
    """Where each line's text starts and ends, and at which column; a mark that is read goes away.

    `indents[i]` is the column of the first character, tab stops at every eighth, -1 for a line of
    white space. Spaces and tabs alone are an indent: a no-break or an ideographic space with which
    a paragraph begins is one of its characters.
    """

    def __init__(self, text: str) -> None:
        """Split at LF, CR LF and CR."""
        self.text = text
        if "\r" in text:
            self.starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
        else:
            counts = (len(line) + 1 for line in text.split("\n")[:-1])
            self.starts = list(accumulate(counts, initial=0))
        self.firsts: list[int] = []
        self.stops: list[int] = []
        self.indents: list[int] = []
        for start, end in pairwise([*self.starts, len(text)]):
            self._add(start, text[start:end])

    def _add(self, start: int, line: str) -> None:
        body = line.lstrip(" \t")
        shown = body.rstrip()
        if not shown:
            self.firsts.append(start)
            self.stops.append(start)
            self.indents.append(-1)
            return
        lead = len(line) - len(body)
        self.firsts.append(start + lead)
        self.stops.append(start + lead + len(shown))
        self.indents.append(lead if "\t" not in line else len(line[:lead].expandtabs(8)))

    def row(self, line: int) -> str:
        """What a line says, without the white space around it."""
        return self.text[self.firsts[line] : self.stops[line]]

    def range(self, line: int) -> Range:
        """Where that stands."""
        return self.firsts[line], self.stops[line]

    def begin(self, line: int, start: int, column: int) -> None:
        """Read a line from `start` on, as if that stood at `column`; to its end: an empty line."""
        self.firsts[line] = start
        self.indents[line] = column if start < self.stops[line] else -1

    def column(self, first: int, last: int) -> int:
        """The least column of lines that are not empty; -1 where all are."""
        return min((indent for indent in self.indents[first:last] if indent >= 0), default=-1)

    def body_end(self, line: int, last: int, column: int) -> int:
        """Behind the lines after `line` that stand right of `column`, empty ones at the end not."""
        indents = self.indents
        end = at = line + 1
        while at < last:
            if indents[at] > column:
                end = at + 1
            elif indents[at] >= 0:
                break
            at += 1
        return end

    def paragraph_end(self, line: int, last: int) -> int:
        """Behind the lines from `line` on that are not empty."""
        while line < last and self.indents[line] >= 0:
            line += 1
        return line

    def verbatim(self, first: int, last: int) -> list[Range]:
        """Lines of code from their common column on; empty ones at both ends not."""
        while first < last and self.indents[first] < 0:
            first += 1
        while first < last and self.indents[last - 1] < 0:
            last -= 1
        column = self.column(first, last)
        return [(self._at(line, column), self.stops[line]) for line in range(first, last)]

    def _at(self, line: int, column: int) -> int:
        """Where in a line a column is."""
        first, indent = self.firsts[line], self.indents[line]
        if indent <= column:
            return first
        start = first - (indent - column)
        if start >= self.starts[line] and "\t" not in self.text[self.starts[line] : first]:
            return start
        at, reached = self.starts[line], 0
        while reached < column and at < first:
            reached = reached // 8 * 8 + 8 if self.text[at] == "\t" else reached + 1
            at += 1
        return at
