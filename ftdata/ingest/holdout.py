"""The file that `splits.holdout` names: ids that are test whatever else is said.

One id a line, of an example, a record or a conversation; or JSON lines, each with an `id`. Empty
lines and those that begin with `#` are let pass.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import orjson
from upath import UPath

from ftdata.errors import IngestError


@dataclass(frozen=True)
class Holdout:
    """The ids of a holdout file."""

    path: str  # below the data folder; empty where none is named
    sha256: str
    lines: tuple[str, ...]  # the id of each; empty where it holds none

    @property
    def ids(self) -> frozenset[str]:
        """Every id once."""
        return frozenset(filter(None, self.lines))


NO_HOLDOUT = Holdout("", "", ())


def read_holdout(data: UPath, name: str | None) -> Holdout:
    """The ids of the file; none where none is named. Raises IngestError with file, line and fix."""
    if name is None:
        return NO_HOLDOUT
    path = data / name
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise IngestError(
            f"{name}: splits.holdout names it, and it is not in {data}: put it there, or take the"
            " setting out"
        ) from error
    except OSError as error:
        text = f"{name}: cannot be read ({error.strerror or error}): make it a readable file"
        raise IngestError(text) from error
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    found = [_read_line(line.strip(), f"{name}:{n}") for n, line in enumerate(lines, start=1)]
    return Holdout(name, hashlib.sha256(content).hexdigest(), tuple(found))


def holdout_state(data: UPath, name: str | None) -> list[str]:
    """What the dataset's state depends on; never raises for what a user has put there."""
    try:
        found = read_holdout(data, name)
    except IngestError as error:
        return [str(error)]
    return [found.path, found.sha256]


def _read_line(line: bytes, place: str) -> str:
    """The id of a line; empty where it holds none."""
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise IngestError(f"{place}: is no UTF-8: write the file in UTF-8") from error
    if text.startswith("#"):
        return ""
    if not text.startswith("{"):
        return text
    try:
        value = orjson.loads(text)["id"]
    except (orjson.JSONDecodeError, KeyError) as error:
        raise IngestError(f'{place}: is no {{"id": …}}: mend the line, or remove it') from error
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise IngestError(f"{place}: id is no text and no number: write the id of an example")
    return str(value)
