"""Part `splits`: 150 intents on every side, and the gap between their shares.

DIR/categories/clinc_oos.jsonl.gz is dealt to ten days of one source, every tenth row to each, and
built up to `validated_splits` in this process; duplicates of another partition are settled by the
dataset, which keeps ids and sides. Of each intent in each partition, validation's examples are held
against a tenth of the intent's, and against train's share of that intent.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from ftdata.defs.dataset_steps import assemble
from ftdata.defs.steps import build_stage
from ftdata.ingest.inventory import scan_raw
from ftdata.project import open_project
from ftdata.release.read import read_examples
from ftdata.tables import CHAINS, SPLITS
from ftdata_tests.benchmarks.split_truth import measure as judge_logs

DAYS = 10
SETTINGS = "augmentation: {max_share: 0}\n"


class Gap(NamedTuple):
    """Of one intent in one partition, in examples of validation."""

    from_ratio: float  # validation's examples less a tenth of the intent's
    to_train: float  # validation's share less train's, times validation's size


def measure(data: Path) -> dict[str, Any]:
    """The figures of both data sets."""
    return {"categories": _categories(data), "logs": judge_logs(data)}


def _categories(data: Path) -> dict[str, Any]:
    """Intents on every side, and the largest gap of an intent in a partition."""
    rows = gzip.decompress((data / "categories" / "clinc_oos.jsonl.gz").read_bytes())
    read = [json.loads(line) for line in rows.decode().splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _write(home / "data" / "raw" / "clinc", read)
        (home / "ftdata.yaml").write_text(SETTINGS)
        project = open_project(home / "ftdata.yaml")
        dealt = []
        for key, files in scan_raw(project.store.data, project.settings).partitions.items():
            for stage in CHAINS["logs"]:
                build_stage(project, stage, key, files)
            dealt.append(project.store.read_table("validated_splits", key))
        release = assemble(project, lambda _: True).release
        kept = read_examples(project.store.data, release.version, ["split", "tags", "date"])
    sides: dict[str, set[str]] = defaultdict(set)
    for tags, split in zip(kept["tags"].to_pylist(), kept["split"].to_pylist(), strict=True):
        sides[dict(tags)["category"]].add(split)
    return {
        "rows": len(read),
        "examples": kept.num_rows,
        "intents": len(sides),
        "intents_on_every_side": sum(len(found) == len(SPLITS) for found in sides.values()),
        "strata": len(told := _told(dealt)),
        "largest_distance_from_ratio": max(one.from_ratio for one in told),
        "largest_gap_to_train": max(one.to_train for one in told),
        "gaps_to_train_over_one": sum(one.to_train > 1 for one in told),
        "largest_group": max(
            max(Counter(table["group_id"].to_pylist()).values()) for table in dealt
        ),
    }


def _write(folder: Path, rows: list[dict[str, str]]) -> None:
    folder.mkdir(parents=True)
    for day in range(DAYS):
        lines = [
            json.dumps(
                {
                    "id": f"clinc-{number}",
                    "prompt": row["text"],
                    "response": f"This is about {row['intent'].replace('_', ' ')}.",
                    "category": row["intent"],
                }
            )
            for number, row in enumerate(rows)
            if number % DAYS == day
        ]
        (folder / f"2025-03-{day + 1:02}.jsonl").write_text("\n".join(lines))


def _told(tables: Iterable[pa.Table]) -> list[Gap]:
    """The gap of every intent in every partition."""
    gaps = []
    for table in tables:
        strata, splits = table["stratum"].to_pylist(), table["split"].to_pylist()
        sides, rows = Counter(splits), Counter(strata)
        both = Counter(zip(strata, splits, strict=True))
        for one, count in rows.items():
            found = both[one, "validation"]
            in_train = both[one, "train"] * sides["validation"] / sides["train"]
            gaps.append(Gap(abs(found - 0.1 * count), abs(found - in_train)))
    return gaps
