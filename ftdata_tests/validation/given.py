"""Stage tables with plain values, and what the rules see of them."""

from __future__ import annotations

from ftdata import tables
from ftdata.keys import PartitionKey
from ftdata.storage import StoredPartition, count_reasons
from ftdata.validation.frames import partition_frames

WEB = PartitionKey(date="2025-03-01", source="web")
CHAT = PartitionKey(date="2025-03-01", source="chat")
LATER = PartitionKey(date="2025-03-02", source="web")

FILE = "raw/web/2025-03-01/numbers.md"
KINDS = ["question", "how_to", "definition", "summary"]
RATIOS = ["train"] * 24 + ["validation"] * 3 + ["test"] * 3
TAGS = {
    "category": "maths", "complexity": "simple", "domain": "science", "task_type": "reasoning",
    "tone": "neutral", "turns": "1",
}  # fmt: skip
ORIGINS = {**dict.fromkeys(TAGS, "rules"), "category": "log"}
DUPLICATE = {"reason": "near_duplicate"}
SHORT = {"reason": "too_short"}
MALFORMED = {"reason": "bad_json", "quarantined": True}


def message(role, content, **more):
    absent = dict.fromkeys(("weight", "tool_calls", "tool_call_id", "name"))
    return {"role": role, "content": content, **absent, **more}


def talk(*texts, roles="ua"):
    """Messages by these roles in turn: user, assistant, user, …"""
    names = {"s": "system", "u": "user", "a": "assistant", "t": "tool"}
    spoken = [names[letter] for letter in roles] * len(texts)
    return [message(role, text) for role, text in zip(spoken, texts, strict=False)]


def block(text, start=0):
    """A paragraph that stands in its document from `start` on."""
    spans = [{"start": start, "end": start + len(text), "at": 0}]
    return {
        "kind": "paragraph", "text": text, "spans": spans, "line": 1, "items": [], "label": "",
    }  # fmt: skip


def section(number, key=WEB):
    """A row of `documents` with one paragraph."""
    text = f"It is the number {number}."
    return {
        "id": f"c-{number}", "source": key.source, "date": key.date, "position": number,
        "file": FILE, "sha256": "0" * 64, "document": "numbers.md", "title": "Numbers",
        "language": "en", "heading_path": ["Numbers", f"{number}"], "order": number,
        "start": 100 * number, "end": 100 * number + len(text), "line": number + 1,
        "blocks": [block(text, 100 * number)],
    }  # fmt: skip


def row(stage, number, key=WEB):
    """A row that every rule of the stage lets pass."""
    if stage == "documents":
        return section(number, key)
    place = {
        "id": f"id-{number}",
        "source": key.source,
        "date": key.date,
        "position": number,
        "conversation_id": f"c-{number}",
        "record_ids": [f"r-{number}"],
        "origins": [f"raw.jsonl:{number}"],
        "messages": talk(f"What is {number}?", f"It is the number {number}."),
        "tools": None,
        "language": "en",
        "refusal": None,
        "scores": {"quality": 1.0},
        "worse_reply": None,
        "rejected": None,
    }
    turns = {"started_at": None, "ratings": [5.0], "turn_records": [0, 0]}
    told = {"category": "maths", "model": "m", "metadata": None, "provenance": None, "tags": None}
    answer = section(number, key)["blocks"][0]
    made = {"kind": KINDS[number % 4], "spans": answer["spans"], "user_id": None}
    made |= {"provenance": "generated/rules"}
    example = {
        "variant": 0,
        "parent_id": None,
        "provenance": "log",
        "tokens": 20,
        "trained_tokens": 8,
        "tokenizer": "estimate",
        "tags": TAGS,
        "tag_origins": ORIGINS,
    }
    dealt = {
        "judgement": None,
        "stratum": "maths",
        "group_id": f"id-{number}",
        "split": RATIOS[number % 30],
        "words": [],
        "turns": [],
        "prefixes": [],
        "dedup_words": [],
        "dedup_text": number,
        "dedup_completion": None,
        "dedup_vector": None,
    }
    return (
        place
        | {
            "generated_examples": turns | told | made,
            "raw_logs": turns | told | {"user_id": "u"},
            "cleaned": turns | told | {"redactions": {}, "flags": []},
            "formatted": example,
            "augmented": example,
            "validated_splits": example | dealt,
        }[stage]
    )


def variant(stage, number, parent):
    """A derived variant, as the last row of the parent's partition."""
    return row(stage, number) | {
        "variant": 1,
        "parent_id": parent["id"],
        "provenance": "paraphrase/rules",
        "messages": talk("Tell me: what is it?", "It is the number."),
        "group_id": parent["id"],
        "split": "train",
    }


def rows(stage, count=30, key=WEB):
    return [row(stage, number, key) for number in range(count)]


def frames(stage, given, drops=(), key=WEB, extra_in=0):
    """What the rules see of a partition that holds these rows and drops.

    `extra_in` rows were read and stand in no table.
    """
    plain = [{name: r[name] for name in tables.schema(stage).names} for r in given]
    table = tables.from_rows(stage, plain) if plain else tables.empty(stage)
    dropped = tables.drops_table(
        [{"record_id": f"d-{i}", "stage": stage, **drop} for i, drop in enumerate(drops)]
    )
    return partition_frames(
        record(stage, key, table, dropped, extra_in),
        table,
        dropped,
        pii_left=find_at_signs,
        tokens_left=find_bars,
        dedup_texts=user_texts,
        sections=tables.from_rows("documents", [section(n, key) for n in range(40)]),
    )


def record(stage, key, table, drops, extra_in=0):
    kept = table.num_rows
    if stage == "raw_logs":
        kept = sum(map(len, table.column("record_ids").to_pylist()))
    quarantined, reasons = count_reasons(drops)
    return StoredPartition(
        stage=stage,
        source=key.source,
        date=key.date,
        code_version="1",
        inputs={},
        rows_in=kept + drops.num_rows + extra_in,
        rows_out=kept,
        rows_dropped=drops.num_rows - quarantined,
        rows_quarantined=quarantined,
        reasons=reasons,
        facts={},
        files=({"path": FILE},) if stage == "documents" else (),
        table="table.parquet",
        drops="drops.parquet",
        output="0",
    )


def find_bars(texts):
    return ["<|x|>" if text and "<|x|>" in text else None for text in texts]


def find_at_signs(texts):
    """A plain stand-in for what looks for personal data: it knows one number and the `@`."""
    return [
        "EMAIL" if "@" in text else "SSN" if "123-45-6789" in text else None
        for text in (text or "" for text in texts)
    ]


def user_texts(messages):
    return [
        "\n".join(m["content"] for m in talked if m["role"] == "user")
        for talked in messages.to_pylist()
    ]


def results_by_rule(results, key=WEB):
    return {result.rule.name: result for result in results if result.partition == key}
