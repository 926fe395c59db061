"""Plain values the release tests start from: messages, rows, small stores, selections, contexts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ftdata import tables
from ftdata.keys import PartitionKey, SourceKind
from ftdata.release.plan import ReleaseContext, Selection
from ftdata.settings import Dataset, Settings
from ftdata.storage import PartitionStore
from ftdata.tables import CHAINS, STAGES, StageResult

HELP_1 = PartitionKey(date="2025-03-01", source="help")
WEB_1 = PartitionKey(date="2025-03-01", source="web")
APP_2 = PartitionKey(date="2025-03-02", source="app")
WEB_2 = PartitionKey(date="2025-03-02", source="web")

AWKWARD = {
    "line_separators": "one\u2028two\u2029three\u0085four\r\nfive\x0bsix\x0cseven\x1ceight",
    "emoji": "family 👩‍👩‍👧‍👦 and 🏳️‍🌈",
    "right_to_left": "שלום \u202eevil\u202c مرحبا",
    "nul": "a\x00b",
    "long": "λ " * 100_000,
    "quotes": '"\\ \\u2028 </script> {"role": "assistant"}',
    "combining": "e\u0301 \u00e9 \ufeff \ufffd \U0010ffff",
}


def message(role: str, content: str | None, **values: Any) -> dict[str, Any]:
    weight = 1 if role == "assistant" else None
    return {"role": role, "content": content, "weight": weight, **values}


def chat(*texts: str, system: str | None = None) -> list[dict[str, Any]]:
    """User and assistant in turns."""
    roles = ("user", "assistant")
    before = [message("system", system)] if system is not None else []
    return before + [message(roles[i % 2], text) for i, text in enumerate(texts)]


def row(
    key: PartitionKey, position: int, messages: list[dict[str, Any]], **values: Any
) -> dict[str, Any]:
    name = f"{key.source}-{key.date[-2:]}-{position}"
    return {
        "id": name,
        "source": key.source,
        "date": key.date,
        "position": position,
        "conversation_id": f"c-{name}",
        "record_ids": [f"r-{name}"],
        "origins": [f"raw/{key.source}/{key.date}.jsonl:{position + 1}"],
        "variant": 0,
        "provenance": "log",
        "messages": messages,
        "tokens": 10,
        "trained_tokens": 4,
        "tokenizer": "estimate",
        "tags": [("category", "billing")],
        "tag_origins": [("category", "log")],
        "stratum": "billing",
        "group_id": f"g-{name}",
        "split": "train",
        "words": [],
        "turns": [],
        "prefixes": [],
        "dedup_words": [],
        "dedup_text": 0,
        **values,
    }


def put(
    store: PartitionStore,
    key: PartitionKey,
    rows: list[dict[str, Any]],
    lost: Sequence[tuple[str, str]] = (),
    chain: SourceKind = "logs",
) -> None:
    """Store a partition: all stages empty but the last, which holds `rows`.

    `lost` are (stage, reason) pairs, each a row that this stage dropped.
    """
    for stage in CHAINS[chain]:
        drops = [
            {
                "record_id": f"{stage}-lost-{place}",
                "stage": stage,
                "reason": reason,
                "detail": f"because of {reason}",
                "quarantined": reason == "bad_json",
                "file": f"raw/{key.source}/{key.date}.jsonl",
                "line": place + 1,
            }
            for place, (at, reason) in enumerate(lost)
            if at == stage
        ]
        last = stage == "validated_splits"
        result = StageResult(
            table=tables.from_rows(stage, rows) if last else tables.empty(stage),
            drops=tables.drops_table(drops),
            rows_in=len(rows) + len(drops),
            rows_out=len(rows),
            facts={"redactions": {"EMAIL": 2}} if stage == "cleaned" else {},
        )
        name = f"raw/{key.source}/{key.date}.jsonl"
        file = {"path": name, "bytes": 7, "mtime": 1.5, "sha256": "ab" * 32}
        files = [file] if stage == CHAINS[chain][0] else []
        store.write(stage, key, result, code_version="v", inputs={}, files=files)


def select(
    store: PartitionStore, key: PartitionKey, drop: Sequence[int] = (), split: str | None = None
) -> Selection:
    """Keep all rows but those at `drop`, with the stored splits or one for all."""
    table = store.read_table("validated_splits", key)
    keep = np.ones(table.num_rows, dtype=bool)
    keep[list(drop)] = False
    splits = [split] * table.num_rows if split else table.column("split").to_pylist()
    groups = table.column("group_id").to_pylist()
    return Selection(key=key, keep=keep, split=splits, group_id=groups)


def select_all(store: PartitionStore) -> list[Selection]:
    return [select(store, key) for key in store.keys("validated_splits")]


def context(
    store: PartitionStore,
    dropped: Sequence[str] = (),
    left_out: Sequence[str] = (),
    **dataset: Any,
) -> ReleaseContext:
    """All that is stored, with a drop of the dataset stage for each id in `dropped`."""
    drops = [
        {"record_id": name, "stage": "dataset", "reason": "near_duplicate", "detail": "of web-01-0"}
        for name in dropped
    ]
    records = [store.existing_record(stage, key) for stage in STAGES for key in store.keys(stage)]
    return ReleaseContext(
        settings=Settings(dataset=Dataset(**dataset)),
        settings_hash={"cleaning": "aa", "automation": "bb"},
        drops=tables.drops_table(drops),
        stage_records=records,
        libraries={"pyarrow": "1"},
        left_out=left_out,
    )
