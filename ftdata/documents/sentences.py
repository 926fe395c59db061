"""Sentences and asides of blocks, and blocks without them."""

from __future__ import annotations

import re
from dataclasses import replace

from ftdata.sections import Block, cut, join_parts

_TEXT_KINDS = ("paragraph", "list", "steps", "quote", "admonition")
_BOUNDARY = re.compile(
    r"(?<![eE]\.g)(?<![iI]\.e)(?<!\bcf)(?<!\bvs)[.!?][\"')\]*_”»]{0,4}(?=\s{1,40}[^\sa-zà-ÿ])\s{1,40}"
    r"|\n[ \t]{0,40}\n[ \t]{0,40}"
    r"|(?:^|\n)[ \t>]{0,40}(?:\d{1,9}[.)]|[-*+])[ \t]{1,40}",
)
_ASIDE = 120  # characters that parentheses around a phrase may hold
_GAP = 40  # characters of white space between words, where lines end


def phrase_range(block: Block, start: int, end: int, *, is_remark: bool) -> tuple[int, int] | None:
    """What to take out of a block with a phrase for the sentence to remain whole; None if nothing.

    Parentheses around the phrase, or a remark between commas ("as mentioned above,"), which begins
    no sentence.
    """
    text = block.text
    before = text.rfind("(", max(start - _ASIDE, 0), start)
    after = text.find(")", end, end + _ASIDE)
    is_link = before > 0 and text[before - 1] == "]"
    if before >= 0 and after >= 0 and not is_link and "\n\n" not in text[before:after]:
        inside = text[before + 1 : start] + text[end:after]
        if "(" not in inside and ")" not in inside:
            first = before - 1 if before and text[before - 1] == " " else before
            return first, after + 1
    comma = text.rfind(",", max(start - _GAP, 0), start)
    if is_remark and comma >= 0 and not text[comma + 1 : start].strip():
        return comma, end + text.startswith(",", end)
    return None


def sentence_range(block: Block, start: int, end: int) -> tuple[int, int] | None:
    """The sentence of a block in which a phrase stands, with the white space behind it.

    None where it is all of an item, or the block is no text in sentences.
    """
    if block.kind not in _TEXT_KINDS:
        return None
    first, last = 0, len(block.text)
    for boundary in _BOUNDARY.finditer(block.text):
        if boundary.end() <= start:
            first = boundary.end()
        elif boundary.start() >= end - 1:
            is_stop = block.text[boundary.start()] in ".!?"
            last = boundary.end() if is_stop else boundary.start()
            break
    for item_start, item_end in block.items:
        if item_start <= start < item_end:
            head = block.text[item_start:first].strip(" \t\n-*+.)0123456789")
            if not head and not block.text[last:item_end].strip():
                return None
            last = min(last, item_end)
    return first, last


def without(block: Block, start: int, end: int) -> Block | None:
    """A block without a range of its text; None where nothing is left."""
    text, spans = join_parts(
        [
            cut(block.text, block.spans, 0, start),
            cut(block.text, block.spans, end, len(block.text)),
        ],
        "",
    )
    if not any(character.isalnum() for character in text):
        return None

    def moved(place: int) -> int:
        return place if place <= start else max(start, place - (end - start))

    items = tuple((moved(first), moved(last)) for first, last in block.items)
    trimmed, kept = cut(text, spans, 0, len(text.rstrip()))
    items = tuple((first, min(last, len(trimmed))) for first, last in items)
    return replace(block, text=trimmed, spans=kept, items=items)
