"""Cuts long sections at their structure: never in a step, a table, code, or what they lead in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ftdata.documents.drafts import Draft, size_of, with_blocks
from ftdata.sections import Block

_FIRST_NUMBERS = frozenset({"", "0", "1"})


def cut_draft(draft: Draft, max_chars: int) -> list[Draft]:
    """The draft in parts of at most `max_chars`, where its structure allows; each has its path.

    Parts are filled evenly. What belongs together stays so even where it is longer.
    """
    size = size_of(draft.blocks)
    if size <= max_chars:
        return [draft]
    wanted = size / -(-size // max_chars)  # even parts, that no short rest is left
    parts: list[list[Block]] = []
    full = max_chars
    for unit in _units(draft.blocks):
        longer = full + 2 + size_of(unit)
        if longer > max_chars or (full >= wanted / 2 and longer > 1.25 * wanted):
            parts.append([])
            longer = size_of(unit)
        parts[-1] += unit
        full = longer
    first, *rest = [with_blocks(draft, part) for part in parts]
    return [replace(first, start=draft.start, line=draft.line), *rest]


def _units(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks that stay together.

    A paragraph that ends in a colon or is a heading stays with what follows, an admonition with
    what it is about, and a list of steps that goes on counting with its beginning.
    """
    units: list[list[Block]] = []
    for block in blocks:
        if units and _belongs(units[-1][-1], block):
            units[-1].append(block)
        else:
            units.append([block])
        if block.kind == "steps" and block.label not in _FIRST_NUMBERS:
            _join_to_beginning(units)
    return units


def _belongs(before: Block, block: Block) -> bool:
    return block.kind == "admonition" or _leads_in(before)


def _leads_in(block: Block) -> bool:
    text = block.text.rstrip(" *_`")
    return block.kind == "paragraph" and (text.endswith((":", "：")) or text.startswith("#"))


def _join_to_beginning(units: list[list[Block]]) -> None:
    """The last unit goes on counting: join it to all from the one where the count stands."""
    for index in range(len(units) - 2, -1, -1):
        if any(block.kind == "steps" for block in units[index]):
            units[index] += [block for unit in units[index + 1 :] for block in unit]
            del units[index + 1 :]
            return
