"""Raw tables for the tests of cleaning: a few conversations, or a day of logs read plainly."""

import gzip
import json
from collections import defaultdict
from pathlib import Path

from ftdata.tables import from_rows

LOGS = Path(__file__).parents[3] / "shared" / "data" / "logs"


def message(role, content, **more):
    return {"role": role, "content": content, **more}


def turns(*texts):
    """Messages of a user and an assistant in turn."""
    return [message(("user", "assistant")[i % 2], text) for i, text in enumerate(texts)]


def raw_row(position, messages, **more):
    return {
        "id": f"log_{position}",
        "source": "web",
        "date": "2025-03-01",
        "position": position,
        "conversation_id": f"c_{position}",
        "record_ids": [f"log_{position}"],
        "origins": [f"raw/web/2025-03-01.jsonl:{position + 1}"],
        "messages": messages,
        "ratings": [None],
        "turn_records": [0] * len(messages),
        "user_id": "u_1",
        **more,
    }


def raw_table(*conversations):
    """A raw table with one row for each list of messages."""
    return from_rows("raw_logs", [raw_row(i, messages) for i, messages in enumerate(conversations)])


def read_day(path):
    """One day of ../shared/data/logs: its records without error, joined by conversation."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    joined = defaultdict(list)
    for line in data.split(b"\n"):
        record = json.loads(line) if line else {"error": "empty"}
        if not record["error"] and record["response"]:
            joined[record["conversation_id"]].append(record)
    rows = []
    for position, (conversation, records) in enumerate(joined.items()):
        texts = [record[name] for record in records for name in ("prompt", "response")]
        rows.append(
            raw_row(
                position,
                turns(*texts),
                id=records[0]["id"],
                conversation_id=conversation,
                record_ids=[record["id"] for record in records],
                origins=[path.name] * len(records),
                ratings=[record["user_rating"] for record in records],
                turn_records=[i // 2 for i in range(len(texts))],
            )
        )
    return from_rows("raw_logs", rows)
