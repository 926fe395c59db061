"""Ratings by people: `<data>/reviews/*.jsonl`, one review a line.

    {"id": EXAMPLE, "rating": 1 to 5, "reviewer": ALIAS, …}

Other fields are let pass, and so is a review without a rating. What cannot be read is told, and
stops nothing: ratings decide about no example.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from upath import UPath

from ftdata.errors import IngestError
from ftdata.ingest.faults import Fault
from ftdata.ingest.files import read_records
from ftdata.ingest.listing import Entry, allowed_roots, list_folder
from ftdata.ingest.names import RECORD_ENDINGS, record_ending

FOLDER = "reviews"
LOWEST, HIGHEST = 1, 5
_MEND = "mend the line, or remove it"


@dataclass(frozen=True)
class Ratings:
    """The mean rating of each example, and a sentence for whatever could not be read."""

    by_example: dict[str, float]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Rating:
    example: str
    reviewer: str
    rating: float


def read_ratings(data: UPath, max_line_bytes: int) -> Ratings:
    """What people rated, files by name and lines in order; nothing where there is no such folder.

    A reviewer's later rating of an example replaces the earlier one; several reviewers' are
    averaged. Lines without a reviewer are of one reviewer without a name.
    """
    latest: dict[tuple[str, str], float] = {}
    faults: list[str] = []
    for found in _read_folder(data, max_line_bytes):
        if isinstance(found, str):
            faults.append(found)
        else:
            latest[found.example, found.reviewer] = found.rating
    by_example: dict[str, list[float]] = {}
    for (example, _), rating in latest.items():
        by_example.setdefault(example, []).append(rating)
    means = {name: sum(each) / len(each) for name, each in sorted(by_example.items())}
    return Ratings(means, tuple(faults))


def _read_folder(data: UPath, max_line_bytes: int) -> Iterator[_Rating | str]:
    try:
        entries = list_folder(data / FOLDER, allowed_roots(data))
    except FileNotFoundError:
        return
    except OSError as error:
        yield f"{FOLDER}: cannot be listed ({error.strerror or error}): make it a readable folder"
        return
    for entry in entries:
        if not _is_review(entry):
            continue
        name = f"{FOLDER}/{entry.name}"
        if entry.problem:
            yield f"{name}: {entry.problem}"
            continue
        try:
            yield from _read_file(data / FOLDER / entry.name, name, max_line_bytes)
        except IngestError as error:
            yield str(error)


def _is_review(entry: Entry) -> bool:
    ending = record_ending(entry.name)
    is_jsonl = ending is not None and RECORD_ENDINGS[ending][0] == "jsonl"
    return is_jsonl and not (entry.is_hidden or entry.is_folder)


def _read_file(path: UPath, name: str, max_line_bytes: int) -> Iterator[_Rating | str]:
    for number, value in read_records(path, name, max_line_bytes, hashlib.sha256()):
        if isinstance(value, Fault):
            yield f"{name}:{number}: {value.reason} ({value.detail}): {_MEND}"
        elif value.get("rating") is not None:
            yield _read_review(value, f"{name}:{number}")


def _read_review(value: dict[str, Any], place: str) -> _Rating | str:
    example, rating, reviewer = (value.get(name) for name in ("id", "rating", "reviewer"))
    if not isinstance(example, str) or not example:
        return f"{place}: id is no text: write the id of an example, or remove the line"
    if isinstance(rating, bool) or not isinstance(rating, int | float):
        rating = 0  # off the scale
    if not LOWEST <= rating <= HIGHEST:
        return f"{place}: rating is no number from {LOWEST} to {HIGHEST}: {_MEND}"
    return _Rating(example, reviewer if isinstance(reviewer, str) else "", float(rating))
