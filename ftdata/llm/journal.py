"""Outcomes of requests as lines of JSON: the journal of a cache, and the file it is carried in."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple, get_args

from ftdata import jsonl
from ftdata.chat import Answer, RefusalReason, Refused, Usage

Outcome = Answer | Refused

_REASONS = tuple(reason for reason in get_args(RefusalReason) if reason != "not_asked")
_MOST_TOKENS = 10**12


class Entry(NamedTuple):
    """One request by its key; None where its outcome was forgotten."""

    key: bytes
    outcome: Outcome | None

    @property
    def is_answer(self) -> bool:
        """Whether the model filled the form."""
        return isinstance(self.outcome, Answer)


def line_of(entry: Entry) -> bytes:
    """The entry as a line, its end included."""
    outcome = entry.outcome
    held: dict[str, Any] = {"key": entry.key.hex()}
    if isinstance(outcome, Answer):
        held["answer"] = outcome.text
    elif outcome is not None:
        held |= {"refused": outcome.reason, "detail": outcome.detail}
    if outcome is not None and outcome.usage is not None:
        held["usage"] = asdict(outcome.usage)
    return jsonl.canonical(held) + b"\n"


def entry_of(line: bytes | str) -> Entry:
    """The entry of a line. Raises ValueError where it is none."""
    try:
        held = json.loads(line)
        key = bytes.fromhex(held["key"])
        if len(key) != 32:
            raise ValueError("a key has 64 hex digits")
        usage = _usage(held["usage"]) if "usage" in held else None
        if "answer" in held:
            return Entry(key, Answer(_text(held["answer"]), usage))
        if "refused" not in held:
            return Entry(key, None)
        reason = held["refused"]
        if reason not in _REASONS:
            raise ValueError("an unknown reason")
        return Entry(key, Refused(reason, _text(held["detail"]), usage))
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("no entry of a cache") from error


def append(path: Path, entries: Iterable[Entry]) -> None:
    """Add lines at the end, in one write; a line that was cut off before stays by itself.

    Raises OSError.
    """
    lines = b"".join(map(line_of, entries))
    if not lines:
        return
    with path.open("ab") as file:
        if file.tell():
            with path.open("rb") as before:
                before.seek(-1, os.SEEK_END)
                if before.read(1) != b"\n":
                    lines = b"\n" + lines
        file.write(lines)


def read_journal(path: Path) -> Iterator[Entry]:
    """The entries of a journal, in order; what was cut off by a full disk is left out."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                yield entry_of(line)
            except ValueError:  # the only line that can be damaged is one whose write failed
                continue


def without(path: Path, keys: Collection[bytes]) -> None:
    """Write the journal again without these keys, and without lines that were cut off."""
    if not path.exists():
        return
    made = path.with_suffix(".erasing")
    with made.open("wb") as file:
        file.writelines(line_of(entry) for entry in read_journal(path) if entry.key not in keys)
        file.flush()
        os.fsync(file.fileno())
    made.replace(path)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    value.encode()  # half a surrogate pair cannot be kept: that is a ValueError
    return value


def _usage(counts: Mapping[str, int]) -> Usage:
    usage = Usage(**counts)
    if any(type(count) is not int or not 0 <= count <= _MOST_TOKENS for count in counts.values()):
        raise ValueError("tokens are whole numbers")
    return usage
