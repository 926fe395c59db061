"""What people said of examples: `<data>/reviews/*.jsonl`, one review a line.

The form of a line is that of `ftdata.reviews`. Other fields are let pass. What cannot be read is
told, and stops nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from upath import UPath

from ftdata.errors import IngestError
from ftdata.ingest.faults import Fault
from ftdata.ingest.files import read_records
from ftdata.ingest.listing import Entry, allowed_roots, list_folder
from ftdata.ingest.names import RECORD_ENDINGS, record_ending
from ftdata.reviews import FOLDER, Review, ReviewError, parse_review

_MEND = "mend the line, or remove it"


@dataclass(frozen=True)
class Placed:
    """A review, and where it stands: `reviews/ada.jsonl:3`."""

    review: Review
    place: str


@dataclass(frozen=True)
class Reviews:
    """The last word of each reviewer on each example, and a sentence for what cannot be read."""

    latest: tuple[Placed, ...]  # in the order of files, by name, and lines
    faults: tuple[str, ...] = ()

    def ratings(self) -> dict[str, float]:
        """The mean rating of each example that has one; ids sorted."""
        by_example: dict[str, list[float]] = {}
        for one in self.latest:
            if one.review.rating is not None:
                by_example.setdefault(one.review.id, []).append(one.review.rating)
        return {name: sum(each) / len(each) for name, each in sorted(by_example.items())}


def read_reviews(data: UPath, max_line_bytes: int) -> Reviews:
    """What people said, files by name and lines in order; nothing where there is no such folder.

    A reviewer's later line on an example replaces the earlier one. Lines without a reviewer are of
    one reviewer without a name.
    """
    latest: dict[tuple[str, str], Placed] = {}
    faults: list[str] = []
    for found in _read_folder(data, max_line_bytes):
        if isinstance(found, str):
            faults.append(found)
        else:
            name = found.review.id, found.review.reviewer
            latest.pop(name, None)
            latest[name] = found
    return Reviews(tuple(latest.values()), tuple(faults))


def reviews_state(data: UPath) -> tuple[tuple[str, int, float], ...]:
    """Name, size and time of every review file: what is read again when it changes."""
    try:
        entries = list_folder(data / FOLDER, allowed_roots(data))
    except OSError:
        return ()
    names = [entry.name for entry in entries if _is_review(entry) and not entry.problem]
    found = ((name, (data / FOLDER / name).stat()) for name in sorted(names))
    return tuple((name, stat.st_size, stat.st_mtime) for name, stat in found)


def _read_folder(data: UPath, max_line_bytes: int) -> Iterator[Placed | str]:
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


def _read_file(path: UPath, name: str, max_line_bytes: int) -> Iterator[Placed | str]:
    for number, value in read_records(path, name, max_line_bytes, hashlib.sha256()):
        place = f"{name}:{number}"
        if isinstance(value, Fault):
            yield f"{place}: {value.reason} ({value.detail}): {_MEND}"
            continue
        try:
            yield Placed(parse_review(value), place)
        except ReviewError as error:
            yield f"{place}: {error}"
