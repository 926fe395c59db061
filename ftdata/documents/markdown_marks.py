"""Marks around Markdown that its block rules do not know: admonitions, tabs, imports, components.

They are taken out of the lines before those are parsed, so that what they enclose is Markdown like
the rest; where an admonition stood is kept as a region of lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from ftdata.documents.markdown_lines import Lines
from ftdata.documents.markdown_tree import Node


@dataclass(frozen=True)
class Region:
    """Lines of an admonition, from 0, both marks included."""

    first: int
    last: int
    label: str


def take_marks(lines: Lines, *, mdx: bool) -> list[Region]:
    return []


def group_regions(nodes: list[Node], regions: list[Region]) -> list[Node]:
    return nodes
