"""Figures on whole logs, cleaned as a build cleans them: leaks, addresses, names, false hits."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from ftdata.cleaning.clean import clean_partition
from ftdata.ingest.inventory import scan_raw
from ftdata.ingest.raw_logs import read_partition
from ftdata.project import open_project
from ftdata.settings import Source
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_dedup import Dedup
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
_PRACTICES = frozenset(
    {"care", "center", "centre", "clinic", "concierge", "cosmetic", "dental", "dentistry",
     "dentist",
     "dermatology", "family", "group", "health", "inc", "institute", "lab", "medical", "medicine",
     "office", "physicians", "practice", "skin", "smile", "smiles", "spa", "associates"}
)  # fmt: skip
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


def log_figures(data: Path, scratch: Path) -> Iterator[Figure]:
    """All figures on the logs of a data folder."""
    logs = data / "logs"
    if not (logs / "truth.jsonl.gz").exists():
        yield absent("logs", "logs/truth.jsonl.gz")
        return
    turns = read_turns(logs)
    yield from _addresses(turns)
    yield from _false_hits(turns)
    cleaned = cleaned_texts(raw_tables(logs, scratch / "logs"))
    yield from _leaks(turns, cleaned)
    yield from _names(turns, scratch)


def cleaned_texts(tables: list[pa.Table]) -> dict[str, str]:
    """Conversation → everything said in it, after cleaning; those that were dropped are not in."""
    said: dict[str, list[str]] = defaultdict(list)
    for table in tables:
        cleaned = clean_partition(table, NO_DUPLICATES).table
        for row in cleaned.select(["conversation_id", "messages"]).to_pylist():
            texts = (
                message[name] for message in row["messages"] for name in ("content", "tool_calls")
            )
            said[row["conversation_id"]] += [text for text in texts if text]
    return {conversation: "\n".join(texts) for conversation, texts in said.items()}


def survives(value: str, text: str) -> bool:
    """Whether a value stands in a text as words of its own."""
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text) is not None


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


def _leaks(turns: list[Turn], cleaned: dict[str, str]) -> Iterator[Figure]:
    """Share of labelled places whose text is still there."""
    left: dict[str, list[bool]] = defaultdict(list)
    for turn in turns:
        text = cleaned.get(turn.conversation)
        for entity, value in turn.spans if text is not None else ():
            left[entity].append(survives(value, text or ""))
    for entity, survived in sorted(left.items()):
        share = sum(survived) / len(survived)
        yield Figure(f"labelled {entity} left in cleaned logs ({len(survived)})", share)


def is_person(label: str) -> bool:
    """Whether a label is a person's: some are a practice's, by the name of its slot."""
    words = set(re.findall(r"[a-z]+", label.lower()))
    return not words & _PRACTICES


def _names(turns: list[Turn], scratch: Path) -> Iterator[Figure]:
    """Conversations of which no labelled name is left, where a log field holds the customer's."""
    names: dict[str, list[str]] = defaultdict(list)
    for turn in turns:
        labels = [text for entity, text in turn.spans if entity == "PERSON"]
        names[turn.conversation] += filter(is_person, labels)
    wanted = {conversation: found for conversation, found in names.items() if found}
    for told in (True, False):
        raw = scratch / f"names-{told}"
        path = raw / "people" / "2025-03-01.jsonl"
        path.parent.mkdir(parents=True)
        with path.open("w", encoding="utf-8") as file:
            for turn in turns:
                if turn.conversation in wanted:
                    json.dump(_with_field(turn, wanted[turn.conversation][0], told=told), file)
                    file.write("\n")
        cleaned = cleaned_texts(raw_tables(raw, scratch / f"named-{told}"))
        right = [
            not any(survives(name, cleaned[conversation]) for name in found)
            for conversation, found in wanted.items()
            if conversation in cleaned
        ]
        how = "with log fields" if told else "from the texts alone"
        yield Figure(f"PERSON, conversations without a labelled name left, {how} ({len(right)})",
                     sum(right) / max(len(right), 1), target=0.95 if told else None)  # fmt: skip


def _with_field(turn: Turn, name: str, *, told: bool) -> dict[str, Any]:
    record = {
        "id": turn.truth["id"],
        "conversation_id": turn.conversation,
        "timestamp": turn.record.get("timestamp"),
        "prompt": turn.text("prompt"),
        "response": turn.text("response"),
    }
    return record | ({"metadata": {"customer_name": name}} if told else {})
