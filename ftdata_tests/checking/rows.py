"""Rows and files that the tests of `ftdata check` are about."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ftdata.checking.check import Checked, CheckOptions, Other, check_file
from ftdata.release.exports.exporter import Reading
from ftdata.release.exports.openai import read_openai

PLAIN = CheckOptions(format="openai", tokenizer="estimate", dedup=None, pii=None)
LIMITS = {"too_few_rows", "no_rows"}  # of files as small as those of tests


def row(*said: str, **more: Any) -> dict[str, Any]:
    """A row of OpenAI's in which user and assistant take turns."""
    roles = ("user", "assistant")
    messages = [{"role": roles[at % 2], "content": text} for at, text in enumerate(said)]
    return {"messages": messages, **more}


def reading(*said: str) -> Reading:
    """What such a row says."""
    return read_openai(row(*said))


def encoded(rows: Iterable[Any]) -> bytes:
    """Rows as JSON lines."""
    return b"".join(json.dumps(one).encode() + b"\n" for one in rows)


def checked(
    folder: Path, content: bytes, options: CheckOptions = PLAIN, other: Other | None = None
) -> Checked:
    """A file of that content, checked."""
    path = folder / "train.jsonl"
    path.write_bytes(content)
    return check_file(str(path), options, other)


def rules_of(found: Checked) -> list[tuple[int, str]]:
    """(line, rule) of each finding that is not about the number of rows."""
    return [(one.line, one.rule) for one in found.tally.findings() if one.rule not in LIMITS]
