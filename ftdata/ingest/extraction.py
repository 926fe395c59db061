"""Which well-formed records are taken: by error, date, rating and length."""

from __future__ import annotations

import datetime as dt

from ftdata.ingest.messages import Message, last_reply
from ftdata.ingest.records import Record
from ftdata.settings import Extraction

Refusal = tuple[str, str | None]  # drop reason and detail


def refuse_record(record: Record, midnight: dt.datetime, options: Extraction) -> Refusal | None:
    """Why a record is not taken, or None where it is.

    The first of these that holds is the reason: `error`, `empty_response` (null, empty or white
    space alone, unless the reply calls tools), `before_window`, `after_window` (instants, both
    ends inclusive; a record without a time counts as written at `midnight` UTC of its partition's
    date), `unrated`, `low_rating`, `prompt_too_long` (all user messages together) and
    `response_too_long` (the last reply), both in characters.
    """
    if record.has_error:
        return "error", None
    reply = last_reply(record.messages)
    if reply is None or _is_empty(reply):
        return "empty_response", None
    return (
        _outside_window(record.timestamp or midnight, options)
        or _poorly_rated(record.user_rating, options)
        or _too_long(record.messages, reply, options)
    )


def _is_empty(reply: Message) -> bool:
    return reply.tool_calls is None and not (reply.content or "").strip()


def _outside_window(instant: dt.datetime, options: Extraction) -> Refusal | None:
    if options.start is not None and instant < options.start:
        return "before_window", None
    if options.end is not None and instant > options.end:
        return "after_window", None
    return None


def _poorly_rated(rating: float | None, options: Extraction) -> Refusal | None:
    if rating is None:
        return None if options.keep_unrated else ("unrated", None)
    if options.min_rating is not None and rating < options.min_rating:
        return "low_rating", f"{rating:g}, min_rating is {options.min_rating:g}"
    return None


def _too_long(messages: list[Message], reply: Message, options: Extraction) -> Refusal | None:
    prompt = sum(len(m.content or "") for m in messages if m.role == "user")
    if prompt > options.max_prompt_chars:
        return "prompt_too_long", f"{prompt}, max_prompt_chars is {options.max_prompt_chars}"
    response = len(reply.content or "")
    if response > options.max_response_chars:
        return "response_too_long", (
            f"{response}, max_response_chars is {options.max_response_chars}"
        )
    return None
