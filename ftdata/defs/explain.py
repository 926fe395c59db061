"""From a name to the fate and the ancestry of what it names: the steps of `ftdata explain`.

No Dagster here. The version tells what it holds and what it dropped; the partitions' tables as they
are built now fill in what the stages made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ftdata.cleaning.pii.preview import redact_preview
from ftdata.defs.explain_decisions import decide, dropped, drops_of
from ftdata.defs.explain_evidence import BuiltTables, Row, VersionFacts, version_facts
from ftdata.defs.explain_files import origin_of
from ftdata.defs.explain_find import Place, find_places
from ftdata.defs.explanation import (
    Decision,
    DerivedVariant,
    Erased,
    Explained,
    MadeFrom,
    Origin,
    Trace,
    in_dataset,
)
from ftdata.erasures import digest_of, read_erasures
from ftdata.errors import UsageError
from ftdata.project import Project
from ftdata.release.lineage import LINEAGE
from ftdata.release.look_up import find_rows
from ftdata.release.read import find_whole_version, read_latest
from ftdata.tables import NO_EXAMPLE, Stage

EXCERPT_CHARS = 160
EXCERPT_MESSAGES = 6
_MADE_FROM: dict[Stage, MadeFrom] = {
    "raw_logs": "record",
    "documents": "section",
    "generated_examples": "task",
}


@dataclass(frozen=True)
class _Case:
    """What one trace is made of."""

    project: Project
    tables: BuiltTables
    facts: VersionFacts
    asked: str


def explain(project: Project, asked: str, version: str | None = None) -> Explained:
    """All that answers to `asked`, as `find_places` takes it, in the newest version or another.

    Raises UsageError for what can be no name, for a version that is not there and as `find_places`
    does, StorageError for tables that cannot be read.
    """
    _refuse_no_text(asked)
    data = project.store.data
    release = find_whole_version(data, version) if version else read_latest(data)
    found = find_places(project, release, asked)
    tables = {place.key: BuiltTables(project, place.key) for place in found.places}
    ids = [name for p in found.places if p.id for name in tables[p.key].family(p.id)]
    facts = version_facts(release, ids)
    cases = {key: _Case(project, own, facts, asked) for key, own in tables.items()}
    return Explained(
        asked=asked,
        version=release.version if release else None,
        traces=tuple(_trace(cases[place.key], place) for place in found.places),
        erased=tuple(_erased(project, asked)),
        searched=found.searched,
    )


def _refuse_no_text(asked: str) -> None:
    """Bytes of a command line that are no UTF-8 come as surrogates: no id holds any."""
    try:
        asked.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{asked!a}: no text in UTF-8, so no id: copy it as it stands") from error
    if not asked.strip():
        raise UsageError("the ID is empty: give an id, a file with its line, or a row: train:17")


def _trace(case: _Case, place: Place) -> Trace:
    if place.id is None:
        return _trace_drop(case, place.drop or {})
    family, key = case.tables.family(place.id), place.key
    decisions = decide(case.project.settings, case.tables, case.facts, family, place.id)
    origins, conversation = _origins(case, place.id, family[0])
    return Trace(
        key=key,
        id=place.id,
        conversation_id=conversation,
        made_from=_made_from(case, place.id),
        origins=origins,
        parents=_parents(case, place.id, family[0]),
        decisions=tuple(_with_origins(case, decision) for decision in decisions),
        variants=tuple(_variants(case, family)) if place.id == family[0] else (),
        excerpt=tuple(_excerpt(case, place.id, family[0])),
    )


def _trace_drop(case: _Case, drop: Row) -> Trace:
    """A line, a section or a file of which no row was made; drops hold nothing personal."""
    is_record, is_section = drop["stage"] == "raw_logs", drop["reason"] == NO_EXAMPLE
    name = drop["record_id"]
    return Trace(
        key=case.tables.key,
        id=None if is_record or is_section else name,
        conversation_id=name if is_section else None,
        made_from="record" if is_record else "section",
        origins=(origin_of(drop["file"], drop["line"], name if is_record else None),),
        parents=(),
        decisions=(dropped(case.project.settings, case.tables.key.source, drop),),
    )


def _made_from(case: _Case, id_: str) -> MadeFrom:
    rows = case.facts.lineage.get((case.tables.key, id_))
    if rows:
        told: MadeFrom = rows[0]["made_from"]
        return told
    return _MADE_FROM.get(case.tables.chain[0], "record")


def _origins(case: _Case, id_: str, original: str) -> tuple[tuple[Origin, ...], str | None]:
    """Where the raw records stand, and the conversation's id, redacted if the log was not."""
    rows = case.facts.lineage.get((case.tables.key, id_))
    if rows:
        told = tuple(origin_of(row["file"], row["line"], row["record_id"]) for row in rows)
        return told, rows[0]["conversation_id"]
    cleaned = case.tables.row("cleaned", original)
    if cleaned is not None:
        return tuple(_of_row(cleaned)), cleaned["conversation_id"]
    return _before_redaction(case, original)


