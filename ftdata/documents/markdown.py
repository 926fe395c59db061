"""Markdown files: headings and blocks, as CommonMark and GitHub's tables have them."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from markdown_it import MarkdownIt

from ftdata.documents.decoding import decode_text
from ftdata.documents.front_matter import take_front_matter
from ftdata.documents.inline import Links, folded_label, inline_cuts
from ftdata.documents.markdown_blocks import make_block
from ftdata.documents.markdown_lines import Lines, split_lines
from ftdata.documents.markdown_marks import take_marks
from ftdata.documents.markdown_tokens import read_tokens
from ftdata.documents.markdown_tree import Node, build_tree
from ftdata.documents.parsed import Heading, Parsed, RejectedDocumentError
from ftdata.sections import Block
from ftdata.settings_documents import Documents

_REFERENCE = re.compile(r"\]:\s*(<[^<>\n]*>|\S+)")
_MARKUP = re.compile(r"\\([!-/:-@\[-`{-~])|`+|\*+|(?<!\w)_+|_+(?!\w)")
_LONG_HEADING = 200


def read_markdown(data: bytes, options: Documents) -> Parsed:
    """A Markdown file: its headings and blocks in order.

    Raises RejectedDocumentError: `unreadable` for what is no text, `empty_document` where nothing
    is left without front matter, tags and comments.
    """
    return _filled(parse_markdown(decode_text(data), options))


def read_mdx(data: bytes, options: Documents) -> Parsed:
    """As `read_markdown`, of MDX: imports, exports and tags of components are left out."""
    return _filled(_parse(decode_text(data), options, mdx=True))


def parse_markdown(text: str, options: Documents) -> Parsed:
    """The headings and blocks of Markdown, whose spans count in `text`; there may be none."""
    return _parse(text, options, mdx=False)


def _filled(parsed: Parsed) -> Parsed:
    if not any(isinstance(element, Block) for element in parsed.elements):
        raise RejectedDocumentError(
            "empty_document", "nothing but front matter, headings, tags or comments"
        )
    return parsed


def _parse(text: str, options: Documents, *, mdx: bool) -> Parsed:
    lines = split_lines(text)
    title = take_front_matter(lines)
    regions = take_marks(lines, mdx=mdx)
    env: dict[str, Any] = {}
    # The parser reads past the end of a last line of a list in a quote that has no line end.
    tokens = read_tokens(_parser(mdx), "\n".join(lines.shown) + "\n\n", env)
    targets = _targets(lines, env.get("references", {}), options.links)
    nodes = build_tree(tokens, lines.shown, regions)
    elements = [_element(node, lines, options.links, targets) for node in nodes]
    return Parsed(text, title, tuple(element for element in elements if element is not None))


@cache
def _parser(mdx: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 60}).enable("table").disable("inline")
    return parser.disable("code") if mdx else parser


def _targets(
    lines: Lines, references: Mapping[str, Mapping[str, Any]], links: Links
) -> dict[str, tuple[int, int]]:
    """Where the target of each reference stands; (0, 0) for one that is to be left out."""
    targets = {}
    for reference in references.values():
        first, last = reference["map"]
        start, end = lines.starts[first], lines.stops[last - 1]
        found = _REFERENCE.search(lines.text, start, end)
        if found is None:
            continue
        label = lines.text[start : found.start()].partition("[")[2]
        kept = "(" not in found[1] and (
            links == "keep" or (links == "absolute" and ":" in found[1])
        )
        targets[folded_label(label)] = found.span(1) if kept else (0, 0)
    return targets


def _element(
    node: Node, lines: Lines, links: Links, targets: Mapping[str, tuple[int, int]]
) -> Heading | Block | None:
    if node.kind != "heading":
        return make_block(node, lines, links, targets)
    if node.markup in ("=", "-") and len(node.content) > _LONG_HEADING:
        node.kind = "paragraph"  # a rule below a paragraph, no heading
        return make_block(node, lines, links, targets)
    text = heading_text(node.content, targets)
    if not text:
        return None
    start, end = lines.starts[node.first], lines.stops[node.last - 1]
    return Heading(node.level, text, start, end, node.first + 1)


def heading_text(content: str, targets: Mapping[str, tuple[int, int]] | None = None) -> str:
    """A heading's words, without markup: `Use *`x`* {#use}` gives `Use x`."""
    left_out = dict.fromkeys(targets or {}, (0, 0))
    parts, at = [], 0
    for cut in inline_cuts(content, "text", left_out, tags=True):
        parts += [content[at : cut.start], cut.put]
        at = cut.end
    parts.append(content[at:])
    text = _MARKUP.sub(r"\1", "".join(parts))
    return " ".join(_unescaped(text).split())


def _unescaped(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:  # a character's number of thousands of digits
        return text
