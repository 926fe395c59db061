"""Conversations as targets want them in which user and assistant take turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ftdata.release.examples import Example, Message
from ftdata.release.exports.exporter import Problem


class Turns(NamedTuple):
    """A conversation whose system message stands apart from what is said."""

    system: str | None
    said: list[Message]


def split_turns(messages: Sequence[Message]) -> Turns:
    """The first message's text where it is the system's, and the messages after it.

    A system message anywhere else stays among what is said: the rules of the target refuse it.
    """
    if messages and messages[0].role == "system":
        return Turns(messages[0].content or "", list(messages[1:]))
    return Turns(None, list(messages))


def learnable(messages: Sequence[Message]) -> list[Message]:
    """What may be shown to a target that trains on every reply.

    The longest beginning that ends with a trained reply and holds none that shall not be learnt:
    user, assistant (weight 1), user, assistant (weight 0) gives the first two. Empty where the
    first reply shall not be learnt.
    """
    end = 0
    for place, message in enumerate(messages, start=1):
        if message.is_trained:
            end = place
        elif message.role == "assistant":
            break
    return list(messages[:end])


def without_names(example: Example) -> Example:
    """The example as targets take it that know no names of speakers."""
    if all(message.name is None for message in example.messages):
        return example
    return example._replace(messages=[message._replace(name=None) for message in example.messages])


def said_message(role: str, content: str | None) -> Message:
    """A message read from a row that has no more than this."""
    return Message(role, content, 1 if role == "assistant" else None, None, None, None)


def turn_problems(
    roles: Sequence[object],
    at: str,
    reply: str = "assistant",
    last: str | None = None,
    places: Sequence[int] | None = None,
) -> Iterator[Problem]:
    """What is wrong with the order: user first, then `reply` and user in turns, `last` at the end.

    Any end is right where `last` is None. `places` are those of the roles in the list `at`, where
    it holds more than them. Only the first break of the turns is told.
    """
    wanted = ["user", reply] * (len(roles) // 2 + 1)
    if roles != wanted[: len(roles)]:
        turn = next(turn for turn, role in enumerate(roles) if role != wanted[turn])
        where = f"{at}[{places[turn] if places else turn}].role"
        text = f"is {roles[turn]!r:.40}, not {wanted[turn]}: begin with user, and let {reply} and"
        yield Problem("role_order" if turn else "first_role", where, f"{text} user take turns")
    if last is not None and roles and roles[-1] != last:
        where = f"{at}[{places[-1] if places else len(roles) - 1}].role"
        yield Problem("last_role", where, f"is {roles[-1]!r:.40}: end with a message of {last}")


def spoken_places(messages: Sequence[dict[str, Any]]) -> list[int]:
    """Places of what takes turns in OpenAI's form: a reply and the calls before it are one.

    The system's message at the beginning takes no turn, nor does a tool's result.
    """
    places = []
    before = None
    for place, message in enumerate(messages):
        role = message.get("role")
        is_same_turn = role == "tool" or (role == "assistant" and before == "tool")
        if not is_same_turn and not (place == 0 and role == "system"):
            places.append(place)
        before = role
    return places
