"""The columns of every stage's table, each with its type and one line of documentation.

`documents` has one row per section; `raw_logs`, `generated_examples` and `cleaned` one per
conversation (or per turn, where `group_turns` is off); `formatted`, `augmented` and
`validated_splits` one per example. Rows keep the canonical order within a partition: `position`,
then `variant`. `drops` stands beside every table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pyarrow as pa

from ftdata.keys import SourceKind

Stage = Literal[
    "documents", "generated_examples", "raw_logs",
    "cleaned", "formatted", "augmented", "validated_splits",
]  # fmt: skip
_FROM_CONVERSATIONS: tuple[Stage, ...] = ("cleaned", "formatted", "augmented", "validated_splits")
STAGES: tuple[Stage, ...] = ("documents", "generated_examples", "raw_logs", *_FROM_CONVERSATIONS)
# The stages that a source of each kind goes through.
CHAINS: dict[SourceKind, tuple[Stage, ...]] = {
    "logs": ("raw_logs", *_FROM_CONVERSATIONS),
    "examples": ("raw_logs", *_FROM_CONVERSATIONS),
    "documents": ("documents", "generated_examples", *_FROM_CONVERSATIONS),
    "synthetic": ("generated_examples", *_FROM_CONVERSATIONS),
}
FIRST_STAGES: tuple[Stage, ...] = tuple(sorted({chain[0] for chain in CHAINS.values()}))  # of files
# Before redaction: readable by their owner alone.
PRIVATE_STAGES: tuple[Stage, ...] = ("documents", "generated_examples", "raw_logs")

SPLITS = ("train", "validation", "test")

MESSAGE = pa.struct(
    [
        pa.field("role", pa.string()),  # system, user, assistant or tool
        pa.field("content", pa.string()),  # null only where there are tool calls
        pa.field("weight", pa.int8()),  # 0 or 1 on assistant messages, else null
        pa.field("tool_calls", pa.string()),  # JSON list as in OpenAI's messages
        pa.field("tool_call_id", pa.string()),
        pa.field("name", pa.string()),
    ]
)


@dataclass(frozen=True)
class Column:
    """One documented column of a stage table."""

    name: str
    type: pa.DataType
    text: str
    nullable: bool = False


_PLACE = (
    Column("id", pa.string(), "Content-addressed id of the row, unique in the dataset."),
    Column("source", pa.string(), "Source folder the row came from."),
    Column("date", pa.string(), "Date of the partition (ISO), that of the raw file."),
    Column("position", pa.int64(), "Canonical order within the partition."),
    Column("conversation_id", pa.string(), "Conversation within the source."),
    Column("record_ids", pa.list_(pa.string()), "Ids of the raw records joined here, in order."),
    Column("origins", pa.list_(pa.string()), "`file:line` of each of those records."),
)
_CONVERSATION = (
    *_PLACE,
    Column("started_at", pa.timestamp("us", tz="UTC"), "Instant of the first turn.", nullable=True),
    Column("messages", pa.list_(MESSAGE), "Messages in time order."),
    Column("ratings", pa.list_(pa.float64()), "Rating of each record, null where unrated."),
    Column("turn_records", pa.list_(pa.int32()), "Index into record_ids for each message."),
    Column("tools", pa.string(), "JSON list of the tools on offer.", nullable=True),
    Column("category", pa.string(), "Category given by the log.", nullable=True),
    Column("model", pa.string(), "Model that answered.", nullable=True),
    Column("metadata", pa.string(), "JSON object of the log's own metadata.", nullable=True),
    Column("provenance", pa.string(), "Who made it; null for a log.", nullable=True),
    Column("tags", pa.map_(pa.string(), pa.string()), "Tags it came with.", nullable=True),
)

_SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("at", pa.int32())])
BLOCK = pa.struct(
    [
        pa.field("kind", pa.string()),  # paragraph, list, steps, table, code, …
        pa.field("text", pa.string()),  # Markdown
        pa.field("spans", pa.list_(_SPAN)),  # what of the document it is made of
        pa.field("line", pa.int32()),
        pa.field("items", pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))),
        pa.field("label", pa.string()),
    ]
)
DOCUMENTS = (
    Column("id", pa.string(), "Content-addressed id of the section."),
    Column("source", pa.string(), "Source folder the document came from."),
    Column("date", pa.string(), "Date of the partition (ISO), that of the snapshot."),
    Column("position", pa.int64(), "Canonical order within the partition."),
    Column("file", pa.string(), "The document, relative to the data folder."),
    Column("sha256", pa.string(), "Hash of the file."),
    Column("document", pa.string(), "The document, relative to its snapshot's folder."),
    Column("title", pa.string(), "Title of the document."),
    Column("language", pa.string(), "Language of the document (ISO 639-1).", nullable=True),
    Column("heading_path", pa.list_(pa.string()), "Headings from the first to its own."),
    Column("order", pa.int32(), "Order within the document, from 0."),
    Column("start", pa.int32(), "First character in the document's text."),
    Column("end", pa.int32(), "Character after the last."),
    Column("line", pa.int32(), "First line, from 1."),
    Column("blocks", pa.list_(BLOCK), "Paragraphs, lists, steps, tables, code, in order."),
)
RAW_LOGS = (
    *_CONVERSATION,
    Column("user_id", pa.string(), "User of the conversation; goes no further.", nullable=True),
)
GENERATED_EXAMPLES = (
    *RAW_LOGS,
    Column("kind", pa.string(), "Instruction kind: `question`, `how_to`, …"),
    Column("spans", pa.list_(_SPAN), "Where in the document the answer stands.", nullable=True),
)
_SCORES = Column(
    "scores",
    pa.map_(pa.string(), pa.float64()),
    "clarity, completeness, coherence, and quality made of them: 0 to 1, to order by.",
    nullable=True,
)
_WORSE_REPLY = Column(
    "worse_reply", pa.string(), "Worse-rated reply of the log to the same prompt.", nullable=True
)
CLEANED = (
    *_CONVERSATION,
    Column("redactions", pa.map_(pa.string(), pa.int32()), "What was redacted, by entity."),
    Column("flags", pa.list_(pa.string()), "What was noticed and kept, such as `fixed_encoding`."),
    Column("language", pa.string(), "Language of the prompts (ISO 639-1).", nullable=True),
    Column("refusal", pa.string(), "How the last answer refuses: `decline`, …", nullable=True),
    _SCORES,
    _WORSE_REPLY,
)
_EXAMPLE = (
    *_PLACE,
    Column("variant", pa.int32(), "0 for an original, then its derived variants in order."),
    Column("parent_id", pa.string(), "Example this one was derived from.", nullable=True),
    Column(
        "provenance",
        pa.string(),
        "`log`, `generated/rules`, or augmenter and generator: `paraphrase/rules`.",
    ),
    Column("messages", pa.list_(MESSAGE), "Messages as trained on, system prompt included."),
    Column("tools", pa.string(), "JSON list of the tools on offer.", nullable=True),
    Column("tokens", pa.int32(), "Tokens of all messages."),
    Column("trained_tokens", pa.int32(), "Tokens of the assistant messages with weight 1."),
    Column("tokenizer", pa.string(), "What counted the tokens: name and hash, or `estimate`."),
    Column("tags", pa.map_(pa.string(), pa.string()), "Tags such as category, task_type, turns."),
    Column(
        "tag_origins",
        pa.map_(pa.string(), pa.string()),
        "Where each tag comes from: `log`, `rules`, `model` or `generator`.",
    ),
    _SCORES,
)
FORMATTED = (*_EXAMPLE, _WORSE_REPLY)
AUGMENTED = (
    *_EXAMPLE,
    Column(
        "rejected",
        pa.string(),
        "Worse reply to the same prompt; null where the example is no preference pair.",
        nullable=True,
    ),
)
VALIDATED_SPLITS = (
    *AUGMENTED,
    Column(
        "judgement",
        pa.string(),
        "JSON of a judge's scores and reasons; null where none judged it.",
        nullable=True,
    ),
    Column("stratum", pa.string(), "Combination of tags spread evenly over the splits."),
    Column("group_id", pa.string(), "Id of the earliest example tied to this one."),
    Column("split", pa.string(), "train, validation or test."),
    Column("words", pa.list_(pa.uint64()), "Sorted hashes of the prompt's word set."),
    Column("turns", pa.list_(pa.uint64()), "Hashes of the turns of eight words or more."),
    Column("prefixes", pa.list_(pa.uint64()), "Hash of the conversation up to each message."),
    Column("dedup_words", pa.list_(pa.uint64()), "Sorted hashes of the compared text's shingles."),
    Column("dedup_text", pa.uint64(), "Hash of the compared text, normalised."),
    Column("dedup_completion", pa.uint64(), "Hash of the replies, where it counts.", nullable=True),
    Column("dedup_vector", pa.binary(), "Embedding, one signed byte a value.", nullable=True),
)

COLUMNS: dict[Stage, tuple[Column, ...]] = {
    "documents": DOCUMENTS,
    "generated_examples": GENERATED_EXAMPLES,
    "raw_logs": RAW_LOGS,
    "cleaned": CLEANED,
    "formatted": FORMATTED,
    "augmented": AUGMENTED,
    "validated_splits": VALIDATED_SPLITS,
}


def schema(stage: Stage) -> pa.Schema:
    """Arrow schema of a stage's table; nullability is enforced by `conform`."""
    return pa.schema([pa.field(c.name, c.type, nullable=c.nullable) for c in COLUMNS[stage]])