def _of_row(row: Row) -> Iterator[Origin]:
    for record_id, origin in zip(row["record_ids"], row["origins"], strict=True):
        file, _, line = origin.rpartition(":")
        yield origin_of(file, int(line), record_id)


def _before_redaction(case: _Case, original: str) -> tuple[tuple[Origin, ...], str | None]:
    """Where the records of a row stand that never was redacted: no id but that which was asked."""
    tables = case.tables
    row = tables.row("raw_logs", original) or tables.row("generated_examples", original)
    if row is None:
        return (), None
    origins = [
        origin_of(
            case.tables.shown_file(own.file or ""),
            own.line,
            own.record_id if own.record_id == case.asked else None,
        )
        for own in _of_row(row)
    ]
    told = row["conversation_id"] if row["conversation_id"] == case.asked else None
    return tuple(origins), told


def _parents(case: _Case, id_: str, original: str) -> tuple[str, ...]:
    rows = case.facts.lineage.get((case.tables.key, id_))
    if rows:
        return tuple(rows[0]["parent_ids"])
    return (original,) if id_ != original else ()


def _variants(case: _Case, family: Sequence[str]) -> Iterator[DerivedVariant]:
    for name in family[1:]:
        rows = case.facts.lineage.get((case.tables.key, name))
        drops = drops_of(case.tables, case.facts, name)
        fate = "not in the dataset"
        if rows:
            fate = in_dataset(rows[0]["split"], rows[0]["file_row"])
        elif drops:
            fate = f"dropped by {drops[0]['stage']}: {drops[0]['reason']}"
        yield DerivedVariant(name, case.tables.provenance(name), fate)


def _with_origins(case: _Case, decision: Decision) -> Decision:
    """The decision with the place of what it refers to, in its partition or in the version."""
    name, release = decision.refers_to, case.facts.release
    if name is None or decision.outcome == "derived":
        return decision
    row = case.tables.row("cleaned", name)
    if row is not None:
        return replace(decision, refers_to_origins=tuple(_of_row(row)))
    if release is None:
        return decision
    found = find_rows(release.folder / LINEAGE, {"example_id": [name]}).to_pylist()
    places = tuple(origin_of(own["file"], own["line"], own["record_id"]) for own in found)
    return replace(decision, refers_to_origins=places)


def _excerpt(case: _Case, id_: str, original: str) -> Iterator[tuple[str, str]]:
    """The beginnings of some messages, redacted before and once more by the default rules."""
    tables = case.tables
    said = tables.messages(id_) or case.facts.messages(tables.key, id_) or tables.messages(original)
    for message in said[:EXCERPT_MESSAGES]:
        if message["content"]:
            text = " ".join(message["content"].split())
            yield message["role"], redact_preview(text, EXCERPT_CHARS)


def _erased(project: Project, asked: str) -> Iterator[Erased]:
    """The tombstones that stand for the name, in any source."""
    erasures = read_erasures(project.store.data)
    example = digest_of(erasures.salt, "example", asked)
    for one in erasures.tombstones:
        if one.digest == digest_of(erasures.salt, one.kind, asked, one.source or ""):
            yield Erased(one.kind, one.date, one.name)
        elif example in one.examples:
            yield Erased("example", one.date, one.name)
