"""What pages say about themselves: "Edit this page", "Last updated on …", lists of links.

It is told by its words alone, within one document: what stands on the other pages decides nothing,
so that a document's sections do not change with its neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice

from ftdata.documents.drafts import Draft
from ftdata.sections import Block

_MAX_FURNITURE = 160  # characters: a longer paragraph says something
_FURNITURE = re.compile(
    r"[*_\[(#> ]{0,8}(?:"
    r"(?:edit|view|improve|suggest edits? to|report an? (?:issue|problem) with) (?:this|the) "
    r"(?:page|document|section|article)\b"
    r"|(?:edit|view|open|find) (?:it |this )?(?:source )?on (?:github|gitlab|bitbucket)\b"
    r"|(?:page |this page (?:was )?|document )?last (?:updated|modified|reviewed|edited|changed)\b"
    r"(?: on| by| at|:|\s*\d)"
    r"|(?:page|document) last (?:updated|reviewed|modified)\b"
    r"|(?:was|is) this (?:page|article|document|answer) helpful\b"
    r"|(?:did you find )?this (?:page|article) (?:was )?(?:useful|helpful)\b"
    r"|(?:back|return|go) to (?:the )?(?:top|table of contents)\W{0,4}$"
    r"|skip to (?:the )?(?:main )?content\b"
    r"|(?:copyright\s|©|\(c\) ?(?:19|20)\d\d)"
    r"|all rights reserved\b"
    r"|(?:previous|next)(?: page| article| topic)? ?[:«»→←|]"
    r"|[«»→←] ?(?:previous|next)\b"
    r"|share this (?:page|article)\b|print this page\b"
    r"|\[?toc\]?\W{0,4}$"
    r"|diese seite bearbeiten|zuletzt (?:aktualisiert|geändert)|nach oben\W{0,4}$"
    r"|modifier cette page|dernière (?:mise à jour|modification)|haut de page\W{0,4}$"
    r"|editar esta página|última (?:actualización|modificación)|volver arriba\W{0,4}$"
    r")",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(?:table of )?contents|on this page|in this (?:page|article|section|guide)"
    r"|inhalt(?:sverzeichnis)?|sommaire|table des matières|contenidos?|índice",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"!?\[[^\[\]\n]{0,300}\](?:\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,200}\])"
    r"|:(?:ref|doc):`[^`\n]{0,300}`|`[^`\n]{0,300}`__?"
    r"|<?https?://[^\s<>]{1,1000}>?"
)
_LINK_MARKS = ("](", "][", "`", "://")  # one is in every text that the pattern matches
_WORD = re.compile(r"\w{2,}")
_MOST_WORDS = 2  # of an item beside its links


def is_furniture(block: Block) -> bool:
    """Whether a block is about the page and not about its subject."""
    if block.kind not in ("paragraph", "list") or len(block.text) > _MAX_FURNITURE:
        return False
    return _FURNITURE.match(block.text) is not None


def is_navigation(draft: Draft, text: str) -> bool:
    """Whether a section of the document `text` only leads elsewhere: links, or its contents."""
    blocks = draft.blocks
    if draft.path and _CONTENTS.fullmatch(draft.path[-1].strip(" :")):
        return all(block.kind in ("list", "steps") for block in blocks)
    return all(_is_links(block, text) for block in blocks)


def _is_links(block: Block, text: str) -> bool:
    """Whether next to nothing stands beside the links of each item."""
    if block.kind not in ("paragraph", "list"):
        return False
    places = [span.at for span in block.spans]
    pieces = block.items or ((0, len(block.text)),)
    return all(_leads_on(_source(block, places, text, *piece)) for piece in pieces)


def _leads_on(source: str) -> bool:
    if not any(mark in source for mark in _LINK_MARKS):
        return False  # most pieces: quicker than the pattern
    rest, links = _LINK.subn(" ", source)
    return links > 0 and len(list(islice(_WORD.finditer(rest), _MOST_WORDS + 1))) <= _MOST_WORDS


def _source(block: Block, places: Sequence[int], text: str, first: int, last: int) -> str:
    """What a part of a block is in the document, the links' markup included.

    `places` are where the block's spans stand in its text.
    """
    own = block.spans[max(bisect_right(places, first) - 1, 0) : bisect_left(places, last)]
    bounds = [
        (span.start + max(first - span.at, 0), min(span.end, span.start + last - span.at))
        for span in own
        if span.at + span.end - span.start > first
    ]
    if not bounds:
        return ""
    start, end = min(bounds)[0], max(stop for _, stop in bounds)
    line_end = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : line_end if line_end >= 0 else len(text)]
