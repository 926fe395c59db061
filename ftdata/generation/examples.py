"""The table `generated_examples` of a partition: made from its sections, by rules or a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.generation.drafts import Draft
from ftdata.generation.draw import Draw
from ftdata.generation.mix import candidates, over_share
from ftdata.generation.outside import outside_drafts
from ftdata.generation.quality import Fault, fault_of
from ftdata.generation.reuse import SHARE_REASON, Known, reuse
from ftdata.generation.rows import Made, Place, made_table
from ftdata.generation.sections_table import sections_of_table
from ftdata.generation.taxonomy import category_of
from ftdata.generation.written import Candidate, Writer, write_examples
from ftdata.sections import Section
from ftdata.settings_documents import Generation
from ftdata.tables import NO_EXAMPLE, StageResult, drops_table
from ftdata.text import WORD, fold, hash64

STAGE = "generated_examples"
_HELD = 128  # examples that are objects at a time


def generate_examples(
    documents: pa.Table,
    options: Generation,
    known: Known | None = None,
    writer: Writer | None = None,
) -> StageResult:
    """The examples of a partition's sections, and a drop for each candidate that is none.

    One more drop, `no_example`, names each section that nothing is made of by its headings: so
    `rows_in` counts candidates and such sections.

    `documents` has the columns of DOCUMENTS, in its order. A document whose file is byte for byte
    that of `known` is taken over from there; the result is the same as without `known`. A row's id
    begins with that of its section. Rows come in the order of their sections. With a `writer` its
    model writes them, and ProviderError or StorageError are raised where it fails.
    """
    reused = reuse(documents, known)
    drops = list(reused.drops)
    found = _all_candidates(documents, reused.documents, options)
    if writer is not None:
        found = write_examples(found, writer, options)
    table = pa.concat_tables([reused.table, *_made_tables(found, options, drops)])
    table, capped = _capped(_in_order(table, documents), options.max_kind_share)
    drops += capped
    without = _without_example(table, documents, drops)
    drops = _ordered([*drops, *without], documents)
    return StageResult(
        table=table,
        drops=drops_table(drops),
        rows_in=table.num_rows + len(drops),
        rows_out=table.num_rows,
        facts=_facts(table, len(without), len(reused.documents)),
    )


def _made_tables(
    found: Iterator[Candidate], options: Generation, drops: list[dict[str, Any]]
) -> Iterator[pa.Table]:
    """The good candidates as rows, some at a time; of the others a drop each joins `drops`."""
    made, held = list[Made](), 0
    for place, section, draft, fault in found:
        name = _id(section, draft)
        if fault:
            drops.append(_drop(name, fault, place.file, section.line))
        else:
            category = category_of(section, options.taxonomy)
            made.append(Made(name, place, section, draft, category))
        if len(made) == _HELD:
            yield made_table(made, held)
            held, made = held + len(made), []
    yield made_table(made, held)


def _all_candidates(
    documents: pa.Table, reused: frozenset[str], options: Generation
) -> Iterator[Candidate]:
    """Every draft of the documents that are not reused, with its place and its fault."""
    places = map(Place, *(documents.column(name).to_pylist() for name in Place._fields))
    rows = zip(places, sections_of_table(documents), strict=True)
    for name, group in groupby(rows, key=lambda row: row[1].document):
        if name in reused:
            continue
        own = list(group)
        made = 0
        for place, section in own:
            for draft, fault in candidates(section, options):
                made += fault is None
                yield place, section, draft, fault
        sections = [section for _, section in own]
        draw = Draw(f"{sections[0].id}\0out_of_scope\0{options.seed}")
        for draft in outside_drafts(sections, made, options, draw):
            yield *own[0], draft, fault_of(draft, "en", is_whole=True)


def _id(section: Section, draft: Draft) -> str:
    """The section's id and a hash of what is asked and answered."""
    content = "\0".join((draft.kind, draft.prompt, draft.answer))
    return f"{section.id}-{hash64(content) >> 32:08x}"


