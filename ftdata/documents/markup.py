"""Markdown made of what other formats hold: marks, escapes, tables, and blocks in containers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# What a reader of Markdown would take for a tag, a comment or a template, and leave out.
_MARKUP = re.compile(
    r"<(?:!--|/?[A-Za-z](?![a-z0-9+.-]*:))[^<>`\n]*>|\{\{[^{}`\n]*\}\}|\{%[^{}`\n]*%\}"
    r"|\{[:#][^{}`\n]*\}"
)
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_BLOCK_START = re.compile(r"(?:#{1,6}(?:\s|$)|>|\||`{3}|~{3}|:{3}|[=-]+\s*$|!!!|\?\?\?)")
_BULLET = re.compile(r"[•‣◦▪●○■□·⁃–—\uf0b7\uf0a7\uf0d8]\s+(?=\S)")
_DEEPEST = 16  # items and quotes in one another that are shown; deeper ones follow one another
_TICKS = re.compile(r"`+")


def squeezed(text: str) -> str:
    """Every run of white space, and of invisible marks that stand for it, as one space."""
    return _SPACE.sub(" ", text)


def prose(text: str) -> str:
    """Text that is no markup: what looks like a tag or a template is set as code."""
    if "<" not in text and "{" not in text:
        return text
    return _MARKUP.sub(lambda found: f"`{found[0]}`", text)


def marked(text: str, mark: str) -> str:
    """Text between marks of emphasis, its outer white space outside of them."""
    inner = text.strip()
    if not inner or inner.startswith(mark) or inner.endswith(mark):
        return text
    start = text.index(inner)
    return f"{text[:start]}{mark}{inner}{mark}{text[start + len(inner) :]}"


def code_span(text: str) -> str:
    """Text as inline code, with as many marks as it needs."""
    inner = text.strip()
    if not inner:
        return text
    longest = max((len(run) for run in _TICKS.findall(inner)), default=0)
    marks = "`" * (longest + 1)
    padding = " " if inner.startswith("`") or inner.endswith("`") else ""
    return f"{marks}{padding}{inner}{padding}{marks}"


def link(text: str, target: str) -> str:
    """A link; the text alone where the target says nothing more or leads nowhere."""
    label = text.strip()
    address = re.sub(r"\s", "%20", target.strip()).replace("(", "%28").replace(")", "%29")
    scheme = address.partition(":")[0].lower()
    if not label or not address or scheme in {"javascript", "mailto", "data", "about"}:
        return text
    if address in {label, f"http://{label}", f"https://{label}"} or "[" in label or "]" in label:
        return text
    start = text.index(label)
    return f"{text[:start]}[{label}]({address}){text[start + len(label) :]}"


def fenced(code: str, language: str = "") -> list[str]:
    """Lines of a fenced code block."""
    lines = code.strip("\n").rstrip().splitlines()
    longest = max((len(run) for run in _TICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}{language}", *lines, fence]


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table whose first row is its head; short rows are filled up."""
    width = max(map(len, rows))
    lines = [
        f"| {' | '.join([_cell(cell) for cell in row] + [''] * (width - len(row)))} |"
        for row in rows
    ]
    return [lines[0], f"|{' --- |' * width}", *lines[1:]]


def _cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", squeezed(text).strip())


def paragraph(text: str) -> list[str]:
    """Lines of running text: typed bullets as list marks, what would be a block's start escaped."""
    lines = [_SPACE.sub(" ", line).strip() for line in text.split("\n")]
    return [
        _BULLET.sub("- ", "\\" + line if _BLOCK_START.match(line) else line, count=1)
        if _BULLET.match(line) or _BLOCK_START.match(line)
        else line
        for line in lines
        if line
    ]


@dataclass
class _Container:
    """An item of a list or a quote: what its first line and its other lines begin with."""

    mark: str
    rest: str
    tight: bool = False
    begun: bool = False


@dataclass
class _List:
    ordered: bool
    number: int
    mark: str
    items: int = 0


class MarkdownWriter:
    """Blocks, one below the other, in items of lists and in quotes."""

    def __init__(self) -> None:
        """Begins with nothing."""
        self.lines: list[str] = []
        self._containers: list[_Container] = []
        self._lists: list[_List] = []
        self._closed: _List | None = None
        self._joined = False  # the next block follows without an empty line

    @property
    def text(self) -> str:
        """What was written, ended by a line feed."""
        return "\n".join(self.lines).strip("\n") + "\n"

    @property
    def depth(self) -> int:
        """In how many items and quotes the next block stands."""
        return len(self._containers)

    @property
    def is_ordered(self) -> bool:
        """Whether the innermost list has numbers."""
        return bool(self._lists) and self._lists[-1].ordered

    def block(self, lines: Sequence[str]) -> None:
        """Write one block."""
        if not lines:
            return
        fresh = [item for item in self._containers if not item.begun]
        if self.lines and not self._joined and not (fresh and fresh[0].tight):
            begun = [item.rest for item in self._containers if item.begun]
            self.lines.append("".join(begun).rstrip())
        head = "".join(item.rest if item.begun else item.mark for item in self._containers)
        rest = "".join(item.rest for item in self._containers)
        self.lines.append(f"{head}{lines[0]}".rstrip())
        self.lines += [f"{rest}{line}".rstrip() for line in lines[1:]]
        for item in fresh:
            item.begun = True
        self._closed = None
        self._joined = False

    def heading(self, level: int, text: str) -> None:
        """Write a heading; inside of a container, where none can stand, its text in bold."""
        words = squeezed(text).strip()
        if not words:
            return
        if self._containers:
            self.block([marked(words, "**")])
        else:
            self.block([f"{'#' * min(level, 6)} {words}"])

    def open_list(self, *, ordered: bool, number: int = 1) -> None:
        """Begin a list; another one right behind a list gets other marks, to be its own."""
        marks = (".", ")") if ordered else ("-", "*")
        before = self._closed
        flipped = before is not None and before.ordered == ordered and before.mark == marks[0]
        self._lists.append(_List(ordered, number, marks[1] if flipped else marks[0]))

    def close_list(self) -> None:
        """End the innermost list."""
        self._closed = self._lists.pop()

    def open_item(self, number: int | None = None) -> None:
        """Begin an item of the innermost list, with its own number where it has one."""
        if not self._lists:
            self.open_list(ordered=False)
        current = self._lists[-1]
        if number is not None:
            current.number = number
        mark = f"{current.number}{current.mark} " if current.ordered else f"{current.mark} "
        tight = current.items > 0 or len(self._lists) > 1
        if len(self._containers) >= _DEEPEST:
            mark = ""
        self._containers.append(_Container(mark, " " * len(mark), tight and mark != ""))
        current.items += 1
        current.number += 1

    def open_quote(self, kind: str = "") -> None:
        """Begin a quote, or an admonition of a kind."""
        mark = "> " if len(self._containers) < _DEEPEST else ""
        self._containers.append(_Container(mark, mark))
        if kind and mark:
            self.block([f"[!{kind.upper()}]"])
            self._joined = True

    def close(self) -> None:
        """End the innermost item or quote."""
        self._containers.pop()
