"""The independent validator finds what is wrong, and only that."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from upath import UPath

from ftdata.release.openai_types import invalid_rows
from ftdata_tests.release.given import AWKWARD

USER = {"role": "user", "content": "q"}
CALL = {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}
BAD_CALL = {"id": "c", "type": "function", "function": {"name": "f", "arguments": {}}}


def check(tmp_path: Path, *lines: bytes) -> list[tuple[int, str]]:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return invalid_rows(UPath(str(path)))


def with_messages(*messages: object) -> bytes:
    return orjson.dumps({"messages": messages})


def test_good_rows_pass(tmp_path: Path) -> None:
    rows = [
        with_messages({"role": "system", "content": "s"}, USER),
        with_messages(USER, {"role": "assistant", "content": "a", "weight": 0}),
        with_messages({"role": "assistant", "tool_calls": [CALL]}),
        with_messages({"role": "tool", "content": "18", "tool_call_id": "c"}),
        *(with_messages({"role": "user", "content": text}) for text in AWKWARD.values()),
    ]
    assert check(tmp_path, *rows) == []


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (with_messages({"role": "human", "content": "q"}), "messages.0"),
        (with_messages(USER, {"role": "user"}), "messages.1.user.content"),
        (with_messages({"role": "user", "content": None}), "messages.0.user.content"),
        (with_messages({"role": "user", "content": ["q"]}), "0"),
        (with_messages({"role": "tool", "content": "18"}), "tool_call_id"),
        (with_messages({"role": "assistant", "tool_calls": [BAD_CALL]}), "arguments"),
        (with_messages(), "messages"),
        (orjson.dumps({"messages": [USER], "prompt": "q"}), "prompt"),
        (orjson.dumps({"messages": [USER], "tools": [{"type": "function"}]}), "tools.0"),
        (with_messages({"role": "assistant", "content": "a", "weight": 0.5}), "messages.0.weight"),
        (with_messages({"role": "assistant", "content": "a", "weight": True}), "messages.0.weight"),
        (with_messages({**USER, "weight": 1}), "messages.0.weight: only assistant"),
        (with_messages({**USER, "rating": 5}), "rating"),
        (b'{"messages": [', "Expecting value"),
        (b"[]", ""),
        (b'{"messages": [{"role": "user", "content": "\xff"}]}', "can't decode byte"),
    ],
)
def test_a_bad_row_is_named_with_its_line(tmp_path: Path, row: bytes, place: str) -> None:
    (found,) = check(tmp_path, with_messages(USER), row, with_messages(USER))
    assert found[0] == 2
    assert place in found[1]


def test_an_empty_file_has_no_bad_rows(tmp_path: Path) -> None:
    assert check(tmp_path) == []
