"""Erasing ten users from the shared logs: what is left of them, what it takes, what else changes.

    python -m ftdata_tests.benchmarks.erasure --data DIR [--dates N] [--json]

Every conversation of DIR/logs is given one of 1,500 users, drawn from its id by a hash. A model, at
a server on this machine, writes a part of the variants, so that its cache and journal hold some.
Ten users are drawn from a seed. What is looked for is all their ids (of users, conversations,
records, and of the examples made of them) and every stretch of 40 characters of their raw texts, of
their cleaned ones and of the variants derived from them that stands in no other record; in every
file of the project but the raw ones, tables, archives and databases opened.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import json
import os
import random
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from ftdata.cli import main as ftdata
from ftdata.ingest.inventory import scan_raw
from ftdata.keys import PartitionKey
from ftdata.project import Project, open_project
from ftdata.tables import Stage
from ftdata_tests.benchmarks.duplicates_figures import (
    Figure,
    as_json,
    at_least,
    at_most,
    line,
    stated,
)
from ftdata_tests.llm.chat_server import Reply, serving
from ftdata_tests.llm.material_answers import answer_of
from ftdata_tests.traces import traces, windows

USERS, ERASED, SEED = 1_500, 10, 7
SETTINGS = """\
llm: {model: writer-1, retries: 0, prices: {writer-1: {input: 1, output: 4}}}
augmentation:
  writer: model
  max_share: 0.1
  augmenters: {back_translation: 1, reasoning: 1, preferences: 1, paraphrase: 1}
"""
_TEXTS = ("prompt", "response")


def user_of(record: dict[str, object]) -> str:
    """`u_` and eight digits."""
    talk = str(record.get("conversation_id") or record["id"])
    return f"u_{zlib.crc32(talk.encode()) % USERS:08d}"


def with_user(text: bytes) -> tuple[bytes, dict[str, object] | None]:
    """A line with its record's user in it; as it is, and no record, where it holds none."""
    try:
        record = json.loads(text)
    except ValueError:
        return text, None
    if not isinstance(record, dict) or "id" not in record:
        return text, None
    record["user_id"] = user_of(record)
    return json.dumps(record, ensure_ascii=False).encode(), record


def copy_logs(logs: Path, raw: Path, dates: int | None) -> list[dict[str, object]]:
    """The logs of the first dates below `raw`, each record with its user; all of them."""
    records = []
    for source in sorted(path for path in logs.iterdir() if path.is_dir()):
        for path in sorted(source.glob("*.jsonl.gz"))[:dates]:
            told = [with_user(text) for text in gzip.decompress(path.read_bytes()).splitlines()]
            target = raw / source.name / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            lines = b"".join(text + b"\n" for text, _ in told)
            target.write_bytes(gzip.compress(lines, mtime=0))
            records += [record for _, record in told if record is not None]
    return records


def strings(value: object) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


def messages(
    project: Project, stage: Stage, erased: set[str]
) -> tuple[list[str], list[str], set[str]]:
    """Texts of a stage's rows that hold an erased record, texts of all others; ids of the first."""
    own: list[str] = []
    others: list[str] = []
    ids = set[str]()
    columns = ["id", "record_ids", "messages", *(["rejected"] if stage == "augmented" else [])]
    for key in project.store.keys(stage):
        for row in project.store.read_table(stage, key, columns).to_pylist():
            is_erased = not erased.isdisjoint(row["record_ids"])
            (own if is_erased else others).extend(strings([row["messages"], row.get("rejected")]))
            ids |= {row["id"]} if is_erased else set()
    return own, others, ids


def needles(
    project: Project, records: Sequence[dict[str, object]], users: set[str]
) -> tuple[set[str], set[str]]:
    """The ids of users and of what is theirs, and the stretches of text that are theirs alone."""
    own = [record for record in records if record["user_id"] in users]
    names = {str(record["id"]) for record in own}
    ids = users | names | {str(record["conversation_id"]) for record in own}
    ours = list(strings([record.get(name) for record in own for name in _TEXTS]))
    rest = list(strings([r.get(n) for r in records if r["user_id"] not in users for n in _TEXTS]))
    for stage in ("cleaned", "augmented"):
        mine, others, rows = messages(project, stage, names)
        ours, rest, ids = ours + mine, rest + others, ids | rows
    elsewhere = "\n".join(rest)
    stretches = {one for text in set(ours) for one in windows(text)}
    return ids, {one for one in stretches if one not in elsewhere}


