"""What erasures left out of a version, as numbers: for its manifest and its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ftdata.erasures import INPUT, KINDS
from ftdata.storage import StoredPartition


def erased_counts(records: Sequence[StoredPartition]) -> dict[str, dict[str, int]]:
    """By kind the tombstones that matched anything, and the records that they matched.

    A document counts as a record. `{"user": {"tombstones": 1, "records": 12}}`; a kind that left
    nothing out is not there.
    """
    matched = [item for record in records for item in record.facts.get(INPUT, {}).items()]
    of_kind = {kind: [m for m in matched if m[0].startswith(f"{kind}-")] for kind in KINDS}
    return {
        kind: {
            "tombstones": len({name for name, _ in found}),
            "records": sum(count for _, count in found),
        }
        for kind, found in of_kind.items()
        if found
    }


def erased_inputs(records: Sequence[StoredPartition]) -> dict[str, str]:
    """By partition the hash of the tombstones that it was built with, of those that concern it."""
    return {str(record.key): record.inputs[INPUT] for record in records if INPUT in record.inputs}


def erased_note(erasures: Mapping[str, Mapping[str, Any]]) -> str:
    """A sentence for the card; empty where nothing was erased."""
    if not erasures:
        return ""
    records = sum(counts["records"] for counts in erasures.values())
    asked = [
        f"{counts['tombstones']:,} {kind}{'' if counts['tombstones'] == 1 else 's'}"
        for kind, counts in erasures.items()
    ]
    noun = "record was" if records == 1 else "records were"
    return (
        f"\n\n{records:,} {noun} left out because somebody asked for it: by the erasure of"
        f" {', '.join(asked)}. Nothing here was made of them."
    )
