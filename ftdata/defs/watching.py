"""Deciding what the sensor launches: a function of what it sees now and what it saw before.

A partition is launched once for each state of its raw files, when that state has lasted
`settle_seconds`: a file that is still being written shows another size or time at every look.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ftdata.ingest.inventory import Inventory, RawFile
from ftdata.keys import PartitionKey

MAX_LAUNCHES = 100  # in one look; the others follow in the next


@dataclass(frozen=True)
class Seen:
    """One partition's raw files as last seen."""

    state: str  # hash of names, sizes and times
    since: float  # when this state was first seen (seconds)
    launched: bool


@dataclass(frozen=True)
class Look:
    """What one look at the raw folder decided."""

    launches: tuple[tuple[PartitionKey, str], ...]  # with the state, which makes the run key
    gone: tuple[PartitionKey, ...]
    cursor: str


def look(
    inventory: Inventory,
    cursor: str | None,
    *,
    now: float,
    settle_seconds: float,
    is_built: Callable[[PartitionKey, Sequence[RawFile]], bool],
) -> Look:
    """Compare the folder with the cursor of the look before.

    `is_built` tells whether a partition is current already (built by hand, say): then it is not
    launched.
    """
    before = read_cursor(cursor)
    seen: dict[PartitionKey, Seen] = {}
    launches: list[tuple[PartitionKey, str]] = []
    for key, files in inventory.partitions.items():
        state = files_state(files)
        last = before.get(key)
        now_seen = last if last is not None and last.state == state else Seen(state, now, False)
        if not now_seen.launched and now - now_seen.since >= settle_seconds:
            if is_built(key, files):
                now_seen = Seen(state, now_seen.since, True)
            elif len(launches) < MAX_LAUNCHES:
                launches.append((key, state))
                now_seen = Seen(state, now_seen.since, True)
        seen[key] = now_seen
    gone = tuple(sorted(set(before) - set(seen)))
    return Look(tuple(launches), gone, write_cursor(seen))


def files_state(files: Sequence[RawFile]) -> str:
    """A hash that changes with any file's name, size or time."""
    return text_state(json.dumps([[f.path, f.size, f.mtime_ns] for f in files]))


def text_state(text: str) -> str:
    """16 hex digits of a text."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def read_cursor(cursor: str | None) -> dict[PartitionKey, Seen]:
    """What `write_cursor` wrote; nothing where there is no cursor."""
    values = json.loads(cursor) if cursor else {}
    return {PartitionKey.parse(key): Seen(*fields) for key, fields in values.items()}


def write_cursor(seen: dict[PartitionKey, Seen]) -> str:
    """The state of every partition as compact JSON."""
    values = {str(key): [s.state, s.since, s.launched] for key, s in seen.items()}
    return json.dumps(values, separators=(",", ":"))