def run(*arguments: object) -> dict[str, object]:
    """A command's JSON; its progress stays unseen."""
    out = io.StringIO()
    quiet = contextlib.redirect_stderr(io.StringIO())
    with contextlib.redirect_stdout(out), quiet, contextlib.suppress(SystemExit):
        ftdata([*map(str, arguments), "--json"])
    return json.loads(out.getvalue())


def measure(logs: Path, folder: Path, dates: int | None) -> Iterator[Figure]:
    """Build, erase, and look."""
    settings = folder / "p" / "ftdata.yaml"
    run("init", settings.parent)
    settings.write_text(SETTINGS)
    raw = settings.parent / "data" / "raw"
    records = copy_logs(logs, raw, dates)
    began = time.perf_counter()
    built = run("build", "--settings", settings)
    project = open_project(settings)
    yield stated("build", "partitions", len(built["built"]))
    yield stated("build", "seconds", time.perf_counter() - began)
    drawn = random.Random(SEED).sample(sorted({str(r["user_id"]) for r in records}), ERASED)
    ids, texts = needles(project, records, set(drawn))
    before = traces(settings.parent, ids | texts, raw)
    yield stated("before", "ids", len(ids))
    yield stated("before", "stretches of text", len(texts))
    yield at_least("before", "files that hold any", len(before), 1)
    found = {one for held in before.values() for one in held}
    yield stated("before", "ids and stretches found", len(found))
    chat = [path for path in before if "cache/chat" in path]
    yield at_least("before", "of these, files of answers", len(chat), 1)
    yield from after(settings, drawn, ids | texts)


def after(settings: Path, users: Sequence[str], sought: set[str]) -> Iterator[Figure]:
    """Erase the users; what is left, what it took, and what it left alone."""
    project = open_project(settings)
    keys = list(scan_raw(project.store.data, project.settings).partitions)
    outputs = {key: output_of(project, key) for key in keys}
    options = [part for user in users for part in ("--user", user)]
    began = time.perf_counter()
    answer = run("erase", "--settings", settings, *options, "--yes")
    yield stated("erase", "seconds", time.perf_counter() - began)
    yield at_least("erase", "finished", float(bool(answer.get("finished"))), 1)
    named = {PartitionKey.parse(key) for key in answer["partitions"]}
    yield stated("erase", "partitions", len(named))
    yield stated("erase", "raw lines listed", sum(len(one["lines"]) for one in answer["raw"]))
    removed = answer["erasures"]["removed"]
    for name in ("answers", "runs"):
        yield stated("erase", f"{name} removed", removed[name])
    yield stated("erase", "versions removed", len(removed["versions"]))
    changed = [key for key in keys if key not in named and output_of(project, key) != outputs[key]]
    yield at_most("erase", "other partitions built again", len(changed), 0)
    left = traces(settings.parent, sought, settings.parent / "data" / "raw")
    for path, held in left.items():
        print(f"{path}: {len(held)}, such as {held[0]!r}", file=sys.stderr)
    yield at_most("after", "files that hold any", len(left), 0)
    status = run("status", "--settings", settings)
    yield at_least("after", "dataset current", float(status["dataset"]["current"]), 1)


def output_of(project: Project, key: PartitionKey) -> str:
    """What the partition's splits are, and when they were written."""
    record = project.store.existing_record("validated_splits", key)
    path = project.store.root / "validated_splits" / key.source / key.date / "partition.json"
    return f"{record.output} {path.stat().st_mtime_ns}"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds logs/")
    parser.add_argument("--dates", type=int, help="of each source, the first ones (all)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, serving() as server:
        os.environ |= {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-not-a-real-key"}
        server.answer = lambda request: Reply(answer_of(request))
        figures = list(measure(options.data.absolute() / "logs", Path(scratch), options.dates))
    if options.json:
        print(json.dumps(as_json(figures)))
    else:
        print("\n".join(map(line, figures)))


if __name__ == "__main__":
    main()
