"""What a reader makes of one file: its text, its title, and its headings and blocks in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ftdata.sections import Block

Rejection = Literal[
    "unreadable", "empty_document", "scanned", "encrypted", "too_large",
    "reader_failed",  # a fault of ours, not of the file
]  # fmt: skip


class RejectedDocumentError(Exception):
    """A file that holds nothing to read; the stage makes a quarantined drop of it."""

    def __init__(self, reason: Rejection, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Heading:
    """A heading, at level 1 to 6; `start` and `end` are its lines in the document's text."""

    level: int
    text: str  # without markup
    start: int
    end: int
    line: int  # 1-based


@dataclass(frozen=True)
class Parsed:
    """One document. Spans count in `text`: the decoded file, or what was extracted of it."""

    text: str
    title: str | None  # of the front matter or the file's properties, else None
    elements: tuple[Heading | Block, ...]
