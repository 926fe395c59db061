"""Writes one dataset version from settled examples: the way through this package."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from ftdata import jsonl
from ftdata.errors import ReleaseError
from ftdata.keys import PartitionKey
from ftdata.release.card import card
from ftdata.release.contamination import flagged_examples, tag_flagged, write_hits
from ftdata.release.examples import COLUMNS, examples_schema
from ftdata.release.exports import chosen_exporters
from ftdata.release.files import (
    DROPS,
    ExampleFiles,
    describe_files,
    place_drops,
    write_drops,
)
from ftdata.release.funnel import funnel
from ftdata.release.lineage import LINEAGE, write_lineage
from ftdata.release.manifest import manifest_content, manifest_of, stage_counts
from ftdata.release.plan import Gate, Progress, Release, ReleaseContext, Selection
from ftdata.release.recipes import write_recipes
from ftdata.release.report import report
from ftdata.release.tally import Tally
from ftdata.release.versions import MANIFEST, building_folder, publish
from ftdata.storage import PartitionStore, StoredPartition, count_reasons
from ftdata.tables import SPLITS, STAGES


def write_dataset(
    store: PartitionStore,
    selections: Sequence[Selection],
    context: ReleaseContext,
    progress: Progress | None = None,
    gate: Gate | None = None,
) -> Release:
    """Write the version that the selections make, point `latest` at it and prune older ones.

    `selections` come in canonical order. One partition is in memory at a time. The version appears
    whole or not at all, and only then does `latest` name it. `gate` is shown the finished folder:
    where it says no, nothing is published and the newest version stays what it was.

    Raises ReleaseError where no example is left or a partition was built again in the meantime,
    StorageError where the data folder cannot be read or written, ValueError where selections and
    drops contradict each other.
    """
    _refuse_contradictions(selections, context)
    _refuse_nothing(selections, context)
    with building_folder(store.data) as folder:
        manifest = _write_files(folder, store, selections, context, progress)
        version = manifest["version"]
        is_published = gate is None or gate(folder)
        if is_published:
            settings = context.settings
            keep, pin = settings.dataset.keep_versions, settings.splits.pin
            publish(store.data, folder, version, keep, pin)
    place = store.data / "datasets" / version
    return Release(version=version, folder=place, manifest=manifest, is_published=is_published)


def _write_files(
    folder: Path,
    store: PartitionStore,
    selections: Sequence[Selection],
    context: ReleaseContext,
    progress: Progress | None,
) -> dict[str, Any]:
    """Write every file of the version into `folder`; returns its manifest."""
    records = sorted(context.stage_records, key=lambda r: (STAGES.index(r.stage), r.key))
    tally = Tally()
    places: dict[str, list[PartitionKey]] = {}
    flagged = flagged_examples(context)
    with ExampleFiles(folder, chosen_exporters(context.settings.dataset)) as files:
        built = {r.key: r for r in records if r.stage == "validated_splits"}
        for done, selection in enumerate(selections, start=1):
            table = _read_partition(store, selection, built.get(selection.key))
            dropped = table.column("id").filter(pa.array(~selection.keep)).to_pylist()
            for name in dropped:
                places.setdefault(name, []).append(selection.key)
            kept = tag_flagged(_settle(table, selection), flagged)
            files.write(kept)
            tally.add(kept)
            if progress:
                progress(done, len(selections))
    drops = place_drops(context.drops, places)
    rows, samples = write_drops(folder / DROPS, store, records, drops)
    rows_in = sum(selection.keep.size for selection in selections)
    written = files.finish(context.settings.dataset.name)
    traced = {LINEAGE: write_lineage(folder, written.not_taken), **write_hits(folder, context)}
    recipes = write_recipes(folder, written.targets, tally, context.settings.dataset)
    described = {**written.rows, DROPS: rows, **traced, **dict.fromkeys(recipes)}
    outputs = describe_files(folder, described)
    content = manifest_content(context, rows_in, tally, outputs, written.targets)
    manifest = manifest_of(content, context)
    (folder / "README.md").write_bytes(card(manifest, tally, context).encode())
    (folder / "report.md").write_bytes(report(manifest, tally, samples, context).encode())
    (folder / "funnel.svg").write_bytes(funnel(manifest["content"]).encode())
    (folder / MANIFEST).write_bytes(jsonl.pretty(manifest))
    return manifest


def _read_partition(
    store: PartitionStore, selection: Selection, expected: StoredPartition | None
) -> pa.Table:
    """The partition's table, if it is still the one that the selection was made for."""
    key = selection.key
    table = store.read_table("validated_splits", key, COLUMNS)
    present = store.read_record("validated_splits", key)
    if present is None or expected is None or present.output != expected.output:
        raise ReleaseError(
            f"validated_splits of {key} was built again while the dataset was assembled:"
            " build the dataset again"
        )
    if table.num_rows != selection.keep.size:
        raise ValueError(
            f"the selection of {key} has {selection.keep.size} rows, its table {table.num_rows}"
        )
    return table


def _settle(table: pa.Table, selection: Selection) -> pa.Table:
    """The kept rows with their final split and group, in the columns of `examples.parquet`."""
    kept = table if selection.keep.all() else table.filter(pa.array(selection.keep))
    for name, values in (("split", selection.split), ("group_id", selection.group_id)):
        final = np.asarray(values, dtype=object)[selection.keep].tolist()
        index = kept.schema.get_field_index(name)
        kept = kept.set_column(index, name, pa.array(final, pa.string()))
    return kept.select(COLUMNS).cast(examples_schema())


def _refuse_contradictions(selections: Sequence[Selection], context: ReleaseContext) -> None:
    for before, after in pairwise(selections):
        if not before.key < after.key:
            raise ValueError(f"{after.key} follows {before.key}: use the canonical order")
    for selection in selections:
        if not len(selection.split) == len(selection.group_id) == selection.keep.size:
            raise ValueError(f"the selection of {selection.key} has columns of different lengths")
        kept = np.asarray(selection.split, dtype=object)[selection.keep].tolist()
        unknown = sorted({str(split) for split in kept} - set(SPLITS))
        if unknown:
            raise ValueError(f"{unknown[0]!r} in the selection of {selection.key} is no split")
    dropped = sum(int(np.count_nonzero(~selection.keep)) for selection in selections)
    if dropped != context.drops.num_rows:
        raise ValueError(
            f"the selections drop {dropped} examples, the drops table has {context.drops.num_rows}"
        )


def _refuse_nothing(selections: Sequence[Selection], context: ReleaseContext) -> None:
    """Say which stage lost most, where nothing is left to write."""
    if any(selection.keep.any() for selection in selections):
        return
    losses = [
        (stage, counts["rows_in"], counts["reasons"])
        for stage, counts in stage_counts(context.stage_records)["totals"].items()
    ]
    settled = sum(selection.keep.size for selection in selections)
    losses.append(("dataset", settled, count_reasons(context.drops)[1]))
    stage, rows_in, reasons = max(losses, key=lambda loss: sum(loss[2].values()))
    if not reasons:
        raise ReleaseError(
            "no example is left, for none was read: put records or documents below raw/, and build"
        )
    reason, count = max(reasons.items(), key=lambda pair: pair[1])
    raise ReleaseError(
        f"no example is left: {stage} dropped most, {sum(reasons.values())} of {rows_in} rows,"
        f" {count} of them as {reason}: loosen what drops them in ftdata.yaml, or add raw files"
    )
