"""What `splits.holdout` names."""

from __future__ import annotations

from pathlib import Path

import pytest
from upath import UPath

from ftdata.errors import IngestError
from ftdata.ingest.holdout import NO_HOLDOUT, holdout_state, read_holdout


def held(folder: Path, content: bytes) -> frozenset[str]:
    (folder / "holdout.txt").write_bytes(content)
    return read_holdout(UPath(folder), "holdout.txt").ids


def test_ids_stand_on_lines(tmp_path: Path) -> None:
    content = b'\xef\xbb\xbf# for the audit\r\na-1\r\n\n  b 2 \n{"id": "c", "x": 1}\n{"id": 7}\n'
    assert held(tmp_path, content) == {"a-1", "b 2", "c", "7"}


def test_without_the_setting_nothing_is_read(tmp_path: Path) -> None:
    assert read_holdout(UPath(tmp_path), None) is NO_HOLDOUT


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a\n\xff\n", "holdout.txt:2: is no UTF-8"),
        (b'{"id": ""}\n', "holdout.txt:1: id is no text"),
        (b'a\n\n{"name": "b"}\n', "holdout.txt:3: is no"),
        (b'{"id": true}', "holdout.txt:1: id is no text"),
        (b"{broken", "holdout.txt:1: is no"),
    ],
)
def test_bad_lines_are_named(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(IngestError, match=told):
        held(tmp_path, content)
    assert told in holdout_state(UPath(tmp_path), "holdout.txt")[0]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match=r"gone.txt: splits.holdout names it"):
        read_holdout(UPath(tmp_path), "gone.txt")


def test_the_state_follows_the_content(tmp_path: Path) -> None:
    held(tmp_path, b"a\n")
    before = holdout_state(UPath(tmp_path), "holdout.txt")
    held(tmp_path, b"b\n")
    assert holdout_state(UPath(tmp_path), "holdout.txt") != before
