"""Sections written by hand: Markdown pieces, each a block whose one span is all of it."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa

from ftdata.generation.draw import Draw
from ftdata.generation.view import View
from ftdata.sections import Block, Section, Span
from ftdata.tables import DOCUMENTS
from ftdata_tests.generation.grounded import grounding_fault

ITEM = re.compile(r"^(?:[-*]|\d+\.) .*(?:\n  .*)*", re.MULTILINE)
SCHEMA = pa.schema([pa.field(column.name, column.type) for column in DOCUMENTS])


def block_of(text: str, start: int) -> Block:
    span = (Span(start, start + len(text), 0),)
    if text.startswith("```"):
        return Block("code", text, span, 1, label=text[3 : text.index("\n")])
    if text.startswith("|"):
        head = len("\n".join(text.split("\n")[:2])) + 1
        rows = tuple(m.span() for m in re.compile(r"^.+$", re.MULTILINE).finditer(text, head))
        return Block("table", text, span, 1, rows)
    if text[:2] in {"- ", "1."}:
        items = tuple(found.span() for found in ITEM.finditer(text))
        return Block("steps" if text[0] == "1" else "list", text, span, 1, items)
    if text.startswith("**") and ":** " in text:
        return Block("definition", text, span, 1, label=text[2 : text.index(":**")])
    return Block("paragraph", text, span, 1)


def document_of(*pieces: str) -> str:
    return "\n\n".join(pieces)


def section_of_pieces(
    path: tuple[str, ...],
    *pieces: str,
    title: str = "Widget",
    language: str | None = "en",
    name: str = "s1",
) -> Section:
    blocks, at = [], 0
    for piece in pieces:
        blocks.append(block_of(piece, at))
        at += len(piece) + 2
    return Section(name, "guide.md", title, language, path, 0, 0, at, 7, tuple(blocks))


def drafts_of(kind, path, *pieces, seed=0, **known):
    """The drafts of a kind, each proved to stand in the document."""
    section = section_of_pieces(path, *pieces, **known)
    drafts = list(kind(View(section), Draw(f"seed {seed}")))
    for draft in drafts:
        assert grounding_fault(draft.answer, draft.spans, document_of(*pieces)) is None
    return drafts


def prompts_of(kind, path, *pieces, **known):
    """The prompts that a kind asks over many draws."""
    return {
        draft.prompt
        for seed in range(60)
        for draft in drafts_of(kind, path, *pieces, seed=seed, **known)
    }


def asked_of(kind, path, *pieces, **known):
    """Those prompts as one text: what is asked stands somewhere in it, with context or without."""
    return "\n".join(sorted(prompts_of(kind, path, *pieces, **known)))


def section_row(section: Section) -> dict[str, Any]:
    """A section's own columns of the table `documents`."""
    return {
        "id": section.id,
        "document": section.document,
        "title": section.title,
        "language": section.language,
        "heading_path": list(section.heading_path),
        "order": section.order,
        "start": section.start,
        "end": section.end,
        "line": section.line,
        "blocks": [
            {
                "kind": block.kind,
                "text": block.text,
                "spans": [span._asdict() for span in block.spans],
                "line": block.line,
                "items": [{"start": start, "end": end} for start, end in block.items],
                "label": block.label,
            }
            for block in section.blocks
        ],
    }


def documents_table(sections, file="raw/docs/2026-01-01/", date="2026-01-01", sha256="aa"):
    rows = [
        {
            **section_row(section),
            "source": "docs",
            "date": date,
            "position": number,
            "file": f"{file}{section.document}",
            "sha256": sha256,
        }
        for number, section in enumerate(sections)
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)
