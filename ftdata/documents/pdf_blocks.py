"""The lines of a PDF as Markdown: headings by their size, paragraphs by gaps, lists by marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ftdata.documents.markup import MarkdownWriter, fenced, paragraph, prose, squeezed
from ftdata.documents.pdf_lines import Line

_BULLET = re.compile(r"(?:[•‣◦▪●○■□·⁃∙➢➤✓\uf0b7\uf0a7\uf0d8\uf02d]|[-–—*o](?=\s))\s*(?=\S)")
_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_LARGER = 1.1  # than the text, for a heading
_LONGEST_HEADING = 120  # characters
_LONGEST_WORD = 60
_WIDE_GAP = 1.35  # times the usual distance of lines: another paragraph
_INDENT = 0.8  # times the size of a character: another paragraph, or another level of a list
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufefc]")
_HYPHEN = re.compile(r"([^\W\d_]{2,})[-\u2010]$")


@dataclass
class _Text:
    """Lines that belong together; `kind` is heading, code, bullet, number or text."""

    kind: str
    lines: list[Line]
    mark: int = 0  # characters of the mark of an item
    level: int = 0
    number: int = 0


@dataclass
class _Measures:
    """What is usual in a document: size of text, distance of lines, sizes of headings, words."""

    size: float
    gap: float
    headings: list[float] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)


def write_lines(lines: Sequence[Line]) -> str:
    """The Markdown of a document's lines."""
    if not lines:
        return ""
    measures = _measure(lines)
    writer = MarkdownWriter()
    items: list[float] = []  # where the open items begin
    for text in _texts(lines, measures):
        x = text.lines[0].x
        if text.kind in ("bullet", "number"):
            _open_item(writer, items, text)
        else:
            least = -1.0 if text.kind == "heading" else x - _INDENT * text.lines[0].size
            while items and (text.kind == "heading" or items[-1] > least):
                _close_item(writer, items)
        _write(writer, text, measures)
    return writer.text


def _open_item(writer: MarkdownWriter, items: list[float], text: _Text) -> None:
    slack = _INDENT * text.lines[0].size
    x = text.lines[0].x
    while items and items[-1] > x + slack:
        _close_item(writer, items)
    ordered = text.kind == "number"
    if items and abs(items[-1] - x) <= slack and writer.is_ordered == ordered:
        writer.close()
        items.pop()
    else:
        if items and abs(items[-1] - x) <= slack:
            _close_item(writer, items)
        writer.open_list(ordered=ordered, number=text.number)
    writer.open_item(text.number if ordered else None)
    items.append(x)


def _close_item(writer: MarkdownWriter, items: list[float]) -> None:
    items.pop()
    writer.close()
    writer.close_list()


def _write(writer: MarkdownWriter, text: _Text, measures: _Measures) -> None:
    if text.kind == "code":
        left = min(line.x for line in text.lines)
        writer.block(
            fenced(
                "\n".join(
                    " " * round((line.x - left) / (0.6 * (line.size or 1))) + line.text
                    for line in text.lines
                )
            )
        )
        return
    words = prose(squeezed(_joined(text.lines, measures.words)[text.mark :]))
    if text.kind == "heading":
        writer.heading(text.level, words)
    else:
        writer.block(paragraph(words))


def _joined(lines: Sequence[Line], words: Counter[str]) -> str:
    """Lines as running text; a word cut at a line's end is made whole."""
    parts: list[str] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        cut = _HYPHEN.search(line.text[-_LONGEST_WORD:])
        rest = _WORD.match(following.text[:_LONGEST_WORD]) if following else None
        if cut and rest and rest[0][0].islower():
            kept = words[f"{cut[1]}-{rest[0]}".lower()] > words[f"{cut[1]}{rest[0]}".lower()]
            parts.append(line.text if kept else line.text[:-1])
        else:
            parts += [line.text, " "]
    return "".join(parts).rstrip()


def _measure(lines: Sequence[Line]) -> _Measures:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = min(sizes, key=lambda each: (-sizes[each], each))
    gaps = [
        one.y - two.y
        for one, two in pairwise(lines)
        if one.page == two.page and one.size == two.size == size and 0 < one.y - two.y < 3 * size
    ]
    measures = _Measures(size, median(gaps) if gaps else 1.2 * size)
    measures.headings = sorted(
        {line.size for line in lines if line.size >= _LARGER * size}, reverse=True
    )
    measures.words.update(word.lower() for line in lines for word in _WORD.findall(line.text))
    return measures


def _texts(lines: Sequence[Line], measures: _Measures) -> list[_Text]:
    made: list[_Text] = []
    for position, line in enumerate(lines):
        before = lines[position - 1] if position else None
        after = lines[position + 1] if position + 1 < len(lines) else None
        text = _begin(line, before, after, measures)
        last = made[-1] if made else None
        if last and before and _goes_on(last, before, line, text, measures):
            last.lines.append(line)
        else:
            made.append(text)
    if made and made[0].kind == "heading":
        made[0].level = 1  # what a document begins with names all of it
    return made


def _begin(line: Line, before: Line | None, after: Line | None, measures: _Measures) -> _Text:
    """What a line would be, did it begin a text."""
    if _is_heading(line, before, after, measures):
        sizes = [size for size in measures.headings if size > line.size + 0.05]
        return _Text("heading", [line], level=min(len(sizes) + 1, 6))
    if line.code:
        return _Text("code", [line])
    number = _NUMBER.match(line.text)
    if number:
        return _Text("number", [line], number.end(), number=int(number[1]))
    bullet = _BULLET.match(line.text)
    return _Text("bullet", [line], bullet.end()) if bullet else _Text("text", [line])


def _is_heading(line: Line, before: Line | None, after: Line | None, measures: _Measures) -> bool:
    if len(line.text) > _LONGEST_HEADING or not any(map(str.isalpha, line.text)) or line.code:
        return False
    if line.size >= _LARGER * measures.size:
        return True
    if not line.bold or line.size < 0.95 * measures.size or _BULLET.match(line.text):
        return False
    apart = before is None or before.page != line.page or _is_apart(before, line, measures)
    alone = after is None or not after.bold or after.page != line.page
    return apart and alone and not line.text.endswith((".", ",", ";", ":"))


def _is_apart(before: Line, line: Line, measures: _Measures) -> bool:
    return (
        not 0
        <= before.y - line.y
        <= _WIDE_GAP * max(measures.gap, measures.gap * line.size / (measures.size or 1))
    )


def _goes_on(last: _Text, before: Line, line: Line, text: _Text, measures: _Measures) -> bool:
    """Whether a line continues the text before it."""
    if text.kind in ("bullet", "number"):
        return False
    if text.kind == "heading" or last.kind == "heading":
        same = text.kind == last.kind and line.size == before.size and line.bold == before.bold
        return same and not _is_apart(before, line, measures)
    if text.kind == "code" or last.kind == "code":
        return text.kind == last.kind and (before.page != line.page or before.y > line.y)
    if before.page != line.page or before.y < line.y:
        return not before.text.endswith((".", "!", "?", ":")) and line.text[:1].islower()
    if _is_apart(before, line, measures):
        return False
    indented = line.x - before.x > _INDENT * line.size and not _RIGHT_TO_LEFT.search(line.text)
    is_hanging = last.kind in ("bullet", "number") and len(last.lines) == 1
    return not indented or is_hanging or abs(before.y - line.y) < 1
