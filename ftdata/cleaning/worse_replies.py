"""For each conversation a worse-rated reply of the partition to the prompt of its last reply.

Such a reply is lost elsewhere: its conversation is a duplicate by its prompt, or its rating is too
low to be trained on. Beside the better one it makes a preference pair.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pyarrow as pa

from ftdata.cleaning.filters.refusals import refusal_kind
from ftdata.text import hash64, same_key

_Message = dict[str, Any]


class _Reply(NamedTuple):
    prompt: int  # hash of all that was said before it
    rating: float
    text: str
    is_last: bool  # of its conversation


def find_worse_replies(table: pa.Table) -> pa.Array:
    """A text or null for each of n rows, which have the columns messages, ratings, turn_records.

    Of the replies to the same prompt (the messages before it, but for case, punctuation and white
    space) with another text and a rating strictly lower than that of the row's last reply, it is
    the one with the lowest rating, the first of several. Where a user sends a message
    again after a reply, the second reply answers the same prompt as the first. Calls of tools are
    no replies, nor are several in a row; and a reply that declines is not worse than one that
    does not: users' ratings are no ground to teach a model that it should have complied.
    """
    found: list[str | None] = [None] * table.num_rows
    rows = _rows_that_may_meet(table)
    by_prompt: defaultdict[int, list[_Reply]] = defaultdict(list)
    last: dict[int, _Reply] = {}
    for row, messages, ratings in zip(rows, *_read(table, rows), strict=True):
        for reply in _replies(messages, ratings):
            by_prompt[reply.prompt].append(reply)
            if reply.is_last:
                last[row] = reply
    for row, reply in last.items():
        others = [other for other in by_prompt[reply.prompt] if _is_worse(other, reply)]
        if others:
            found[row] = min(others, key=lambda other: other.rating).text
    return pa.array(found, pa.string())


def _is_worse(other: _Reply, reply: _Reply) -> bool:
    return (
        other.rating < reply.rating
        and same_key(other.text) != same_key(reply.text)
        and (refusal_kind(other.text) != "decline" or refusal_kind(reply.text) == "decline")
    )


def _rows_that_may_meet(table: pa.Table) -> list[int]:
    """Rows with a rating whose first prompt another has too, or that say a prompt again."""
    rated = [any(r is not None for r in own) for own in table.column("ratings").to_pylist()]
    asked = [
        [same_key(message["content"] or "") for message in messages if message["role"] == "user"]
        if is_rated
        else []
        for is_rated, messages in zip(rated, table.column("messages").to_pylist(), strict=True)
    ]
    first = Counter(own[0] for own in asked if own)
    return [
        row
        for row, own in enumerate(asked)
        if own and (first[own[0]] > 1 or any(one == other for one, other in pairwise(own)))
    ]


def _read(
    table: pa.Table, rows: Sequence[int]
) -> tuple[list[list[_Message]], list[list[float | None]]]:
    """The messages of some rows, and the rating of each message's record."""
    columns = ("messages", "ratings", "turn_records")
    messages, ratings, records = (
        table.column(name).take(pa.array(rows, pa.int64())).to_pylist() for name in columns
    )
    rated = [[own[i] for i in places] for own, places in zip(ratings, records, strict=True)]
    return messages, rated


def _replies(messages: Sequence[_Message], ratings: Sequence[float | None]) -> Iterator[_Reply]:
    """The rated replies of one conversation, each with the prompt that it answers."""
    roles = [*(message["role"] for message in messages), None]
    end = max((i for i, role in enumerate(roles) if role == "assistant"), default=-1)
    said = 0
    asked: tuple[str, int] | None = None  # the prompt last sent, and all up to it
    for i, (message, rating) in enumerate(zip(messages, ratings, strict=True)):
        role, content, calls = message["role"], message["content"], message["tool_calls"]
        is_reply = role == "assistant" and content and not calls
        is_alone = "assistant" not in (roles[i - 1] if i else None, roles[i + 1])
        if is_reply and is_alone and rating is not None:
            yield _Reply(said, rating, content, i == end)
        key = same_key(content or "")
        if asked and (role, key) == ("user", asked[0]) and roles[i - 1] == "assistant":
            said = asked[1]  # the reply before is an attempt that does not count
            continue
        said = hash64(f"{said}\n{role}\n{key}\n{calls or ''}")
        if role == "user":
            asked = key, said
        elif not is_reply:
            asked = None
