"""The lines that the block parser sees, and where in the document each of them ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass
class Lines:
    """A document's lines: each a range of its line in the text, or empty.

    `shown[i]` is `text[ends[i] - len(shown[i]) : ends[i]]`; a reader of what surrounds Markdown
    (front matter, marks of admonitions) takes lines out or shortens them before they are parsed.
    """

    text: str
    starts: list[int]
    stops: list[int]  # without the line end
    shown: list[str]
    ends: list[int]

    def blank(self, line: int) -> None:
        """Hide a line."""
        self.shown[line] = ""

    def keep(self, line: int, start: int, end: int) -> None:
        """Show `start` to `end` (in the line that is shown) of a line, and nothing else."""
        self.ends[line] += end - len(self.shown[line])
        self.shown[line] = self.shown[line][start:end]

    def place(self, line: int, content: str) -> int:
        """Where in the document `content` starts, with which the line ends, white space aside."""
        shown = self.shown[line]
        if shown.endswith(content):
            return self.ends[line] - len(content)
        return self.ends[line] - len(shown) + len(shown.rstrip()) - len(content.rstrip())


def split_lines(text: str) -> Lines:
    """The lines of a text, ended by LF, CR LF or CR as Markdown has it.

    A line of any white space alone is shown as an empty one.
    """
    if "\r" not in text:
        shown = text.split("\n")
        starts = list(accumulate((len(line) + 1 for line in shown[:-1]), initial=0))
    else:
        cuts = [found.span() for found in _LINE_END.finditer(text)]
        starts = [0, *(end for _, end in cuts)]
        shown = [
            text[start:end]
            for start, end in zip(starts, [*(end for end, _ in cuts), len(text)], strict=True)
        ]
    stops = [start + len(line) for start, line in zip(starts, shown, strict=True)]
    shown = [_without_odd_end(line) for line in shown]
    ends = [start + len(line) for start, line in zip(starts, shown, strict=True)]
    return Lines(text, starts, stops, shown, ends)


def _without_odd_end(line: str) -> str:
    """A line without its white space at the end, where that is more than spaces and tabs.

    For CommonMark a line of a no-break space or a form feed alone is not empty. The parser makes a
    paragraph of it, and then strips the line off its text without a word of where the rest stands.
    """
    kept = line.rstrip()
    return kept if line[len(kept) :].strip(" \t") else line
