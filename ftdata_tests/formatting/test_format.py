from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata import tables
from ftdata.formatting.format import format_partition
from ftdata.formatting.tokens import load_tokenizer
from ftdata.settings_formatting import Formatting
from ftdata.storage import parquet_bytes
from ftdata_tests.formatting.conversations import (
    call,
    cleaned_row,
    cleaned_table,
    logged_messages,
    message,
)

ESTIMATE = load_tokenizer("estimate")
ASK = message("user", "Is the shop open?")  # 17 bytes: 5 tokens
YES = message("assistant", "Yes, until six.")  # 15 bytes: 4 tokens


def formatted(*rows: dict[str, Any], **options: Any) -> tables.StageResult:
    return format_partition(cleaned_table(*rows), Formatting(**options), ESTIMATE)


def test_one_turn_becomes_this_example() -> None:
    row = cleaned_row(
        "a", [ASK, YES], category="hours", model="m-1", ratings=[4.0], flags=["fixed_encoding"],
        language="en", refusal="hedge", scores=[("quality", 0.5)],
        tools='[{"name":"look_up","parameters":{}}]', position=7,
    )  # fmt: skip
    result = formatted(row, system_prompt="You run a shop.")
    assert result.table.to_pylist() == [
        {
            "id": "a",
            "source": "web",
            "date": "2025-03-01",
            "position": 7,
            "conversation_id": "c-a",
            "record_ids": ["r-a"],
            "origins": ["raw/web/2025-03-01.jsonl:1"],
            "variant": 0,
            "parent_id": None,
            "provenance": "log",
            "scores": [("quality", 0.5)],
            "messages": [message("system", "You run a shop."), ASK, {**YES, "weight": 1}],
            "tools": '[{"type":"function","function":{"name":"look_up","parameters":{}}}]',
            "tokens": 3 + (4 + 4) + (4 + 5) + (4 + 4),
            "trained_tokens": 4,
            "tokenizer": "estimate",
            "tags": [
                ("category", "hours"),
                ("complexity", "simple"),
                ("domain", "shopping"),
                ("flags", "fixed_encoding"),
                ("language", "en"),
                ("model", "m-1"),
                ("rating", "4"),
                ("refusal", "hedge"),
                ("source", "web"),
                ("task_type", "question_answering"),
                ("tone", "neutral"),
                ("turns", "1"),
            ],
            "tag_origins": [
                ("category", "log"),
                ("complexity", "rules"),
                ("domain", "rules"),
                ("flags", "rules"),
                ("language", "rules"),
                ("model", "log"),
                ("rating", "log"),
                ("refusal", "rules"),
                ("source", "log"),
                ("task_type", "rules"),
                ("tone", "rules"),
                ("turns", "rules"),
            ],
            "worse_reply": None,
        }
    ]
    assert result.table.schema == tables.schema("formatted")


def test_a_worse_reply_is_carried_where_the_last_one_is_a_text_to_train_on() -> None:
    worse = {"worse_reply": "No idea."}
    low = {**YES, "weight": 0}
    result = formatted(
        cleaned_row("a", [ASK, YES], **worse),
        cleaned_row("b", [ASK, YES, ASK, low], **worse),
        cleaned_row("c", [ASK, message("assistant", None, tool_calls=call("x"))], **worse),
    )
    assert result.table.column("worse_reply").to_pylist() == ["No idea.", None, None]


def test_facts_and_drops_account_for_every_conversation() -> None:
    result = formatted(
        cleaned_row("a", [ASK, YES, ASK, YES]),
        cleaned_row("b", [ASK]),
        cleaned_row("c", [ASK, YES], ratings=[1.0]),
    )
    assert (result.rows_in, result.rows_out) == (3, 1)
    assert result.facts == {
        "tokens": 37, "trained_tokens": 8, "tokenizer": "estimate", "multi_turn": 1,
    }  # fmt: skip
    drops = result.drops.select(["record_id", "stage", "reason", "quarantined"]).to_pylist()
    assert [tuple(drop.values()) for drop in drops] == [
        ("b", "formatted", "no_reply", False),
        ("c", "formatted", "nothing_to_train", False),
    ]


def test_an_example_over_the_token_limit_is_dropped() -> None:
    row = cleaned_row("a", [ASK, YES])
    assert formatted(row, max_tokens=20).rows_out == 1
    longer = cleaned_row("a", [message("user", ASK["content"] + " Now?"), YES])
    drops = formatted(longer, max_tokens=20).drops.to_pylist()
    assert [(drop["reason"], drop["detail"]) for drop in drops] == [
        ("too_many_tokens", "21 tokens, at most 20 are allowed")
    ]


@pytest.mark.parametrize("tools", ['[{"type":"function"}]', "[1]", '[{"name":5}]', "{}"])
def test_tools_without_a_name_are_refused(tools: str) -> None:
    (drop,) = formatted(cleaned_row("a", [ASK, YES], tools=tools)).drops.to_pylist()
    assert drop["reason"] == "bad_tools"


def test_names_and_tool_calls_count() -> None:
    calls = '[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]'
    asks = message("assistant", None, tool_calls=calls)
    result = formatted(cleaned_row("a", [{**ASK, "name": "ann"}, asks]))
    (said,) = ESTIMATE.count([calls])
    row = result.table.to_pylist()[0]
    assert (row["tokens"], row["trained_tokens"]) == (3 + (4 + 5 + 1) + (4 + said), said)


def test_an_empty_partition_stays_empty() -> None:
    result = format_partition(tables.empty("cleaned"), Formatting(), ESTIMATE)
    assert result.table.num_rows == result.drops.num_rows == 0
    assert result.table.schema == tables.schema("formatted")


@settings(deadline=None)
@given(st.lists(logged_messages(), max_size=6), st.sampled_from(["auto", "estimate"]))
def test_conservation_weights_and_tokens_hold(conversations: list[Any], choice: str) -> None:
    rows = [cleaned_row(str(i), messages, position=i) for i, messages in enumerate(conversations)]
    result = format_partition(cleaned_table(*rows), Formatting(), load_tokenizer(choice))
    assert result.rows_in == result.rows_out + result.drops.num_rows == len(rows)
    fates = result.table.column("id").to_pylist() + result.drops.column("record_id").to_pylist()
    assert sorted(fates) == [row["id"] for row in rows]
    for row in result.table.to_pylist():
        assert row["tokens"] > row["trained_tokens"] >= 0
        weights = [m["weight"] for m in row["messages"] if m["role"] != "assistant"]
        assert set(weights) <= {None}


@pytest.mark.parametrize("turned", [False, True])
def test_an_example_does_not_depend_on_its_neighbours(turned: bool) -> None:
    rows = [cleaned_row(name, [ASK, YES], position=i) for i, name in enumerate("abc")]
    together = formatted(*(rows[::-1] if turned else rows)).table.sort_by("position")
    alone = [formatted(row).table for row in rows]
    for i, table in enumerate(alone):
        assert parquet_bytes(table) == parquet_bytes(together.slice(i, 1).combine_chunks())
