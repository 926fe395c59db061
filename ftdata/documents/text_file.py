"""Plain text: paragraphs, lists and steps, indented code, and what is plainly a heading."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt

from ftdata.documents.decoding import decode_text
from ftdata.documents.markdown_blocks import make_block
from ftdata.documents.markdown_lines import Lines, split_lines
from ftdata.documents.markdown_tokens import read_tokens
from ftdata.documents.markdown_tree import Node, build_tree
from ftdata.documents.parsed import Heading, Parsed
from ftdata.sections import Block
from ftdata.settings_documents import Documents

_NUMBERED = re.compile(
    r"(?:(\d{1,3}(?:\.\d{1,3})*)\.?|(?:Chapter|Part|Appendix) \w{1,5}[.:]?)\s+\S.*"
)
_BULLET = re.compile(r"\s*[•‣◦▪·–]\s")
_LONGEST = 80
_INDENT = 4


def read_text(data: bytes, options: Documents) -> Parsed:  # noqa: ARG001  every reader has options
    """A file of plain text, shown as it is: nothing of it is taken as markup.

    Paragraphs end at empty lines. A heading is a line underlined with `===` or `---`, or one that
    stands alone and is in capitals, or numbered `2.1 Title`, or begins with `#`. Raises
    RejectedDocumentError as `decode_text` does.
    """
    text = decode_text(data)
    lines = split_lines(text)
    _mark_headings(lines)
    tokens = read_tokens(_parser(), "\n".join(lines.shown) + "\n", {})
    elements = [_element(node, lines) for node in build_tree(tokens, lines.shown, ())]
    return Parsed(text, None, tuple(element for element in elements if element is not None))


@cache
def _parser() -> MarkdownIt:
    rules = ["blockquote", "fence", "html_block", "reference", "table"]
    return MarkdownIt("commonmark").disable(["inline", *rules], ignoreInvalid=True)


def _mark_headings(lines: Lines) -> None:
    """Show headings and bullets as Markdown has them; what follows the mark stays in place."""
    shown = lines.shown
    for line, row in enumerate(shown):
        if _BULLET.match(row):
            shown[line] = re.sub(r"\S", "-", row, count=1)
        if not row.strip() or row[:_INDENT].isspace():
            continue
        alone = not (line and shown[line - 1].strip()) and not "".join(shown[line + 1 : line + 2])
        level = _level(row.strip()) if alone and line + 1 < len(shown) else 0
        if level:
            shown[line] = f"{'#' * level} {row.strip()}"
            lines.ends[line] -= len(row) - len(row.rstrip())


def _level(row: str) -> int:
    """The level of a heading that stands alone; 0 for what may be a sentence or a step."""
    if len(row) > _LONGEST or row[-1] in ".,;:!":
        return 0
    numbered = _NUMBERED.fullmatch(row)
    depth = numbered[1].count(".") + 1 if numbered and numbered[1] else 1
    if row.isupper() and sum(map(str.isalpha, row)) > 2:
        return min(depth, 6)
    return min(depth, 6) if numbered and (depth > 1 or not numbered[1]) else 0


def _element(node: Node, lines: Lines) -> Heading | Block | None:
    underlined = node.markup in ("=", "-")
    if node.kind == "heading" and underlined and not _is_title(node.content):
        node.kind = "paragraph"
    if node.kind != "heading":
        return make_block(node, lines, None, {})
    start, end = lines.starts[node.first], lines.stops[node.last - 1]
    return Heading(node.level, " ".join(node.content.split()), start, end, node.first + 1)


def _is_title(content: str) -> bool:
    return "\n" not in content and len(content) <= _LONGEST
