"""The sections that a document's own headings make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from ftdata.document_formats import DOCUMENT_ENDINGS
from ftdata.documents.drafts import Draft, Dropped, heading_block, range_of, size_of
from ftdata.documents.furniture import is_furniture
from ftdata.documents.parsed import Heading, Parsed
from ftdata.sections import Block
from ftdata.text import same_key

_TEMPLATE = ".erb"  # behind the ending of what is made of it
_ENDINGS = re.compile(
    f"(?:{'|'.join(map(re.escape, (*DOCUMENT_ENDINGS, _TEMPLATE)))})+$", re.IGNORECASE
)
_NAMELESS = frozenset({"index", "readme", "_index"})
_QUESTION = re.compile(r"[?？؟]\W{0,3}$")  # also full-width and Arabic


def title_of(parsed: Parsed, document: str) -> str:
    """That of the front matter, else the first heading of level 1, else the file's name."""
    if parsed.title and parsed.title.strip():
        return " ".join(parsed.title.split())
    for element in parsed.elements:
        if isinstance(element, Heading) and element.level == 1 and element.text.strip():
            return element.text
    return _readable(document)


def _readable(document: str) -> str:
    """A file's name as words: `guide/reset-a-password.html.md` gives `Reset a password`."""
    path = PurePosixPath(document)
    name = _ENDINGS.sub("", path.name)
    if name.lower() in _NAMELESS and path.parent.name:
        name = path.parent.name
    words = " ".join(name.replace("_", " ").replace("-", " ").split()) or path.name
    return words[:1].upper() + words[1:]


def is_question(heading: str) -> bool:
    """Whether a heading asks something."""
    return _QUESTION.search(heading) is not None


def outline_of(parsed: Parsed, title: str, max_chars: int) -> tuple[list[Draft], list[Dropped]]:
    """A draft for each heading with blocks before the next, and for what stands before the first.

    Headings without blocks stand in the paths of those below them; one with nothing below it is
    dropped (`short_section`). The first heading of level 1 is not repeated in paths where it is the
    title. A question's answer holds its sub-sections, where it fits in `max_chars`.
    """
    parts = _parts(parsed)
    drafts: list[Draft] = []
    dropped: list[Dropped] = []
    index = 0
    for at, (part, path) in enumerate(zip(parts, _paths(parts, title), strict=True)):
        if at < index:
            continue  # taken into the answer of a question before it
        blocks, index = part.blocks, at + 1
        asks = part.level > 1 and is_question(path[-1])
        if asks:
            blocks, index = _answer(parsed, parts, at, max_chars)
        if blocks:
            drafts.append(_draft(part, path, blocks, asks))
        elif part.heading and (index == len(parts) or parts[index].level <= part.level):
            detail = "a heading with nothing below it"
            dropped.append(Dropped(part.heading.line, "short_section", detail))
    return _with_beginning(drafts), dropped


class _Part(NamedTuple):
    """A heading with the blocks up to the next; None and level 0 before the first."""

    heading: Heading | None
    level: int
    blocks: list[Block]


def _parts(parsed: Parsed) -> list[_Part]:
    """The document at its headings; furniture is left out."""
    parts = [_Part(None, 0, [])]
    for element in parsed.elements:
        if isinstance(element, Heading):
            if element.text.strip():
                parts.append(_Part(element, element.level, []))
        elif element.text and not is_furniture(element):
            parts[-1].blocks.append(element)
    return parts


def _paths(parts: Sequence[_Part], title: str) -> list[tuple[str, ...]]:
    """For each part the headings from the first to its own, without the title."""
    paths: list[tuple[str, ...]] = []
    stack: list[tuple[int, str]] = []
    is_title_open = True
    for heading, level, _ in parts:
        if heading:
            stack = [above for above in stack if above[0] < level]
            if is_title_open and level == 1 and same_key(heading.text) == same_key(title):
                is_title_open = False
            else:
                stack.append((level, heading.text))
        paths.append(tuple(text for _, text in stack))
    return paths


def _answer(
    parsed: Parsed, parts: Sequence[_Part], at: int, max_chars: int
) -> tuple[list[Block], int]:
    """All below a question up to the next heading of its level, and the part that comes then.

    Its own blocks alone where questions stand among the rest, or all is longer than `max_chars`.
    """
    own = parts[at]
    answer = list(own.blocks)
    for index in range(at + 1, len(parts)):
        heading, level, blocks = parts[index]
        if heading is None or level <= own.level:
            return answer, index
        shown = heading_block(heading, parsed.text)
        answer += [shown, *blocks] if shown else blocks
        if is_question(heading.text) or size_of(answer) > max_chars:
            return own.blocks, at + 1
    return answer, len(parts)


def _draft(part: _Part, path: tuple[str, ...], blocks: Sequence[Block], asks: bool) -> Draft:
    start, end = range_of(blocks)
    line = blocks[0].line
    if part.heading:
        start, line = min(start, part.heading.start), part.heading.line
    return Draft(path, part.level, start, end, line, tuple(blocks), asks)


def _with_beginning(drafts: list[Draft]) -> list[Draft]:
    """What stands before a title and behind it as one section."""
    if len(drafts) < 2 or drafts[0].path or drafts[1].path:
        return drafts
    first, second, *rest = drafts
    blocks = first.blocks + second.blocks
    both = Draft((), second.level, first.start, second.end, first.line, blocks)
    return [both, *rest]
