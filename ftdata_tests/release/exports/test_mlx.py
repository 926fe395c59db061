"""MLX-LM's rows."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.release.exports.mlx import MLX, mlx_problems, mlx_rows
from ftdata_tests.release.exports.conversations import FIRST_IS_BAD, TWO_TURNS, rules

USER = {"role": "user", "content": "Hi"}
REPLY = {"role": "assistant", "content": "Hello."}


def test_each_trained_reply_ends_a_row() -> None:
    first, second = mlx_rows(TWO_TURNS)
    system = {"role": "system", "content": "Be brief."}
    assert first == {"messages": [system, USER, REPLY]}
    assert [message["content"] for message in second["messages"]][-3:] == [
        "Hello.",
        "Bye",
        "See you.",
    ]


def test_a_bad_reply_is_context_alone() -> None:
    (row,) = mlx_rows(FIRST_IS_BAD)
    assert [message["content"] for message in row["messages"]] == ["Hi", "Hm.", "Hi!", "Hello."]


def test_the_files_have_the_names_that_its_loader_looks_for() -> None:
    assert [MLX.file(split) for split in ("train", "validation", "test")] == [
        "exports/mlx/train.jsonl",
        "exports/mlx/valid.jsonl",
        "exports/mlx/test.jsonl",
    ]


BAD: list[tuple[list[str], Any]] = [
    (["row_no_object"], []),
    (["no_reply"], {"messages": [USER, REPLY, USER]}),
    (["no_prompt"], {"messages": [REPLY]}),
    (["unknown_role"], {"messages": [{"role": "human", "content": "Hi"}, REPLY]}),
    (["nothing_trained", "no_reply"], {"messages": [USER, USER]}),
]


@pytest.mark.parametrize(("found", "row"), BAD)
def test_a_bad_row_gives_its_rule(found: list[str], row: Any) -> None:
    assert rules(mlx_problems(row)) == found
