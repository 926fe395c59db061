"""Parquet in Hugging Face's layout."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given

from ftdata.release.examples import Example
from ftdata.release.exports.parquet import PARQUET, parquet_rows
from ftdata.release.targets import TargetFiles
from ftdata.tables import SPLITS
from ftdata_tests.release.exports.conversations import (
    FIRST_IS_BAD,
    HELLO,
    TEXTS,
    TOOLS,
    WEATHER,
    conversations,
    example,
    plain,
    rules,
    said,
)

AWKWARD = [example(said("user", text), said("assistant", f"{text}.")) for text in TEXTS.values()]


def test_a_conversation_becomes_this_row() -> None:
    (row,) = parquet_rows(HELLO._replace(tools=[{"type": "function", "function": {"name": "f"}}]))
    assert row == {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello."},
        ],
        "tools": '[{"type":"function","function":{"name":"f"}}]',
    }


@given(told=conversations(several=True))
def test_a_conversation_is_read_back(told: Example) -> None:
    (row,) = parquet_rows(told)
    assert not rules(PARQUET.problems(row))
    found = PARQUET.read(row)
    assert plain(found.messages, weights=True) == plain(told.messages, weights=True)
    assert found.tools == told.tools


def test_datasets_loads_the_folder_as_it_is(tmp_path: Path) -> None:
    from datasets import disable_progress_bars, load_dataset

    disable_progress_bars()
    told = [WEATHER, FIRST_IS_BAD, *AWKWARD]
    with ExitStack() as stack:
        files = TargetFiles(tmp_path, PARQUET, stack)
        for split in SPLITS:
            files.write(split, told)
    folder = str(tmp_path / PARQUET.folder)
    loaded = load_dataset(folder, cache_dir=str(tmp_path / "cache"))
    assert set(loaded) == set(SPLITS)
    for row, one in zip(loaded["train"], told, strict=True):
        assert not rules(PARQUET.problems(row))
        assert plain(PARQUET.read(row).messages, True) == plain(one.messages, True)
    assert PARQUET.read(loaded["test"][0]).tools == TOOLS


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (1, ["row_no_object"]),
        ({}, ["no_messages"]),
        ({"messages": [1]}, ["nothing_trained", "message_no_object"]),
        ({"messages": [{"role": "assistant", "content": "a"}], "tools": "{"}, ["tools_no_list"]),
        ({"messages": [{"role": "assistant", "content": "a"}], "tools": "{}"}, ["tools_no_list"]),
        ({"messages": [{"role": "human", "content": "a"}]}, ["nothing_trained", "unknown_role"]),
    ],
)
def test_bad_rows(row: object, found: list[str]) -> None:
    assert rules(PARQUET.problems(row)) == found
