"""Versions after an erasure: removed, or reduced to the assignment that `splits.pin` needs.

The name of a version is the hash of its content, so that one with other rows is another version. A
pinned one keeps its name and says which side each of its examples is on, and nothing else: who
pins it gets the same splits, and none of the texts is left. `mismatches` tells that it is reduced.
"""

from __future__ import annotations

from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
from upath import UPath

from ftdata import jsonl
from ftdata.release.files import EXAMPLES
from ftdata.release.read import read_examples
from ftdata.release.versions import MANIFEST, REDUCED, delete_tree
from ftdata.storage import parquet_bytes, write_atomically

# What of a manifest's content may name a document that is erased; the rest counts.
_NAMELESS: dict[str, Any] = {"inputs": [], "outputs": {}, "earlier_documents": [], "left_out": []}
COLUMNS = ("id", "parent_id", "source", "date", "split")


def held_partitions(data: UPath, version: str) -> dict[str, str]:
    """The partitions that a version holds something of, as `2025-03-01|web`.

    Each with the hash of the tombstones that it was built with; "" where there were none.
    """
    manifest = _manifest(data, version)
    erasures = manifest["environment"].get("erasures", {})  # not in versions of before
    stages = manifest["content"]["stages"]["partitions"].values()
    return {key: erasures.get(key, "") for partitions in stages for key in partitions}


def reduce_version(data: UPath, version: str, gone: pa.Array) -> int:
    """Leave of a version its manifest and the sides of its examples, those in `gone` excepted.

    `gone` holds ids. Interrupted, it can be done again. Returns how many examples were left out.
    """
    folder = data / "datasets" / version
    table = read_examples(data, version, COLUMNS)
    kept = table.filter(pc.invert(pc.is_in(table["id"], gone)))
    lost: int = table.num_rows - kept.num_rows
    manifest = _manifest(data, version)
    manifest[REDUCED] = manifest.get(REDUCED, 0) + lost
    manifest["content"] |= _NAMELESS
    write_atomically(folder / EXAMPLES, parquet_bytes(kept))
    write_atomically(folder / MANIFEST, jsonl.pretty(manifest))
    for path in list(folder.iterdir()):
        if path.name in (EXAMPLES, MANIFEST):
            continue
        if path.is_dir():
            delete_tree(path)
        else:
            path.unlink()
    return lost


def _manifest(data: UPath, version: str) -> dict[str, Any]:
    manifest: dict[str, Any] = orjson.loads((data / "datasets" / version / MANIFEST).read_bytes())
    return manifest
