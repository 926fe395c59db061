"""Words that messages share: where raw files go, and lists that are cut short."""

from __future__ import annotations

from collections.abc import Sequence

from ftdata.keys import SourceKind

# Below the data folder.
LAYOUT = "put records at raw/<source>/<date>.jsonl, or documents into raw/<source>/<date>/"


def place_of(kind: SourceKind | None, source: str, date: str) -> str:
    """What to put where for a source of that kind, below the data folder; None: not known yet."""
    records = f"records at raw/{source}/{date}.jsonl"
    documents = f"documents into raw/{source}/{date}/"
    if kind is None:
        return f"{records}, or {documents}"
    if kind == "synthetic":
        return f"task.md into raw/{source}/{date}/"
    return documents if kind == "documents" else records


def indent_some(lines: Sequence[str], total: int, most: int = 10) -> list[str]:
    """The first `most` lines, each indented; then how many more of the `total` there are."""
    shown = [f"  {line}" for line in lines[:most]]
    rest = total - len(shown)
    return [*shown, f"  and {rest:,} more"] if rest else shown
