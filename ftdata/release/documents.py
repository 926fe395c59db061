"""What the report tells of documents: the mix made of them, what teaches nothing, what is old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ftdata.release.markdown import share, table
from ftdata.release.tally import most_first
from ftdata.tables import NO_EXAMPLE

_MAX_NAMED = 40  # documents


def documents_sections(
    content: Mapping[str, Any], kinds: Mapping[str, int], samples: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Headings and texts in turn; nothing where there are no documents.

    `content` is that of the manifest, `kinds` the examples made of each kind, `samples` as in
    `report`.
    """
    parts: list[str] = []
    if kinds:
        parts += ["## Instructions made from documents", shares_table("kind", kinds)]
    if "documents" in content["stages"]["totals"]:
        parts += ["## Sections that teach nothing", _without_example(content, samples)]
        parts += ["## Kept from earlier snapshots", _earlier(content["earlier_documents"])]
    return parts


def shares_table(name: str, counts: Mapping[str, int]) -> str:
    """Examples by a value of theirs, with their share of all that have one."""
    total = sum(counts.values())
    rows = [(value, count, share(count, total)) for value, count in most_first(counts)]
    return table((name, "examples", "share"), rows)


def where(drop: Mapping[str, Any]) -> str:
    """`file:line` of a dropped row, or as much of it as is known."""
    if not drop["file"]:
        return ""
    return str(drop["file"]) if drop["line"] is None else f"{drop['file']}:{drop['line']}"


def _without_example(content: Mapping[str, Any], samples: Sequence[Mapping[str, Any]]) -> str:
    totals = content["stages"]["totals"]
    count = totals.get("generated_examples", {"reasons": {}})["reasons"].get(NO_EXAMPLE, 0)
    if not count:
        return "Every section has an example."
    sections = totals["documents"]["rows_out"]
    shown = [(where(drop), drop["detail"]) for drop in samples if drop["reason"] == NO_EXAMPLE]
    more = f" The first {len(shown):,} of them:" if count > len(shown) else ""
    return (
        f"{count:,} of {sections:,} sections ({share(count, sections)}) have no example: no kind of"
        f" instruction fits them, or all that was asked of them was dropped.{more}\n\n"
        + table(("where", "section"), shown)
    )


def _earlier(documents: Sequence[Mapping[str, Any]]) -> str:
    """Those of `earlier_documents` in the manifest, and how to be rid of them."""
    if not documents:
        return "Every document with examples here is in the newest snapshot of its source."
    rows = [
        (
            document["file"],
            "could not be read" if document["is_rejected"] else "missing",
            document["newest"],
            document["examples"],
        )
        for document in documents[:_MAX_NAMED]
    ]
    more = "\n\nAll of them are in `manifest.json`, under `earlier_documents`."
    count, examples = len(documents), sum(document["examples"] for document in documents)
    return (
        f"Kept from earlier snapshots: {count:,} document{'s' * (count != 1)}, not in the newest,"
        f" with {examples:,} example{'s' * (examples != 1)}. To take one out, remove its file from"
        " the earlier snapshots, too.\n\n"
        + table(("document", "in the newest", "newest", "examples"), rows)
        + (more if count > _MAX_NAMED else "")
    )
