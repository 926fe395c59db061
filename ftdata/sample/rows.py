"""Records as the rows that each source's logger writes: its own field names, ids and clocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ftdata.sample.conversations import LOGGED_TWICE, Conversation, Record
from ftdata.sample.draws import between, pick
from ftdata.text import hash64

FIRST_DAY = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)
_FIRST_TICKET = 20_417
_NEW_MODEL_FROM = 5  # the assistant was replaced on 2025-03-06


class Row(NamedTuple):
    """A row to be written, the day whose file it goes to, and how it shall be malformed."""

    day: int
    values: dict[str, Any]
    fault: str


def make_rows(conversations: Sequence[Conversation]) -> list[Row]:
    """The rows of one source's conversations in the order of time."""
    pairs = [(each, turn) for each in conversations for turn in range(len(each.records))]
    pairs.sort(key=lambda pair: _moment(*pair))
    return [_row(each, turn, place) for place, (each, turn) in enumerate(pairs)]


def _moment(conversation: Conversation, turn: int) -> tuple[int, float, str]:
    record = conversation.records[turn]
    return record.day, record.second, conversation.name


def _row(conversation: Conversation, turn: int, place: int) -> Row:
    record = conversation.records[turn]
    values = _WRITERS[conversation.source](conversation, record, turn, place)
    if record.error is not None:
        values["error"] = record.error
    return Row(record.day, values, record.fault)


def _support_chat(
    conversation: Conversation, record: Record, turn: int, place: int
) -> dict[str, Any]:
    del place
    client = conversation.name.removesuffix(LOGGED_TWICE)
    moment = _instant(record).isoformat(timespec="milliseconds")
    return {
        "id": _id("log", conversation.name, turn),
        "conversation_id": _id("c", conversation.name),
        "timestamp": moment.replace("+00:00", "Z"),
        "user_id": f"cust_{between(1, 90, client, 'user'):04d}",
        "prompt": record.prompt,
        "response": record.response,
        "user_rating": record.rating,
        "category": conversation.category,
        "metadata": {"channel": pick(("web", "web", "app"), client, "channel")},
    }


def _assistant_api(
    conversation: Conversation, record: Record, turn: int, place: int
) -> dict[str, Any]:
    del place
    # The source's clock and its files follow the time of day at the head office.
    local = dt.timezone(dt.timedelta(hours=2))
    moment = _instant(record).replace(tzinfo=local)
    return {
        "id": _id("req", conversation.name, turn),
        "conversation_id": _id("a", conversation.name),
        "timestamp": moment.isoformat(timespec="seconds"),
        "model": "helper-3" if record.day >= _NEW_MODEL_FROM else "helper-2",
        "prompt": record.prompt,
        "response": record.response,
        "user_rating": record.rating,
        "category": conversation.category,
    }


def _ticket_bot(
    conversation: Conversation, record: Record, turn: int, place: int
) -> dict[str, Any]:
    del turn
    return {
        "ticket_id": f"TB-{_FIRST_TICKET + place}",
        "session": _id("s", conversation.name),
        "created_at": int(_instant(record).timestamp()),
        "topic": conversation.category,
        "question": record.prompt,
        "answer": record.response,
        "stars": record.rating,
    }


_WRITERS: dict[str, Callable[[Conversation, Record, int, int], dict[str, Any]]] = {
    "support_chat": _support_chat,
    "assistant_api": _assistant_api,
    "ticket_bot": _ticket_bot,
}


def _instant(record: Record) -> dt.datetime:
    return FIRST_DAY + dt.timedelta(days=record.day, milliseconds=round(record.second * 1_000))


def _id(prefix: str, *name: object) -> str:
    return f"{prefix}_{hash64('/'.join(map(str, name))) >> 16:012x}"
