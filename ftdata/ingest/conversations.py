"""Joining the records of a conversation in time order, and the table of the conversations.

Records with a prompt and a response add their turn. Records that carry whole `messages` lists
follow what chat logs hold, where each request repeats the history so far:

- of two lists of which one is the beginning of the other, the longer one is the conversation;
- a list that begins like the conversation and then parts from it (a regenerated or edited turn) is
  a row of its own, under the same conversation id;
- a list that begins otherwise is the next piece, and its messages are appended.

System messages at a list's start do not count in this comparison, since many logs vary them from
request to request: a row keeps the first one it has seen, at its start.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import Any, NamedTuple

import pyarrow as pa

from ftdata.ingest.messages import Message
from ftdata.ingest.records import Record
from ftdata.keys import PartitionKey
from ftdata.tables import MESSAGE, column_type, conform
from ftdata.text import hash64

_EARLIEST = dt.datetime.min.replace(tzinfo=dt.UTC)


class Placed(NamedTuple):
    """A record and where it stands: files and lines of a partition, in order, are 0, 1, 2, …"""

    record: Record
    order: int
    origin: str  # `file:line`


@dataclass(slots=True)
class Conversation:
    """One row: records in time order, messages, and which record brought each message."""

    placed: list[Placed] = field(default_factory=list)
    system: list[Message] = field(default_factory=list)  # at most the leading ones of one list
    system_record: int = 0
    body: list[Message] = field(default_factory=list)
    body_records: list[int] = field(default_factory=list)

    def add(self, placed: Placed, system: Sequence[Message], body: Sequence[Message]) -> None:
        """Join one record, with those of its messages that are new here."""
        index = len(self.placed)
        self.placed.append(placed)
        if system and not self.system:
            self.system, self.system_record = list(system), index
        self.body += body
        self.body_records += [index] * len(body)

    @property
    def records(self) -> list[Record]:
        """The records, in time order."""
        return [placed.record for placed in self.placed]

    @property
    def messages(self) -> list[Message]:
        """All messages, in order."""
        return self.system + self.body

    @property
    def turn_records(self) -> list[int]:
        """The index into the records for each message."""
        return [self.system_record] * len(self.system) + self.body_records


def group_records(records: Iterable[Placed], *, group_turns: bool) -> list[Conversation]:
    """The rows of a partition, in the order of their first records.

    Records of one conversation id are joined in time order, those of one instant in file order; a
    record without a time follows the one before it in the file. A record without a conversation id
    is a conversation of its own. Without `group_turns` every record is a row.
    """
    if not group_turns:
        return [_joined([placed])[0] for placed in records]
    groups: dict[str, list[Placed]] = {}
    for placed in records:
        groups.setdefault(placed.record.conversation_id or placed.record.id, []).append(placed)
    rows = [row for group in groups.values() for row in _joined(_in_time_order(group))]
    return sorted(rows, key=lambda row: row.placed[0].order)


def _in_time_order(group: list[Placed]) -> list[Placed]:
    if len(group) == 1:
        return group
    last = _EARLIEST
    instants = [last := placed.record.timestamp or last for placed in group]
    return [group[i] for i in sorted(range(len(group)), key=instants.__getitem__)]


def _joined(group: Sequence[Placed]) -> list[Conversation]:
    """One conversation, or several where its lists part; records in time order."""
    rows: list[Conversation] = []
    for placed in group:
        system, body = _split_system(placed.record.messages)
        row = _row_for(rows, body, holds_list=placed.record.holds_list)
        if row is None:
            row = Conversation()
            rows.append(row)
        known = len(row.body) if placed.record.holds_list and _continues(row.body, body) else 0
        row.add(placed, system, body[known:])
    return rows


def _row_for(
    rows: Sequence[Conversation], body: list[Message], *, holds_list: bool
) -> Conversation | None:
    """The row that a record belongs to; None where it opens a new one."""
    if not rows or not holds_list:
        return rows[-1] if rows else None
    for row in reversed(rows):
        if _continues(row.body, body):
            return row
    parts = any(row.body[:1] and _is_same(row.body[0], body[0]) for row in rows)
    return None if parts else rows[-1]


def _continues(one: Sequence[Message], other: Sequence[Message]) -> bool:
    """Whether one list is the beginning of the other."""
    return all(map(_is_same, one, other))


def _is_same(one: Message, other: Message) -> bool:
    return one[:2] == other[:2] and one.tool_calls == other.tool_calls  # role and content


def _split_system(messages: list[Message]) -> tuple[list[Message], list[Message]]:
    if messages[0].role != "system":
        return [], messages
    start = next(i for i, message in enumerate(messages) if message.role != "system")
    return messages[:start], messages[start:]


def conversations_table(key: PartitionKey, rows: Sequence[Conversation]) -> pa.Table:
    """The rows as `tables.RAW_LOGS` has them, in the given order."""
    firsts = [row.placed[0].record for row in rows]
    columns = {
        "id": [row_id(key, record.id) for record in firsts],
        "source": [key.source] * len(rows),
        "date": [key.date] * len(rows),
        "position": list(range(len(rows))),
        "conversation_id": [record.conversation_id or record.id for record in firsts],
        "record_ids": [[record.id for record in row.records] for row in rows],
        "origins": [[placed.origin for placed in row.placed] for row in rows],
        "started_at": pa.array(
            [record.timestamp for record in firsts], pa.timestamp("us", tz="UTC")
        ),
        "messages": _messages_column([row.messages for row in rows]),
        "ratings": pa.array(
            [[record.user_rating for record in row.records] for row in rows],
            pa.list_(pa.float64()),
        ),
        "turn_records": [row.turn_records for row in rows],
        "metadata": [record.metadata for record in firsts],
        "provenance": pa.nulls(len(rows), pa.string()),
        "tags": pa.nulls(len(rows), column_type("raw_logs", "tags")),
    }
    for name in ("tools", "category", "model", "user_id"):
        columns[name] = [_first_known(row, name) for row in rows]
    return conform("raw_logs", pa.table(columns))


def row_id(key: PartitionKey, first: str) -> str:
    """Id of the row whose first record has the id `first`."""
    place = "\0".join((key.source, key.date, first))
    return f"{hash64(place):016x}"


def _first_known(row: Conversation, name: str) -> Any:  # noqa: ANN401 - one of several columns
    return next(
        (v for placed in row.placed if (v := getattr(placed.record, name)) is not None), None
    )


def _messages_column(lists: Sequence[Sequence[Message]]) -> pa.ListArray:
    """Built from whole columns: Arrow takes several times as long over a dict for each message."""
    offsets = [0, *accumulate(len(messages) for messages in lists)]
    columns = list(zip(*chain.from_iterable(lists), strict=True)) or [()] * MESSAGE.num_fields
    arrays = [pa.array(values, fld.type) for values, fld in zip(columns, MESSAGE, strict=True)]
    struct = pa.StructArray.from_arrays(arrays, fields=list(MESSAGE))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), struct)
