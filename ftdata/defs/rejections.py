"""Which documents could not be read: how many of each source, why, and what to do about it.

No Dagster here. A rejected file is a quarantined drop of `documents`; drops hold no personal data,
so their files and reasons can be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ftdata.freshness import PartitionStatus
from ftdata.message_words import indent_some
from ftdata.project import Project
from ftdata.storage import StoredPartition

MAX_NAMED = 10
TOO_MANY = "rejections_are_rare"  # the check of `documents`


@dataclass(frozen=True)
class Rejected:
    """The files of one source that could not be read, over all its partitions as they are built."""

    source: str
    files: int
    partitions: int
    reasons: dict[str, int]  # the most frequent first
    named: tuple[str, ...]  # at most ten files with their reasons, the newest first
    listed_at: str  # where the drops are that list them all: a file, or a folder of them


def rejections(project: Project, statuses: Iterable[PartitionStatus]) -> tuple[Rejected, ...]:
    """Every source of which a file could not be read, by name."""
    found: dict[str, list[StoredPartition]] = {}
    for status in statuses:
        record = status.records.get("documents")
        if record is not None and record.rows_quarantined:
            found.setdefault(record.source, []).append(record)
    return tuple(_of_source(project, found[source]) for source in sorted(found))


def _of_source(project: Project, records: Sequence[StoredPartition]) -> Rejected:
    newest = sorted(records, key=lambda record: record.date, reverse=True)
    path = project.store.drops_path(newest[0])
    reasons: Counter[str] = Counter()
    named: list[str] = []
    for record in newest:
        reasons.update(record.facts["rejected"])
        if len(named) < MAX_NAMED:
            named += _named(project, record)
    return Rejected(
        source=newest[0].source,
        files=sum(record.rows_quarantined for record in newest),
        partitions=len(newest),
        reasons=dict(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
        named=tuple(named[:MAX_NAMED]),
        listed_at=str(path if len(newest) == 1 else path.parent.parent),
    )


def _named(project: Project, record: StoredPartition) -> list[str]:
    """`file: reason (detail)` of what the record's drops quarantine."""
    drops = project.store.read_drops(record.stage, record.key)
    rows = drops.filter(drops.column("quarantined")).to_pylist()
    return [f"{row['file']}: {row['reason']} ({row['detail']})" for row in rows]


def explain_failure(project: Project, status: PartitionStatus) -> str:
    """Why a partition is not current, in words to act on."""
    for record in status.records.values():
        if TOO_MANY in (record.failed_checks or ()):
            return f"{record.key}: {explain_rejected(project, record)}"
    fix = (
        ": look at the check's samples in the web UI, mend the raw files or the settings, and build"
        if status.is_blocked
        else ""
    )
    return f"{status.key}: {status.reason}{fix}"


def explain_rejected(project: Project, record: StoredPartition) -> str:
    """Which documents of a partition could not be read, why, and what can be done."""
    files, limit = len(record.files), project.settings.documents.max_rejected_share
    named = _named(project, record)
    lines = [
        f"{len(named)} of {files} documents cannot be read"
        f" ({len(named) / files:.1%}, the limit is {limit:.1%}):",
        *indent_some(named, len(named), MAX_NAMED),
        "  Mend these files or take them out, or raise documents.max_rejected_share in ftdata.yaml",
        f"  The table {project.store.drops_path(record)} lists them all",
    ]
    return "\n".join(lines)
