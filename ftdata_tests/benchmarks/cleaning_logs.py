"""Records of the logs with their truth, and what is found in their texts: addresses, numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from ftdata.cleaning.pii.finder import open_finder
from ftdata.ingest.inventory import scan_raw
from ftdata.ingest.raw_logs import read_partition
from ftdata.project import open_project
from ftdata.settings import Source
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_dedup import Dedup
from ftdata.settings_pii import Pii
from ftdata_tests.benchmarks.cleaning_figures import Figure, absent
from ftdata_tests.benchmarks.cleaning_pii import NUMBERS, compare
from ftdata_tests.benchmarks.cleaning_truth import (
    Find,
    Labelled,
    entity_of,
    read_jsonl,
    score_places,
)

DIALOGUE = ("sgd", "tau-retail-fewshot")  # whose street addresses are labelled
AGENTS = ("tau-retail-fewshot", "abcd-sample")
NO_DUPLICATES = Cleaning(dedup=Dedup(enabled=False), max_workers=1)
# Other names for the usual fields, in some of the sources.
FIELDS = {
    "id": "ticket_id", "conversation_id": "session", "prompt": "question", "response": "answer",
}  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """A record of the logs with its truth."""

    record: dict[str, Any]
    truth: dict[str, Any]

    def text(self, field: str) -> str:
        """The prompt or the response."""
        return self.record.get(field) or self.record.get(FIELDS[field]) or ""

    @property
    def conversation(self) -> str:
        """The conversation it belongs to."""
        return str(self.record.get("conversation_id") or self.record.get("session"))

    @property
    def spans(self) -> list[tuple[str, str]]:
        """Labelled personal data: entity and text."""
        return [
            (entity_of(entity), self.text(field)[start:end])
            for field, start, end, entity in self.truth.get("pii") or []
        ]


def read_turns(logs: Path) -> list[Turn]:
    """Every record with its truth, in the order of the files."""
    truth = {row["id"]: row for row in read_jsonl(logs / "truth.jsonl.gz")}
    files = sorted(path for path in logs.glob("*/*.jsonl*"))
    records = [record for path in files for record in read_jsonl(path)]
    named = ((record.get("id") or record.get("ticket_id"), record) for record in records)
    return [Turn(record, truth[id_]) for id_, record in named if id_ in truth]


def raw_tables(raw: Path, scratch: Path) -> list[pa.Table]:
    """The `raw_logs` tables of a folder of sources, with a user's default settings."""
    (scratch / "data").mkdir(parents=True)
    (scratch / "data" / "raw").symlink_to(raw.resolve())
    project = open_project(scratch / "ftdata.yaml")
    found = scan_raw(project.store.data, project.settings).partitions
    return [
        read_partition(
            project.store.data, key, files, Source(), project.settings.extraction
        )[0].table
        for key, files in sorted(found.items(), key=str)
    ]  # fmt: skip


def log_figures(data: Path) -> Iterator[Figure]:
    """What is found in the texts of the logs as they are."""
    logs = data / "logs"
    if not (logs / "truth.jsonl.gz").exists():
        yield absent("places found in logs", "logs/truth.jsonl.gz")
        return
    turns = read_turns(logs)
    yield from _addresses(turns)
    yield from _false_hits(turns)
    yield from _secrets(turns)


def _addresses(turns: list[Turn]) -> Iterator[Figure]:
    texts = [
        Labelled(turn.text(name), tuple(
            (start, end, "ADDRESS") for field, start, end, entity in turn.truth.get("pii") or []
            if field == name and entity in ("STREET_ADDRESS", "ZIP_CODE")))
        for turn in turns if turn.truth["dataset"] in DIALOGUE for name in ("prompt", "response")
    ]  # fmt: skip
    # Unlabelled addresses stand in the other texts (SCORING.md): what is found there may be right.
    labelled = [text for text in texts if text.places]
    count = sum(len(text.places) for text in labelled)
    if not count:
        yield absent("ADDRESS F1 on dialogue", "a labelled address")
        return
    for name, chosen, target in (
        (f"ADDRESS F1 on dialogue, texts with a labelled one ({count})", labelled, 0.80),
        (f"ADDRESS F1 on dialogue, all {len(texts)} texts", texts, None),
    ):
        yield compare(
            name,
            lambda find, t=chosen: score_places(t, find, ["ADDRESS"]).of("ADDRESS").f1,
            target=target,
        )


def _false_hits(turns: list[Turn]) -> Iterator[Figure]:
    """Numbers found in what agents say that are not labelled."""
    agents = [turn for turn in turns if turn.truth["dataset"] in AGENTS]
    if not agents:
        yield absent("PHONE, CARD, SSN false hits, retail-agent turns", "a turn of theirs")
        return

    def count(find: Find) -> int:
        hits = 0
        for turn in agents:
            text = turn.text("response")
            labelled = {value for _, value in turn.spans}
            hits += sum(
                entity in NUMBERS and text[start:end] not in labelled
                for start, end, entity in find(text)
            )
        return hits

    name = f"PHONE, CARD, SSN false hits, {len(agents)} retail-agent turns"
    yield compare(name, count, target=0, at_most=True)


def _secrets(turns: list[Turn]) -> Iterator[Figure]:
    """Hits in all texts; the logs are published sets of dialogues, with no secret labelled."""
    find = open_finder(Pii(entities=("SECRET",)))
    texts = [turn.text(name) for turn in turns for name in ("prompt", "response")]
    if not texts:
        yield absent("SECRET hits", "a text of the logs")
        return
    hits = sum(len(find(text)) for text in texts)
    yield Figure(f"SECRET hits, none labelled, {len(texts):,} texts of the logs", hits)
