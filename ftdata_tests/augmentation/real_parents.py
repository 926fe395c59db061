"""Examples as the shared logs have them, to hold rules to their laws."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path

import pytest

from ftdata.augmentation.augmenter import Parent
from ftdata_tests.augmentation.formatted import turn

LOGS = Path(__file__).parents[3] / "shared" / "data" / "logs"
needs_logs = pytest.mark.skipif(not LOGS.is_dir(), reason="the shared logs are not on this machine")


@cache
def real_parents() -> tuple[Parent, ...]:
    """The conversations of one day of two sources, every reply trained."""
    conversations: dict[str, list[dict[str, str]]] = {}
    for source in ("assistant_api", "support_chat"):
        path = LOGS / source / "2025-03-05.jsonl.gz"
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for record in filter(None, map(_parse, file)):
                conversations.setdefault(str(record["conversation_id"]), []).append(record)
    return tuple(
        Parent(
            [message for one in turns for message in turn(one["prompt"], one["response"])],
            {"category": turns[0]["category"]},
        )
        for turns in conversations.values()
    )


def _parse(line: str) -> dict[str, str] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    wanted = ("prompt", "response", "category")
    is_whole = isinstance(record, dict) and all(isinstance(record.get(w), str) for w in wanted)
    return record if is_whole else None
