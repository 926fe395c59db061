"""From the messages of a logged conversation to those of a canonical example."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ftdata.formatting.tool_calls import as_text, find_loose_tool_message, parse_calls
from ftdata.settings_formatting import Formatting
from ftdata.token_count import Message


@dataclass(frozen=True)
class Refusal:
    """Why a conversation gives no example."""

    reason: str
    detail: str | None = None


def canonical_messages(
    messages: Sequence[Message], ratings: Sequence[float | None], options: Formatting
) -> list[Message] | Refusal:
    """The messages as trained on, or why there is nothing to train on.

    `ratings` has the rating of each message's record. In order:

    - One system message comes first: with `keep_logged_system` the distinct ones of the log joined
      by an empty line (a later one is not lost), else, or where the log has none, `system_prompt`.
    - Messages that say nothing are left out; a tool's empty result stays.
    - An assistant message weighs what the log says; else 0 where it precedes every user message (a
      greeting answers nothing) or its record is rated below `min_trained_rating`; else 1.
    - What follows the last assistant message is cut.
    - Messages of one role in a row (user, or assistant without tool calls) are joined by an empty
      line; of two weights the lower holds.
    - With `train_on: last` only the last assistant message may weigh 1.

    Refused as `no_user_message`, `bad_tool_calls`, `no_reply`, `orphan_tool_result`,
    `unanswered_tool_call` or `nothing_to_train`. user "Hi", user "Tea?", assistant "Yes." gives
    user "Hi\\n\\nTea?", assistant "Yes." with weight 1.
    """
    spoken = _weigh([*zip(messages, ratings, strict=True)], options.min_trained_rating)
    kept = _cut_unanswered(spoken)
    refusal = _find_refusal(spoken, kept)
    if refusal is not None:
        return refusal
    joined = _join_same_role(kept)
    if options.train_on == "last":
        joined = _train_on_last(joined)
    if all(message["weight"] != 1 for message in joined):
        return Refusal("nothing_to_train", "every assistant message has weight 0")
    return [*_system_message(messages, options), *joined]


def _find_refusal(spoken: Sequence[Message], kept: Sequence[Message]) -> Refusal | None:
    if all(message["role"] != "user" for message in spoken):
        return Refusal("no_user_message")
    if any(parse_calls(message["tool_calls"] or "[]") is None for message in spoken):
        return Refusal("bad_tool_calls", "no list of function calls, each with an id and a name")
    if all(message["role"] != "user" for message in kept):
        return Refusal("no_reply", "no assistant message follows a user message")
    loose = find_loose_tool_message(kept)
    return None if loose is None else Refusal(*loose)


def _system_message(messages: Iterable[Message], options: Formatting) -> list[Message]:
    logged = dict.fromkeys(
        message["content"].strip()
        for message in messages
        if options.keep_logged_system and message["role"] == "system" and _says_something(message)
    )
    text = "\n\n".join(logged) or options.system_prompt
    if not text:
        return []
    absent = dict.fromkeys(("weight", "tool_calls", "tool_call_id", "name"))
    return [{"role": "system", "content": text, **absent}]


def _weigh(rated: Sequence[tuple[Message, float | None]], least: float | None) -> list[Message]:
    """Copies of what users, assistants and tools say, assistant messages with their weight."""
    spoken = []
    asked = False
    for message, rating in rated:
        role = message["role"]
        if role == "system" or not (role == "tool" or _says_something(message)):
            continue
        asked = asked or role == "user"
        weight = None
        if role == "assistant":
            is_low = least is not None and rating is not None and rating < least
            weight = int(asked and not is_low) if message["weight"] is None else message["weight"]
        spoken.append({**message, **_texts(message), "weight": weight})
    return spoken


def _texts(message: Message) -> Message:
    """Content (null only beside tool calls) and tool calls in their canonical form."""
    content, calls = message["content"], message["tool_calls"]
    parsed = parse_calls(calls) if calls else None
    if parsed is not None:
        calls = as_text(parsed, calls)
    has_text = bool(content and content.strip())
    return {"content": content if has_text else None if calls else "", "tool_calls": calls or None}


def _says_something(message: Message) -> bool:
    content, calls = message["content"], message["tool_calls"]
    return bool((content and content.strip()) or (calls and parse_calls(calls) != []))


def _cut_unanswered(spoken: Sequence[Message]) -> list[Message]:
    end = max((i + 1 for i, m in enumerate(spoken) if m["role"] == "assistant"), default=0)
    return list(spoken[:end])


def _join_same_role(spoken: Iterable[Message]) -> list[Message]:
    joined: list[Message] = []
    for message in spoken:
        if joined and _belong_together(joined[-1], message):
            last = joined[-1]
            content = f"{last['content']}\n\n{message['content']}"
            weights = (last["weight"], message["weight"])
            weight = None if None in weights else min(weights)
            joined[-1] = {**last, "content": content, "weight": weight}
        else:
            joined.append(message)
    return joined


def _train_on_last(messages: Sequence[Message]) -> list[Message]:
    """Weight 0 for every assistant message but the last, which is the last message."""
    *before, last = messages
    return [{**m, "weight": 0} if m["role"] == "assistant" else m for m in before] + [last]


def _belong_together(first: Message, second: Message) -> bool:
    return (
        first["role"] == second["role"] != "tool"
        and first["name"] == second["name"]
        and not first["tool_calls"]
        and not second["tool_calls"]
    )
