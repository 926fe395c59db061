"""What is known of some rows: in the dataset version, and in the tables of their partition.

No Dagster here. Of each table only the columns that are told are read, each table once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ftdata.defs.explain_files import chain_at, shown_files
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.release.files import DROPS, EXAMPLES
from ftdata.release.lineage import LINEAGE
from ftdata.release.look_up import find_rows
from ftdata.release.read import LoadedRelease
from ftdata.storage import StoredPartition
from ftdata.tables import CHAINS, PRIVATE_STAGES, Stage

Row = Mapping[str, Any]
_Placed = tuple[PartitionKey, str]  # with an id
_PLACE = ("id", "conversation_id", "record_ids", "origins")
_TOLD: dict[Stage, tuple[str, ...]] = {
    "documents": ("id", "file", "line"),
    "generated_examples": (*_PLACE, "kind"),
    "raw_logs": _PLACE,
    "cleaned": (*_PLACE, "redactions", "flags", "language", "refusal"),
    "formatted": ("id", "tokens", "trained_tokens"),
    "augmented": ("id", "parent_id", "provenance"),
    "validated_splits": ("id", "split", "stratum", "group_id"),
}


class BuiltTables:
    """The tables of one partition as they are built now."""

    def __init__(self, project: Project, key: PartitionKey) -> None:
        """Nothing is read before it is asked for."""
        self.key = key
        # Of a partition that is gone, only a version can tell: of stages that all chains share.
        self.chain = chain_at(project.store, key) or CHAINS["synthetic"][1:]
        self._project = project
        self._tables: dict[Stage, pa.Table] = {}
        self._drops: dict[Stage, pa.Table] = {}
        self._names: dict[str, str] | None = None

    def record(self, stage: Stage) -> StoredPartition | None:
        """How the stage was built."""
        return self._project.store.read_record(stage, self.key)

    def row(self, stage: Stage, id_: str) -> Row | None:
        """What the stage's table says of a row; None where the stage or the row is not there."""
        if stage not in self.chain or self.record(stage) is None:
            return None
        table = self._table(stage)
        at = pc.index(table.column("id"), id_).as_py()
        return _first(table.slice(at, 1)) if at >= 0 else None

    def family(self, id_: str) -> list[str]:
        """The original of an example and all its variants, that one first."""
        made = self.row("augmented", id_)
        original = (made and made["parent_id"]) or id_
        return [original, *(row["id"] for row in self._variants(original))]

    def provenance(self, id_: str) -> str:
        """The augmenter that made a variant, and its generator."""
        row = self.row("augmented", id_)
        return str(row["provenance"]) if row else "unknown"

    def drops(self, id_: str) -> list[Row]:
        """The drops of an id at any stage, in the order of the stages."""
        found: list[Row] = []
        for stage in self.chain:
            if stage not in self._drops and self.record(stage) is not None:
                self._drops[stage] = self._project.store.read_drops(stage, self.key)
            if stage in self._drops:
                found += _where(self._drops[stage], "record_id", id_)
        return found

    def shown_file(self, file: str) -> str:
        """What stands for a raw file."""
        if self._names is None:
            self._names = shown_files(self._project, self.key)
        return self._names.get(file, file)

    def messages(self, id_: str) -> list[dict[str, Any]]:
        """The messages of a row in the last of the redacted tables that has it; else none."""
        for stage in reversed(self.chain):
            if stage not in PRIVATE_STAGES and self.row(stage, id_) is not None:
                table = self._project.store.read_table(stage, self.key, ["id", "messages"])
                said: list[dict[str, Any]] = _where(table, "id", id_)[0]["messages"]
                return said
        return []

    def _variants(self, original: str) -> list[Row]:
        if "augmented" not in self.chain or self.record("augmented") is None:
            return []
        return _where(self._table("augmented"), "parent_id", original)

    def _table(self, stage: Stage) -> pa.Table:
        if stage not in self._tables:
            table = self._project.store.read_table(stage, self.key, _TOLD[stage])
            self._tables[stage] = table
        return self._tables[stage]


def _where(table: pa.Table, name: str, value: str) -> list[Row]:
    rows: list[Row] = table.filter(pc.equal(table.column(name), value)).to_pylist()
    return rows


def _first(table: pa.Table) -> Row:
    row: Row = table.to_pylist()[0]
    return row


@dataclass(frozen=True)
class VersionFacts:
    """What a dataset version says of some ids, each in its partition."""

    release: LoadedRelease | None
    lineage: Mapping[_Placed, Sequence[Row]] = field(default_factory=dict)
    drops: Mapping[_Placed, Sequence[Row]] = field(default_factory=dict)

    def messages(self, key: PartitionKey, id_: str) -> list[dict[str, Any]]:
        """The messages of an example of the version; none where it has none of that id."""
        if self.release is None or (key, id_) not in self.lineage:
            return []
        found = _placed(find_rows(self.release.folder / EXAMPLES, {"id": [id_]}).to_pylist(), "id")
        said: list[dict[str, Any]] = found[key, id_][0]["messages"]
        return said


def version_facts(release: LoadedRelease | None, ids: Iterable[str]) -> VersionFacts:
    """Ask the version's tables for all of these ids at once."""
    wanted = list(dict.fromkeys(ids))
    if release is None or not wanted:
        return VersionFacts(release)
    lineage = find_rows(release.folder / LINEAGE, {"example_id": wanted}).to_pylist()
    drops = find_rows(release.folder / DROPS, {"record_id": wanted}).to_pylist()
    return VersionFacts(release, _placed(lineage, "example_id"), _placed(drops, "record_id"))


def _placed(rows: Iterable[Row], name: str) -> dict[_Placed, list[Row]]:
    placed: dict[_Placed, list[Row]] = defaultdict(list)
    for row in rows:
        placed[PartitionKey(date=row["date"], source=row["source"]), row[name]].append(row)
    return dict(placed)
