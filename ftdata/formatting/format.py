"""The stage `formatted`: cleaned conversations in, canonical examples and drops out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import pyarrow as pa

from ftdata import tables
from ftdata.chat import ChatModel
from ftdata.formatting.by_model import Redact, tag_by_model
from ftdata.formatting.conversation import Refusal, canonical_messages
from ftdata.formatting.tags import READ, Tag, example_tags
from ftdata.formatting.tokens import Tokenizer
from ftdata.formatting.tool_calls import as_text, parse_tools
from ftdata.settings_formatting import Formatting
from ftdata.tables import StageResult
from ftdata.tagging.values import domain_names
from ftdata.token_count import ExampleTokens, Message, count_examples

_CARRIED = (
    "id", "source", "date", "position", "conversation_id", "record_ids", "origins", "scores",
)  # fmt: skip
_READ = (*READ, "id", "messages", "tools", "turn_records", "worse_reply")


class _Example(NamedTuple):
    row: int  # in the cleaned table
    messages: list[Message]
    tools: str | None
    tags: dict[str, Tag]
    provenance: str
    worse_reply: str | None


_Kept = tuple[_Example, ExampleTokens]


def format_partition(
    cleaned: pa.Table,
    options: Formatting,
    tokenizer: Tokenizer,
    model: ChatModel | None = None,
    redact: Redact = str,
) -> StageResult:
    """Examples of one partition, in the order of its conversations.

    `rows_in` counts conversations, `rows_out` examples. Drops have the reasons of
    `canonical_messages`, `bad_tools` and `too_many_tokens`. A worse reply of the log is carried
    where the last reply is a text to train on. Facts: tokens, trained_tokens, tokenizer, multi_turn
    (examples with more than one user message), and tagger where a `model` tells tags: what became
    of its requests. `redact` is applied to what it is shown.

    Raises ProviderError or StorageError as `ChatModel.complete` does.
    """
    examples, drops = _make_examples(cleaned, options)
    counts = count_examples([example.messages for example in examples], tokenizer.count)
    kept: list[_Kept] = []
    for example, count in zip(examples, counts, strict=True):
        if count.tokens > options.max_tokens:
            detail = f"{count.tokens} tokens, at most {options.max_tokens} are allowed"
            drops.append((example.row, Refusal("too_many_tokens", detail)))
        else:
            kept.append((example, count))
    told: dict[str, Any] = {}
    if model is not None:
        kept, told = _tagged(kept, options, model, redact)
    return StageResult(
        table=_examples_table(cleaned, kept, tokenizer.name),
        drops=_drops_table(cleaned, drops),
        rows_in=cleaned.num_rows,
        rows_out=len(kept),
        facts=_facts(kept, tokenizer.name) | told,
    )


def _facts(kept: Sequence[_Kept], tokenizer: str) -> dict[str, Any]:
    return {
        "tokens": sum(count.tokens for _, count in kept),
        "trained_tokens": sum(count.trained_tokens for _, count in kept),
        "tokenizer": tokenizer,
        "multi_turn": sum(int(example.tags["turns"][0]) > 1 for example, _ in kept),
    }


def _tagged(
    kept: list[_Kept], options: Formatting, model: ChatModel, redact: Redact
) -> tuple[list[_Kept], dict[str, Any]]:
    """The examples with a model's tags, and the fact about it."""
    asked = [(example.messages, example.tags) for example, _ in kept]
    tagged = tag_by_model(asked, domain_names(options.domains), model, redact)
    retold = [
        (example._replace(tags=tags), count)
        for (example, count), tags in zip(kept, tagged.tags, strict=True)
    ]
    return retold, {"tagger": tagged.counts}


def _make_examples(
    cleaned: pa.Table, options: Formatting
) -> tuple[list[_Example], list[tuple[int, Refusal]]]:
    examples, drops = [], []
    for number, row in enumerate(cleaned.select(_READ).to_pylist()):
        ratings = [row["ratings"][record] for record in row["turn_records"]]
        made = canonical_messages(row["messages"], ratings, options)
        tools = parse_tools(row["tools"]) if row["tools"] else []
        if tools is None and not isinstance(made, Refusal):
            made = Refusal("bad_tools", "tools is no list of functions, each with a name")
        if isinstance(made, Refusal):
            drops.append((number, made))
            continue
        tags = example_tags(made, row, options.own_domains)
        provenance = row["provenance"] or "log"
        text = as_text(tools or (), row["tools"])
        worse = row["worse_reply"] if _ends_in_trained_text(made) else None
        examples.append(_Example(number, made, text, tags, provenance, worse))
    return examples, drops


def _ends_in_trained_text(messages: Sequence[Message]) -> bool:
    """Whether another reply can stand where the last one does."""
    return messages[-1]["weight"] == 1 and not messages[-1]["tool_calls"]


def _examples_table(cleaned: pa.Table, kept: Sequence[_Kept], tokenizer: str) -> pa.Table:
    types = {column.name: column.type for column in tables.FORMATTED}
    made: dict[str, list[Any]] = {
        "variant": [0] * len(kept),
        "parent_id": [None] * len(kept),
        "provenance": [example.provenance for example, _ in kept],
        "messages": [example.messages for example, _ in kept],
        "tools": [example.tools for example, _ in kept],
        "tokens": [count.tokens for _, count in kept],
        "trained_tokens": [count.trained_tokens for _, count in kept],
        "tokenizer": [tokenizer] * len(kept),
        "worse_reply": [example.worse_reply for example, _ in kept],
    }
    rows = pa.array([example.row for example, _ in kept], pa.int64())
    table = cleaned.select(_CARRIED).take(rows)
    for name, values in made.items():
        table = table.append_column(name, pa.array(values, types[name]))
    for name, column in _tag_columns([example.tags for example, _ in kept]).items():
        table = table.append_column(name, column)
    return tables.conform("formatted", table)


def _tag_columns(tagged: Sequence[dict[str, Tag]]) -> dict[str, pa.MapArray]:
    """The columns of tags and of their origins."""
    offsets = pa.array([0, *accumulate(map(len, tagged))], pa.int32())
    names = pa.array([name for tags in tagged for name in tags], pa.string())
    flat = [tag for tags in tagged for tag in tags.values()]
    values, origins = (pa.array([tag[at] for tag in flat], pa.string()) for at in (0, 1))
    return {
        "tags": pa.MapArray.from_arrays(offsets, names, values),
        "tag_origins": pa.MapArray.from_arrays(offsets, names, origins),
    }


def _drops_table(cleaned: pa.Table, drops: Sequence[tuple[int, Refusal]]) -> pa.Table:
    ids = cleaned.column("id")
    return tables.drops_table(
        [
            {
                "record_id": ids[row].as_py(),
                "stage": "formatted",
                "reason": refusal.reason,
                "detail": refusal.detail,
            }
            for row, refusal in sorted(drops, key=lambda drop: drop[0])
        ]
    )
