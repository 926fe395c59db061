"""Makes the text of a block out of ranges of a document, and keeps where each came from."""

from __future__ import annotations

from ftdata.sections import Span


class Writer:
    """Text under construction.

    Glue that stands in the document right behind the last range becomes part of that range, so
    that a text which looks in the document as it does here is a single span.
    """

    def __init__(self, source: str) -> None:
        """`source` is the document's text, in which all ranges count."""
        self.source = source
        self.length = 0
        self.prefix = ""  # what every further line begins with: indentation, marks of quotes
        self._parts: list[str] = []
        self._spans: list[tuple[int, int, int]] = []
        self._pending = ""
        self._fresh = True

    @property
    def text(self) -> str:
        """What was written so far."""
        return "".join(self._parts)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The ranges that the text is made of."""
        return tuple(Span(*span) for span in self._spans)

    @property
    def begins_line(self) -> bool:
        """The next text is the first of its line."""
        return self._fresh or bool(self._pending)

    def put(self, start: int, end: int) -> None:
        """Write a range of the document."""
        if start >= end:
            return
        if self._pending:
            self._flush()
        self._fresh = False
        spans = self._spans
        if spans:
            first, last, at = spans[-1]
            if last == start and at + last - first == self.length:
                spans[-1] = (first, end, at)
            else:
                spans.append((start, end, self.length))
        else:
            spans.append((start, end, self.length))
        self._parts.append(self.source[start:end])
        self.length += end - start

    def glue(self, text: str) -> None:
        """Write markup or white space; no words."""
        if self._pending:
            self._flush()
        self._fresh = False
        self._append(text)

    def line(self) -> None:
        """The next text begins a line."""
        if not self._fresh:
            self._pending = "\n" + self.prefix

    def gap(self) -> None:
        """The next text begins behind an empty line."""
        if not self._fresh:
            self._pending = f"\n{self.prefix.rstrip()}\n{self.prefix}"

    def mark(self, mark: str) -> tuple[int, str, bool]:
        """The next text begins with a mark (`- `); what `unmark` needs is given back."""
        before = (self.length, self._pending, self._fresh)
        self._pending += mark
        self._fresh = True
        return before

    def unmark(self, before: tuple[int, str, bool]) -> bool:
        """Forget a mark behind which nothing was written; whether there was none."""
        length, pending, fresh = before
        if self.length != length:
            return False
        self._pending, self._fresh = pending, fresh
        return True

    def _flush(self) -> None:
        pending, self._pending = self._pending, ""
        self._append(pending)

    def _append(self, text: str) -> None:
        if self._spans:
            first, last, at = self._spans[-1]
            if at + last - first == self.length and self.source.startswith(text, last):
                self._spans[-1] = (first, last + len(text), at)
        self._parts.append(text)
        self.length += len(text)
