"""What is left of labelled personal data in logs, cleaned as a build cleans them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from ftdata.cleaning.clean import clean_partition
from ftdata.cleaning.pii import RECOGNISERS
from ftdata_tests.benchmarks.cleaning_figures import Figure, absent
from ftdata_tests.benchmarks.cleaning_logs import NO_DUPLICATES, Turn, raw_tables, read_turns

# The truth labels the values of a slot that is sometimes filled by a practice: no person's name.
_PRACTICES = frozenset(
    {"care", "center", "centre", "clinic", "concierge", "cosmetic", "dental", "dentistry",
     "dentist", "dermatology", "family", "group", "health", "inc", "institute", "lab", "medical",
     "medicine", "office", "physicians", "practice", "skin", "smile", "smiles", "spa",
     "associates"}
)  # fmt: skip


def leak_figures(data: Path, scratch: Path) -> Iterator[Figure]:
    """Labelled places left by entity, and conversations in which no labelled name is left."""
    logs = data / "logs"
    if not (logs / "truth.jsonl.gz").exists():
        yield absent("labelled places left in cleaned logs", "logs/truth.jsonl.gz")
        return
    turns = read_turns(logs)
    yield from _leaks(turns, cleaned_texts(raw_tables(logs, scratch / "logs")))
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


def is_person(label: str) -> bool:
    """Whether a label is a person's: some are a practice's, by the name of its slot."""
    return _PRACTICES.isdisjoint(re.findall(r"[a-z]+", label.lower()))


def is_kept(entity: str, value: str) -> bool:
    """Whether a label is left alone by default, as nobody's (example.com) or a practice's name."""
    if entity == "PERSON":
        return not is_person(value)
    recogniser = next((found for name, found in RECOGNISERS.items() if name == entity), None)
    return bool(recogniser and recogniser.is_reserved and recogniser.is_reserved(value))


def _leaks(turns: list[Turn], cleaned: dict[str, str]) -> Iterator[Figure]:
    """Share of labelled places whose text is still there; those that are meant to stay apart."""
    left: dict[str, list[bool]] = defaultdict(list)
    for turn in turns:
        text = cleaned.get(turn.conversation)
        for entity, value in turn.spans if text is not None else ():
            kind = f"{entity}, kept by default," if is_kept(entity, value) else entity
            left[kind].append(survives(value, text or ""))
    for kind, survived in sorted(left.items()):
        share = sum(survived) / len(survived)
        yield Figure(f"labelled {kind} left in cleaned logs ({len(survived)})", share)


def _names(turns: list[Turn], scratch: Path) -> Iterator[Figure]:
    """With a log field that holds the customer's name, as logs have, and without one."""
    names: dict[str, list[str]] = defaultdict(list)
    for turn in turns:
        labels = [text for entity, text in turn.spans if entity == "PERSON"]
        names[turn.conversation] += filter(is_person, labels)
    wanted = {conversation: found for conversation, found in names.items() if found}
    if not wanted:
        yield absent("PERSON per conversation", "a labelled name")
        return
    for told in (True, False):
        raw = scratch / f"names-{told}"
        _write_records(raw / "people" / "2025-03-01.jsonl", turns, wanted, told=told)
        cleaned = cleaned_texts(raw_tables(raw, scratch / f"named-{told}"))
        left = [
            [survives(name, cleaned[conversation]) for name in found]
            for conversation, found in wanted.items()
            if conversation in cleaned
        ]
        how = "with log fields" if told else "from the texts alone"
        clean = sum(not any(found) for found in left) / max(len(left), 1)
        yield Figure(f"PERSON, conversations without a labelled name left, {how} ({len(left)})",
                     clean, target=0.95 if told else None)  # fmt: skip
        spans = [gone for found in left for gone in found]
        yield Figure(f"PERSON, labelled names gone, {how} ({len(spans)})",
                     1 - sum(spans) / max(len(spans), 1))  # fmt: skip


def _write_records(
    path: Path, turns: list[Turn], wanted: dict[str, list[str]], *, told: bool
) -> None:
    """Raw records of the conversations, each with its first name as metadata where `told`."""
    path.parent.mkdir(parents=True)
    with path.open("w", encoding="utf-8") as file:
        for turn in turns:
            if turn.conversation in wanted:
                json.dump(_record(turn, wanted[turn.conversation][0], told=told), file)
                file.write("\n")


def _record(turn: Turn, name: str, *, told: bool) -> dict[str, Any]:
    record = {
        "id": turn.truth["id"],
        "conversation_id": turn.conversation,
        "timestamp": turn.record.get("timestamp"),
        "prompt": turn.text("prompt"),
        "response": turn.text("response"),
    }
    return record | ({"metadata": {"customer_name": name}} if told else {})
