"""What a version says of evaluation items in its examples: hits, tags, report, card, manifest."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa

from ftdata import jsonl
from ftdata.release.markdown import escape, table
from ftdata.release.plan import ContaminationHit, ReleaseContext

HITS = "contamination.jsonl"
TAG = "contaminated"
_SHOWN = 20  # hits in the report


def write_hits(folder: Path, context: ReleaseContext) -> dict[str, int]:
    """Write `contamination.jsonl` where there are evaluation sets: file → rows, for the manifest.

    One line a hit, by example in canonical order: `{"example", "split", "file", "line", "item",
    "coverage", "action"}`; the split of an example that was dropped for it is null.
    """
    if not context.evaluations:
        return {}
    with (folder / HITS).open("wb") as file:
        return {HITS: jsonl.write_lines(file, (hit._asdict() for hit in context.hits))}


def flagged_examples(context: ReleaseContext) -> dict[str, str]:
    """Example → name of the item it contains most of, for the examples to be flagged."""
    best: dict[str, ContaminationHit] = {}
    for hit in context.hits:
        known = best.get(hit.example)
        if hit.action == "flag" and (known is None or hit.coverage > known.coverage):
            best[hit.example] = hit
    return {example: hit.name for example, hit in best.items()}


def tag_flagged(examples: pa.Table, flagged: dict[str, str]) -> pa.Table:
    """The examples with the tag `contaminated` on those that are flagged."""
    names = [flagged.get(example) for example in examples.column("id").to_pylist()]
    if not any(names):
        return examples
    added = {"tags": names, "tag_origins": ["rules" if name else None for name in names]}
    for column_name, values in added.items():
        column = examples.column(column_name)
        pairs = [
            own if value is None else [*own, (TAG, value)]
            for own, value in zip(column.to_pylist(), values, strict=True)
        ]
        index = examples.schema.get_field_index(column_name)
        array = pa.array(pairs, column.type)
        examples = examples.set_column(index, examples.field(index), array)
    return examples


def describe_evaluations(context: ReleaseContext) -> list[dict[str, Any]]:
    """For the manifest: path, bytes and SHA-256 of each evaluation file, and what was found of it.

    `items` are its lines, `too_short` those compared with nothing, `found` those that an example
    contains, `examples` the examples that contain one.
    """
    found: dict[str, set[int]] = defaultdict(set)
    examples: dict[str, set[str]] = defaultdict(set)
    for hit in context.hits:
        found[hit.file].add(hit.line)
        examples[hit.file].add(hit.example)
    return [
        {**file, "found": len(found[path]), "examples": len(examples[path])}
        for file in context.evaluations
        for path in [file["path"]]
    ]


def contamination_section(context: ReleaseContext) -> str:
    """The report's section."""
    if not context.evaluations:
        return "There are no evaluation sets: put them at evals/<name>.jsonl below the data folder."
    described = describe_evaluations(context)
    columns = ("path", "items", "too_short", "found", "examples")
    files = [tuple(file[column] for column in columns) for file in described]
    parts = [
        contamination_note(context),
        table(("file", "items", "too short to compare", "items found", "examples"), files),
    ]
    if context.hits:
        most = sorted(context.hits, key=lambda hit: (-hit.coverage, hit.file, hit.line))[:_SHOWN]
        rows = [(h.example, h.split or "", h.name, f"{h.coverage:.2f}", h.action) for h in most]
        parts.append(table(("example", "split", "item", "coverage", "action"), rows))
        parts.append(f"All {len(context.hits):,} are in `{HITS}`.")
    return "\n\n".join(parts)


def contamination_note(context: ReleaseContext) -> str:
    """One sentence on what was compared and what came of it."""
    if not context.evaluations:
        return "No comparison with evaluation sets was made."
    options = context.settings.dataset.contamination
    done = {"report": "kept", "flag": f"kept with the tag `{TAG}`", "drop": "dropped"}
    items = sum(file["items"] for file in context.evaluations)
    names = ", ".join(escape(file["path"]) for file in context.evaluations)
    examples = len({hit.example for hit in context.hits})
    return (
        f"Compared with {items:,} evaluation items ({names}) by runs of {options.ngram} words:"
        f" {examples:,} examples contain {100 * options.min_coverage:g} % or more of one, and are"
        f" {done[options.action]}. Rephrased and translated items are not found in this way."
    )