def _drop(record: str, fault: Fault, file: str, line: int) -> dict[str, Any]:
    return {
        "record_id": record,
        "stage": STAGE,
        "reason": fault.reason,
        "detail": fault.detail,
        "quarantined": fault.quarantined,
        "file": file,
        "line": line,
    }


def _in_order(table: pa.Table, documents: pa.Table) -> pa.Table:
    """The rows in the order of their sections, and those of one section as they were made."""
    order = pc.index_in(table.column("conversation_id"), value_set=documents.column("id"))
    keyed = table.append_column("section_order", order)
    keys = [("section_order", "ascending"), ("position", "ascending")]
    return keyed.sort_by(keys).drop_columns(["section_order"])


def _capped(table: pa.Table, share: float) -> tuple[pa.Table, list[dict[str, Any]]]:
    """The table with no kind over its share, positions counted anew, and the drops."""
    ids, kinds, sections, origins = (
        table.column(name).to_pylist() for name in ("id", "kind", "conversation_id", "origins")
    )
    over = over_share(ids, kinds, sections, share)
    drops = []
    for row in sorted(over):
        file, _, line = origins[row][0].rpartition(":")
        drops.append(_drop(ids[row], Fault(SHARE_REASON, kinds[row]), file, int(line)))
    kept = table.take(pa.array([row for row in range(len(ids)) if row not in over], pa.int64()))
    index = kept.schema.get_field_index("position")
    positions = pa.array(np.arange(kept.num_rows), pa.int64())
    return kept.set_column(index, kept.schema.field(index), positions), drops


def _without_example(
    table: pa.Table, documents: pa.Table, drops: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """A drop for each section that teaches nothing: to decline what a document lacks is nothing.

    Not for one of which a model did not write all: it is asked again.
    """
    answered = table.filter(pc.not_equal(table.column("kind"), "out_of_scope"))
    done = {*answered.column("conversation_id").to_pylist()}
    done |= {drop["record_id"].rpartition("-")[0] for drop in drops if drop["quarantined"]}
    columns = ("id", "file", "line", "title", "heading_path")
    rows = documents.select(columns).to_pylist()
    return [
        _drop(
            row["id"],
            Fault(NO_EXAMPLE, " › ".join(row["heading_path"]) or row["title"]),
            row["file"],
            row["line"],
        )
        for row in rows
        if row["id"] not in done
    ]


def _ordered(drops: list[dict[str, Any]], documents: pa.Table) -> list[dict[str, Any]]:
    """In the order of their sections, whether a document was made anew or taken over."""
    order = {name: number for number, name in enumerate(documents.column("id").to_pylist())}

    def place(drop: dict[str, Any]) -> tuple[int, bool, str, str, str]:
        record, is_section = drop["record_id"], drop["record_id"] in order
        section = record if is_section else record.rpartition("-")[0]
        return order.get(section, -1), is_section, record, drop["reason"], drop["detail"] or ""

    return sorted(drops, key=place)


def _facts(table: pa.Table, without: int, reused: int) -> dict[str, Any]:
    """Counts for the metadata: kinds, styles, openings, sections without an example."""
    kinds = Counter(table.column("kind").to_pylist())
    styles = Counter(pc.map_lookup(table.column("tags"), "style", "first").to_pylist())
    messages = table.column("messages").combine_chunks().flatten()
    prompts = messages.field("content").to_pylist()[::2]  # each is a prompt and its answer
    return {
        "kinds": dict(sorted(kinds.items())),
        "styles": dict(sorted(styles.items())),
        "distinct_openings": len({opening(prompt) for prompt in prompts}),
        "sections_without_example": without,
        "documents_reused": reused,
    }


def opening(prompt: str) -> str:
    """The first three words of a prompt, folded: how it begins."""
    return " ".join(found[0] for found in islice(WORD.finditer(fold(prompt)), 3))
