"""The conversations of ../shared/data/logs, one per source, conversation id and file."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from ftdata.keys import PartitionKey
from ftdata_tests.splitting.given import Example

LOGS = Path(__file__).parents[3] / "shared" / "data" / "logs"
needs_logs = pytest.mark.skipif(not LOGS.is_dir(), reason="../shared/data/logs is not here")


def read_logs() -> dict[PartitionKey, list[Example]]:
    """The answered conversations of each partition, in canonical order."""
    found = {}
    for path in sorted(LOGS.glob("*/*.jsonl*")):
        key = PartitionKey(date=path.name[:10], source=path.parent.name)
        turns: dict[str, list[dict[str, str]]] = {}
        text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for line in text.decode().split("\n"):
            record = json.loads(line) if line else {"response": None}
            if record["response"] and record["error"] is None:
                turns.setdefault(record["conversation_id"], []).append(record)
        found[key] = [
            Example(
                id=records[0]["id"],
                said=tuple(
                    (role, record[field], None)
                    for record in records
                    for role, field in (("user", "prompt"), ("assistant", "response"))
                ),
                source=key.source,
                conversation_id=name,
                position=at,
                category=records[0]["category"],
            )
            for at, (name, records) in enumerate(turns.items())
        ]
    return dict(sorted(found.items()))