DROPS = pa.schema(
    [
        pa.field("record_id", pa.string()),  # the row's id; null where a line held none
        pa.field("stage", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),  # snake_case, from a small set
        pa.field("detail", pa.string()),  # redacted; which rule, which canonical record, …
        pa.field("quarantined", pa.bool_(), nullable=False),  # malformed input, not a choice
        pa.field("file", pa.string()),  # relative to the data folder
        pa.field("line", pa.int64()),  # 1-based
    ]
)


# The reason of `generated_examples` for a section that no example is made of.
NO_EXAMPLE = "no_example"

PRINTS = pa.schema(
    [
        pa.field("dedup_words", pa.list_(pa.uint64()), nullable=False),
        pa.field("dedup_text", pa.uint64(), nullable=False),
    ]
)  # what is compared of a row, kept apart from the table to be read quickly


@dataclass(frozen=True)
class StageResult:
    """What a stage made of one partition.

    `rows_in` and `rows_out` are counted in the stage's own unit: raw records for `raw_logs`,
    conversations for `cleaned`, examples after it. `drops` has one row for each unit that did not
    come through, so that `rows_in == rows_out + drops.num_rows` (variants made by `augmented`
    count on both sides).
    """

    table: pa.Table
    drops: pa.Table
    rows_in: int
    rows_out: int
    facts: dict[str, Any]  # JSON values for the metadata: redactions by entity, variants, …
    prints: pa.Table | None = None  # PRINTS, row by row of `table`; of `cleaned` alone
    shown: Mapping[str, Any] = field(default_factory=dict)  # for the UI alone, never stored
    renamed: Mapping[str, str] = field(default_factory=dict)  # raw files that hold personal data


