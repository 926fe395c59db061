"""Raw folders and plain records for the tests of this package."""

import itertools

import orjson
from upath import UPath

from ftdata.ingest.inventory import scan_raw
from ftdata.ingest.raw_logs import read_partition
from ftdata.keys import PartitionKey
from ftdata.settings import Extraction, Settings, Source

KEY = PartitionKey(date="2025-03-01", source="web")
_NUMBERS = itertools.count()


def memory_folder():
    """A data folder of its own in memory."""
    return UPath(f"memory://ingest-{next(_NUMBERS)}/data")


def put(data, path, content):
    """Write one file below the data folder."""
    target = data / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def jsonl(*records):
    """Records as JSON lines; bytes stand as they are."""
    return b"".join(r + b"\n" if isinstance(r, bytes) else orjson.dumps(r) + b"\n" for r in records)


def turn(record_id, prompt="Where is my order?", response="On its way.", **more):
    """One record with a prompt and a response."""
    return {"id": record_id, "prompt": prompt, "response": response, **more}


def chat(record_id, *contents, **more):
    """One record with a list of messages: user and assistant take turns."""
    roles = itertools.cycle(("user", "assistant"))
    messages = [
        {"role": role, "content": text} for role, text in zip(roles, contents, strict=False)
    ]
    return {"id": record_id, "messages": messages, **more}


def read(data, fields=None, **options):
    """The result and the file facts of the partition `KEY`."""
    files = scan_raw(data, Settings()).partitions[KEY]
    return read_partition(data, KEY, files, Source(fields=fields or {}), Extraction(**options))


def read_records_of(*records, fields=None, **options):
    """The result for a partition of one JSONL file."""
    data = memory_folder()
    put(data, "raw/web/2025-03-01.jsonl", jsonl(*records))
    return read(data, fields, **options)[0]


def contents(row):
    """The text of a row's messages."""
    return [message["content"] for message in row["messages"]]


def drop_reasons(result):
    """(line, reason, quarantined) of every drop."""
    return [(d["line"], d["reason"], d["quarantined"]) for d in result.drops.to_pylist()]
