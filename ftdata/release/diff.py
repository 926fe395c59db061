"""Two dataset versions held against each other: examples, statistics and what they were made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from upath import UPath

from ftdata.errors import StorageError
from ftdata.release.files import EXAMPLES
from ftdata.release.read import LoadedRelease
from ftdata.tables import SPLITS

_TEXTS = ("messages", "tools", "rejected")
_READ = ("id", "split", *_TEXTS, "tags")
_ODD = np.uint64(0x9E3779B97F4A7C15)
_Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Examples:
    """Ids of examples, sorted."""

    added: list[str]
    removed: list[str]
    changed: list[str]  # other messages, tools or rejected reply under the same id
    retagged: list[str]  # other tags, and the same text
    moved: list[tuple[str, str, str]]  # id, split before, split after


@dataclass(frozen=True)
class VersionDiff:
    """What differs between two versions; `values` of the manifest as (name, before, after)."""

    before: str
    after: str
    examples: Examples
    counts: list[tuple[str, int, int]]  # `train examples`, `train tokens`, …
    reasons: list[tuple[str, int, int]]  # `cleaned too_short`: rows dropped, where they differ
    settings: list[tuple[str, Any, Any]]  # dotted path; None where one side has it not
    inputs: list[tuple[str, str]]  # raw file, and `added`, `removed` or `changed`
    libraries: list[tuple[str, Any, Any]]


def compare_versions(before: LoadedRelease, after: LoadedRelease) -> VersionDiff:
    """Everything that differs. Memory is some hundred bytes an example.

    Raises StorageError where the examples of a version cannot be read.
    """
    old, new = before.manifest["content"], after.manifest["content"]
    libraries = [one.manifest["environment"]["libraries"] for one in (before, after)]
    return VersionDiff(
        before=before.version,
        after=after.version,
        examples=compare_examples(hashed_examples(before.folder), hashed_examples(after.folder)),
        counts=_counts(old, new),
        reasons=[
            (name, told.get(name, 0), tells.get(name, 0))
            for told, tells in [(_reasons(old), _reasons(new))]
            for name in sorted(told.keys() | tells.keys())
            if told.get(name, 0) != tells.get(name, 0)
        ],
        settings=_differing(dict(_flat(old["settings"])), dict(_flat(new["settings"]))),
        inputs=_inputs(old["inputs"], new["inputs"]),
        libraries=_differing(*libraries),
    )


def compare_examples(before: pa.Table, after: pa.Table) -> Examples:
    """The examples of two tables with the columns id, split, text and tags (hashes)."""
    old, new = (
        table.rename_columns(["id", *_named(place)]) for place, table in enumerate((before, after))
    )
    both = old.join(new, keys="id", join_type="inner").sort_by("id")
    changed = pc.not_equal(both["text0"], both["text1"])
    retagged = pc.and_not(pc.not_equal(both["tags0"], both["tags1"]), changed)
    moved = both.filter(pc.not_equal(both["split0"], both["split1"]))
    places = (moved[name].to_pylist() for name in ("id", "split0", "split1"))
    return Examples(
        added=_missing(after["id"], before["id"]),
        removed=_missing(before["id"], after["id"]),
        changed=both["id"].filter(changed).to_pylist(),
        retagged=both["id"].filter(retagged).to_pylist(),
        moved=list(zip(*places, strict=True)),
    )


def _named(place: int) -> list[str]:
    return [f"{name}{place}" for name in ("split", "text", "tags")]


def _missing(ids: pa.ChunkedArray, others: pa.ChunkedArray) -> list[str]:
    """Those of `ids` that are not among the others, sorted."""
    there = pc.is_in(ids, value_set=pc.unique(others))
    found: list[str] = sorted(ids.filter(pc.invert(there)).to_pylist())
    return found


def hashed_examples(folder: UPath) -> pa.Table:
    """id, split, and hashes of text and tags of a version's examples, read by row group.

    Raises StorageError.
    """
    path = folder / EXAMPLES
    try:
        with path.open("rb") as file:
            read = pq.ParquetFile(file)
            groups = range(read.num_row_groups)
            return pa.concat_tables(
                [_hash_rows(read.read_row_group(group, list(_READ))) for group in groups]
                or [_hash_rows(read.schema_arrow.empty_table().select(_READ))]
            ).combine_chunks()
    except (OSError, pa.ArrowException) as error:
        raise StorageError(f"{path}: cannot be read ({error}): build the dataset again") from error


def _hash_rows(table: pa.Table) -> pa.Table:
    messages = table.column("messages").combine_chunks()
    said = _mix([_hash_texts(field) for field in messages.flatten().flatten()])
    rest = [_hash_texts(table.column(name).combine_chunks()) for name in ("tools", "rejected")]
    tags = table.column("tags").combine_chunks()
    pairs = _mix([_hash_texts(part) for part in (tags.keys, tags.items)])
    return pa.table(
        {
            "id": table.column("id").cast(pa.string()),
            "split": table.column("split").cast(pa.string()),
            "text": _mix([_by_row(said, messages.offsets), *rest]),
            "tags": _by_row(pairs, tags.offsets),
        }
    )


def _hash_texts(values: pa.Array) -> _Hashes:
    """A 64-bit hash of each value; a null has one of its own."""
    texts = pc.fill_null(values.cast(pa.string()), "\x00null")
    hashed: _Hashes = pd.util.hash_array(texts.to_numpy(zero_copy_only=False), categorize=False)
    return hashed


def _mix(columns: Sequence[_Hashes]) -> _Hashes:
    """One hash of several side by side, which depends on their order."""
    mixed = np.zeros_like(columns[0])
    for column in columns:
        mixed = (mixed ^ column) * _ODD
        mixed ^= mixed >> np.uint64(32)
    return mixed


def _by_row(hashes: _Hashes, offsets: pa.Array) -> _Hashes:
    """One hash of each row's list, which depends on the order in it."""
    bounds = offsets.to_numpy().astype(np.int64)
    bounds = bounds - bounds[0]
    starts, lengths = bounds[:-1], np.diff(bounds)
    place = np.arange(len(hashes), dtype=np.uint64) - np.repeat(starts, lengths).astype(np.uint64)
    placed = _mix([hashes, place])
    total = np.concatenate(([np.uint64(0)], np.cumsum(placed, dtype=np.uint64)))
    return _mix([total[bounds[1:]] - total[bounds[:-1]], lengths.astype(np.uint64)])


def _counts(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """Every count of each split, before and after."""
    splits = [content["dataset"]["splits"] for content in (old, new)]
    return [
        (f"{split} {name}".replace("_", " "), splits[0][split].get(name, 0), count)
        for split in SPLITS
        for name, count in splits[1][split].items()
    ]


def _reasons(content: Mapping[str, Any]) -> dict[str, int]:
    stages = {**content["stages"]["totals"], "dataset": content["dataset"]}
    return {
        f"{stage} {reason}": count
        for stage, counts in stages.items()
        for reason, count in counts["reasons"].items()
    }


def _flat(values: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Leaves of nested objects by their dotted path; a list is a leaf."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    return [
        (name, before.get(name), after.get(name))
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]


def _inputs(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[tuple[str, str]]:
    old, new = ({one["path"]: one["sha256"] for one in inputs} for inputs in (before, after))
    what = {(False, True): "added", (True, False): "removed", (True, True): "changed"}
    return [
        (path, what[path in old, path in new])
        for path in sorted(old.keys() | new.keys())
        if old.get(path) != new.get(path)
    ]
