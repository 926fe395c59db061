"""What each stage decided on one row, in the order of the stages. No Dagster here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ftdata.defs.explain_evidence import BuiltTables, Row, VersionFacts
from ftdata.defs.explain_settings import deciding_setting
from ftdata.defs.explanation import Decision, Outcome
from ftdata.settings import Settings
from ftdata.tables import Stage

_OF = re.compile(r"of ([^\s,]+)")  # how a drop's detail names what it repeats, or its parent
_OUTCOMES: Mapping[Stage, Outcome] = {
    "documents": "read",
    "raw_logs": "read",
    "generated_examples": "made",
}
_FACTS: Mapping[Stage, Sequence[str]] = {
    "generated_examples": ("kind",),
    "cleaned": ("redactions", "flags", "language", "refusal"),
    "formatted": ("tokens", "trained_tokens"),
    "validated_splits": ("split", "stratum", "group_id"),
}


def decide(
    settings: Settings, tables: BuiltTables, facts: VersionFacts, family: Sequence[str], id_: str
) -> tuple[Decision, ...]:
    """The decisions on an example, up to the stage that dropped it or to the dataset.

    `family` is its original and that one's variants. What the version says of the example counts;
    where it does not know it, what is built now.
    """
    return tuple(_until_final(_all(settings, tables, facts, family, id_)))


def dropped(settings: Settings, source: str, drop: Row) -> Decision:
    """What a row of drops says."""
    reason, detail = drop["reason"], drop["detail"]
    named = _OF.match(detail or "")
    return Decision(
        stage=drop["stage"],
        outcome="quarantined" if drop["quarantined"] else "dropped",
        reason=reason,
        detail=detail,
        setting=deciding_setting(settings, source, reason, detail),
        refers_to=named[1] if named else None,
    )


def drops_of(tables: BuiltTables, facts: VersionFacts, id_: str) -> Sequence[Row]:
    """The drops that count for an id."""
    place = (tables.key, id_)
    if place in facts.lineage or place in facts.drops:
        return facts.drops.get(place, ())
    return tables.drops(id_)


def _until_final(decisions: Iterator[Decision]) -> Iterator[Decision]:
    for decision in decisions:
        yield decision
        if decision.is_final:
            return


def _all(
    settings: Settings, tables: BuiltTables, facts: VersionFacts, family: Sequence[str], id_: str
) -> Iterator[Decision]:
    original = family[0]
    drops = {name: drops_of(tables, facts, name) for name in dict.fromkeys((original, id_))}
    for stage in tables.chain:
        own = id_ if stage in ("augmented", "validated_splits") else original
        lost = [drop for drop in drops[own] if drop["stage"] == stage]
        if stage == "augmented":
            yield _augmented(tables, facts, family, id_, lost)
        elif lost:
            yield dropped(settings, tables.key.source, lost[0])
        else:
            yield _passed(tables, facts, stage, own, id_)
    of_dataset = [drop for drop in drops[id_] if drop["stage"] == "dataset"]
    if of_dataset:
        yield dropped(settings, tables.key.source, of_dataset[0])
    else:
        yield _dataset(tables, facts, id_)


def _passed(tables: BuiltTables, facts: VersionFacts, stage: Stage, own: str, id_: str) -> Decision:
    """A row that the stage has, or must have had."""
    row = tables.row(stage, _section_of(tables, own) if stage == "documents" else own)
    if row is None:
        return _absent(tables, facts, stage, id_)
    told: dict[str, Any] = {name: row[name] for name in _FACTS.get(stage, ()) if row[name]}
    if stage == "raw_logs":
        told = {"records": len(row["record_ids"])}
    elif stage == "documents":
        told = {"section": row["id"]}
    elif stage == "cleaned" and "redactions" in told:
        told["redactions"] = dict(told["redactions"])
    return Decision(stage, _OUTCOMES.get(stage, "kept"), facts=told | _failed(tables, stage))


def _augmented(
    tables: BuiltTables,
    facts: VersionFacts,
    family: Sequence[str],
    id_: str,
    lost: Sequence[Row],
) -> Decision:
    """Where a variant is derived; of an original how many are, and why others are not."""
    row = tables.row("augmented", id_)
    if row is None:
        return _absent(tables, facts, "augmented", id_)
    if row["parent_id"] is not None:
        told = {"provenance": row["provenance"]}
        return Decision("augmented", "derived", refers_to=row["parent_id"], facts=told)
    not_made = [f"{drop['reason']} ({drop['detail']})" for drop in lost]
    told = {"variants": len(family) - 1, **({"not made": not_made} if not_made else {})}
    return Decision("augmented", "kept", facts=told | _failed(tables, "augmented"))


def _absent(tables: BuiltTables, facts: VersionFacts, stage: Stage, id_: str) -> Decision:
    """A stage whose table, as it is now, has not got the row."""
    place = (tables.key, id_)
    if place in facts.lineage or place in facts.drops:
        told = "so the version says; the stage was built again since"
        return Decision(stage, _OUTCOMES.get(stage, "kept"), detail=told)
    if tables.record(stage) is None:
        return Decision(stage, "unknown", detail="not built yet: run `ftdata build`")
    return Decision(stage, "unknown", detail="not in what is built now: run `ftdata build`")


def _dataset(tables: BuiltTables, facts: VersionFacts, id_: str) -> Decision:
    release, rows = facts.release, facts.lineage.get((tables.key, id_))
    if release is None:
        return Decision("dataset", "unknown", detail="none is built yet: run `ftdata build`")
    if rows:
        told = {name: rows[0][name] for name in ("split", "file_row", "group_id")}
        return Decision("dataset", "in", facts={"version": release.version, **told})
    sentences = release.manifest["content"]["left_out"]
    why = [text for text in sentences if text.startswith(f"{tables.key}: ")]
    told_why = f" ({why[0]})" if why else ""
    return Decision(
        "dataset",
        "unknown",
        detail=f"not in version {release.version}{told_why}: run `ftdata build`",
    )


def _section_of(tables: BuiltTables, id_: str) -> str:
    """Id of the section that an example was made of, with which its own begins."""
    row = tables.row("generated_examples", id_)
    return str(row["conversation_id"]) if row else id_.rpartition("-")[0]


def _failed(tables: BuiltTables, stage: Stage) -> dict[str, Any]:
    """The checks that failed on the stage and hold up those after it."""
    record = tables.record(stage)
    failed = record.failed_checks if record else None
    return {"failed checks": list(failed)} if failed else {}
