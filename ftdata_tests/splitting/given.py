"""Examples as plain values, ties by brute force from their text, and what Hypothesis draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

import pyarrow as pa
from hypothesis import strategies as st

from ftdata import tables
from ftdata.keys import PartitionKey
from ftdata.splitting.ties import tie_columns
from ftdata.text import same_key, words

SHORT = ("hello", "thanks a lot", "Where is my order?", "where is my parcel?", "ok!")
LONG = (
    "please tell me where my order number nine is now",
    "Please tell me: where my order number nine is NOW!",
    "please tell me where my order number seven is now",
    "how do I change the address of an order that was sent",
    "how do I change the payment of an order that was paid",
    "the app shows a blank page after the last update on my phone",
)
REPLIES = ("Hello.", "It is on its way.", "One moment, please.")


@dataclass(frozen=True)
class Example:
    """One example: who says what, in turn, and where it comes from."""

    id: str
    said: tuple[tuple[str, str | None, str | None], ...]  # role, content, tool calls
    source: str = "web"
    conversation_id: str = ""
    parent_id: str | None = None
    position: int = 0
    variant: int = 0
    category: str | None = "orders"

    def messages(self) -> list[dict[str, object]]:
        return [{"role": r, "content": c, "tool_calls": calls} for r, c, calls in self.said]


def chat(name: str, *contents: str, **fields: object) -> Example:
    """An example of user and assistant in turn, in a conversation of its own."""
    said = tuple((("user", "assistant")[i % 2], text, None) for i, text in enumerate(contents))
    return replace(Example(name, said, conversation_id=f"c_{name}"), **fields)


def ties(a: Example, b: Example, threshold: float) -> set[str]:
    """The kinds of ties between two examples, worked out from their text."""
    kinds = set()
    if (a.source, a.conversation_id) == (b.source, b.conversation_id):
        kinds.add("conversation")
    if a.parent_id == b.id or b.parent_id == a.id:
        kinds.add("derived")
    left, right = (set(words("\n".join(asked(e)))) for e in (a, b))
    if min(len(left), len(right)) >= 4 and len(left & right) / len(left | right) >= threshold:
        kinds.add("prompt")
    if {same_key(t) for t in asked(a) if len(words(t)) >= 8} & {same_key(t) for t in asked(b)}:
        kinds.add("turn")
    short, long = sorted((steps(a), steps(b)), key=len)
    if short and long[: len(short)] == short:
        kinds.add("prefix")
    return kinds


def asked(example: Example) -> list[str]:
    return [content or "" for role, content, _ in example.said if role == "user"]


def steps(example: Example) -> list[tuple[str, str, str]]:
    return [(r, same_key(c or ""), calls or "") for r, c, calls in example.said if r != "system"]


def components(examples: list[Example], threshold: float) -> list[set[str]]:
    """Ids of connected examples, by relabelling until nothing changes."""
    label = {e.id: e.id for e in examples}
    for a, b in combinations(examples, 2):
        if ties(a, b, threshold) and label[a.id] != label[b.id]:
            old, new = label[b.id], label[a.id]
            label = {k: new if v == old else v for k, v in label.items()}
    return [{k for k, v in label.items() if v == name} for name in sorted(set(label.values()))]


def link_table(examples: list[Example], splits: list[str] | None = None) -> pa.Table:
    """The columns that ties are read from, with `split` where it is given."""
    columns = tie_columns([e.messages() for e in examples])
    given = {
        name: pa.array([getattr(e, name) for e in examples], pa.string())
        for name in ("id", "source", "conversation_id", "parent_id")
    }
    if splits is not None:
        given["split"] = pa.array(splits, pa.string())
    return pa.table(
        {**given, "words": columns.words, "turns": columns.turns, "prefixes": columns.prefixes}
    )


def augmented_table(examples: list[Example], key: PartitionKey) -> pa.Table:
    """The `augmented` table of a partition, in the order given, as nobody judged it."""
    rows = [
        {
            "id": e.id,
            "source": key.source,
            "date": key.date,
            "position": e.position,
            "variant": e.variant,
            "conversation_id": e.conversation_id,
            "record_ids": [f"r_{e.id}"],
            "origins": [f"raw/{key.source}/{key.date}.jsonl:{e.position + 1}"],
            "parent_id": e.parent_id,
            "provenance": "log" if e.parent_id is None else "paraphrase/rules",
            "messages": e.messages(),
            "tools": None,
            "tokens": 8,
            "trained_tokens": 4,
            "tokenizer": "estimate",
            "tags": {} if e.category is None else {"category": e.category},
            "tag_origins": {} if e.category is None else {"category": "log"},
        }
        for e in examples
    ]
    nobody = pa.nulls(len(rows), pa.string())
    return tables.from_rows("augmented", rows).append_column("judgement", nobody)


def dedup_of(table: pa.Table) -> dict[str, pa.Array]:
    """Stands in for the duplicates' columns: here the number of each row."""
    numbers = table.column("position").to_pylist()
    return {
        "dedup_words": pa.array([[n] for n in numbers], pa.list_(pa.uint64())),
        "dedup_text": pa.array(numbers, pa.uint64()),
        "dedup_completion": pa.nulls(len(numbers), pa.uint64()),
        "dedup_vector": pa.nulls(len(numbers), pa.binary()),
    }


@st.composite
def conversations(draw: st.DrawFn) -> tuple[tuple[str, str | None, str | None], ...]:
    """One to five messages out of few texts, so that ties of every kind come up."""
    said: list[tuple[str, str | None, str | None]] = []
    if draw(st.booleans()):
        said.append(("system", draw(st.sampled_from(["Be brief.", "Be kind."])), None))
    for at in range(draw(st.integers(0, 4))):
        if at % 2 == 0:
            said.append(("user", draw(st.sampled_from(SHORT + LONG)), None))
        elif draw(st.integers(0, 5)):
            said.append(("assistant", draw(st.sampled_from(REPLIES)), None))
        else:
            said.append(("assistant", None, draw(st.sampled_from(['[{"id": 1}]', '[{"id": 2}]']))))
    return tuple(said)


@st.composite
def examples(draw: st.DrawFn, prefix: str = "e", most: int = 14) -> list[Example]:
    """Examples in canonical order, some derived from one before them."""
    found: list[Example] = []
    for at in range(draw(st.integers(0, most))):
        parents = [e.id for e in found if e.variant == 0]
        derived = bool(parents) and draw(st.integers(0, 4)) == 0
        parent = draw(st.sampled_from(parents)) if derived else None
        found.append(
            Example(
                id=f"{prefix}{at}",
                said=draw(conversations()),
                source=draw(st.sampled_from(["web", "app"])),
                conversation_id=draw(st.sampled_from([f"c_{prefix}{at}"] * 4 + ["c_shared"])),
                parent_id=parent,
                position=at,
                variant=int(derived),
                category=draw(st.sampled_from(["orders", "billing", None])),
            )
        )
    return found
