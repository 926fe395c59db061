"""Which records of a partition are erased, and which rows of its tables they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ftdata.erasures import KINDS, Erasures, Kind
from ftdata.ingest.conversations import row_id
from ftdata.ingest.faults import Fault
from ftdata.ingest.messages import Message
from ftdata.ingest.records import Record
from ftdata.keys import PartitionKey

Read = Record | Fault


def find_erased(records: Sequence[Read], erasures: Erasures, source: str) -> list[str]:
    """For each record or malformed line the name of the tombstone that matches it, else "".

    A record that names no conversation is one of its own, under its own id. A record that names no
    user is its conversation's user's: of logs that tell the user once, what follows is found too.
    """
    if not erasures:
        return [""] * len(records)
    talks = [one.conversation_id or _own_id(one) for one in records]
    users = [one.user_id for one in records]
    named: dict[Kind, list[str]] = {
        "user": _of_conversation(erasures.find("user", users, source), users, talks),
        "conversation": erasures.find("conversation", talks, source),
        "record": erasures.find("record", [_own_id(one) for one in records], source),
    }
    return [next(filter(None, names), "") for names in zip(*map(named.get, KINDS), strict=True)]


def rows_holding(
    key: PartitionKey, records: Sequence[Read], names: Sequence[str], *, group_turns: bool
) -> dict[str, set[str]]:
    """By tombstone the ids of the rows that its records may stand in, whatever settings made them.

    Any record of a conversation may be its row's first, which names the row: those before it may
    have been refused.
    """
    talks: dict[str | None, list[str]] = {}
    if group_turns:
        for one in records:
            talk, own = one.conversation_id or _own_id(one), _own_id(one)
            if own:
                talks.setdefault(talk, []).append(own)
    found: dict[str, set[str]] = {}
    for one, name in zip(records, names, strict=True):
        if name:
            own = _own_id(one)
            firsts = {*talks.get(one.conversation_id or own, ()), *filter(None, [own])}
            found.setdefault(name, set()).update(row_id(key, first) for first in firsts)
    return found


def count_repeating(records: Sequence[Read], names: Sequence[str]) -> int:
    """How many records that stay repeat all messages of an erased one of their conversation.

    Chat logs often hold the history so far with each request.
    """
    gone: dict[str | None, list[list[Message]]] = {}
    for one, name in zip(records, names, strict=True):
        if name and isinstance(one, Record) and one.conversation_id:
            gone.setdefault(one.conversation_id, []).append(one.messages)
    return sum(
        any(one.messages[: len(messages)] == messages for messages in gone[one.conversation_id])
        for one, name in zip(records, names, strict=True)
        if not name and isinstance(one, Record) and one.conversation_id in gone
    )


def _of_conversation(
    names: Sequence[str], users: Sequence[str | None], talks: Sequence[str | None]
) -> list[str]:
    """The names, those of records without a user as of another record of their conversation."""
    found: Mapping[str | None, str] = {
        talk: name for talk, name in zip(talks, names, strict=True) if talk and name
    }
    return [
        name or (found.get(talk, "") if user is None else "")
        for name, user, talk in zip(names, users, talks, strict=True)
    ]


def _own_id(one: Read) -> str | None:
    return one.record_id if isinstance(one, Fault) else one.id


def find_erased_files(
    paths: Sequence[str], key: PartitionKey, erasures: Erasures
) -> dict[str, str]:
    """Path → tombstone, of the documents of a partition that are erased as records.

    A document is asked for by its path below the data folder, below `raw/`, or below its snapshot's
    folder: the last erases it in every snapshot.
    """
    folder = f"raw/{key.source}/{key.date}/"
    forms = (list(paths), *([p.removeprefix(start) for p in paths] for start in ("raw/", folder)))
    named = [erasures.find("record", form, key.source) for form in forms]
    found = {
        path: next(filter(None, names), "") for path, *names in zip(paths, *named, strict=True)
    }
    return {path: name for path, name in found.items() if name}