def column_type(stage: Stage, name: str) -> pa.DataType:
    """Arrow type of one column of a stage's table. Raises KeyError for a column it has not."""
    return schema(stage).field(name).type


def from_rows(stage: Stage, rows: list[dict[str, Any]]) -> pa.Table:
    """A stage's table from row dicts; raises pa.ArrowInvalid where a value does not fit."""
    return conform(stage, pa.Table.from_pylist(rows, schema=_lenient(schema(stage))))


def conform(stage: Stage, table: pa.Table) -> pa.Table:
    """`table` with exactly the stage's columns and types, in order.

    Raises ValueError that names a missing column, or a null where the schema allows none.
    """
    wanted = schema(stage)
    for column in wanted:
        if column.name not in table.column_names:
            raise ValueError(f"{stage}: column {column.name} is missing")
        if not column.nullable and table.column(column.name).null_count:
            raise ValueError(f"{stage}: column {column.name} holds nulls")
    return table.select(wanted.names).cast(wanted)


def drops_table(rows: list[dict[str, Any]]) -> pa.Table:
    """A drops table from row dicts; absent keys become null, `quarantined` becomes false."""
    filled = [{"quarantined": False, **row} for row in rows]
    return pa.Table.from_pylist(filled, schema=_lenient(DROPS)).cast(DROPS)


def empty(stage: Stage) -> pa.Table:
    """The stage's table without rows."""
    return schema(stage).empty_table()


def _lenient(strict: pa.Schema) -> pa.Schema:
    return pa.schema([field.with_nullable(True) for field in strict])
