"""What goes wrong in real logs, done to some of the conversations: one blemish each at most.

Some change a conversation in place, others add one. The order is kept, and what is new comes last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ftdata.sample.conversations import (
    DAY_SECONDS,
    DAYS,
    LOGGED_TWICE,
    Conversation,
    Record,
    opening_second,
    rate,
    reschedule,
)
from ftdata.sample.draws import between, pick, shuffled
from ftdata.text import words

_ERRORS = ("timeout", "rate_limited", "upstream_unavailable")
_ZERO_WIDTH_SPACE = "\u200b"
_BYTE_ORDER_MARK = "\ufeff"

Change = Callable[[Conversation], list[Conversation]]


@dataclass(frozen=True)
class Blemish:
    """`change` gives the conversation that takes the old one's place, then new ones."""

    name: str
    change: Change
    is_fit: Callable[[Conversation], bool]
    support_chat: int  # conversations of each source that get it
    assistant_api: int
    ticket_bot: int


def blemish(conversations: list[Conversation]) -> list[Conversation]:
    """All blemishes, on the conversations of one source."""
    for each in BLEMISHES:
        conversations = _apply(each, conversations)
    return conversations


def _apply(kind: Blemish, conversations: list[Conversation]) -> list[Conversation]:
    source = conversations[0].source
    fit = [
        place
        for place, each in enumerate(conversations)
        if not each.blemish and not each.is_rare and kind.is_fit(each)
    ]
    changed, added = list(conversations), []
    for place in sorted(shuffled(fit, source, kind.name)[: getattr(kind, source)]):
        first, *others = kind.change(conversations[place])
        name = f"source_of_{kind.name}" if others else kind.name
        changed[place] = replace(first, blemish=name)
        added += [replace(other, blemish=kind.name) for other in others]
    return changed + added


def _repeat(conversation: Conversation) -> list[Conversation]:
    return [conversation, _copy(conversation, "again")]


def _near_repeat(conversation: Conversation) -> list[Conversation]:
    copied = _copy(conversation, "nearly")
    first = copied.records[0]
    reworded = replace(first, prompt=_reword(first.prompt, conversation.name))
    return [conversation, replace(copied, records=(reworded, *copied.records[1:]))]


def _reword(text: str, name: str) -> str:
    """The text with one word more, whatever else is changed."""
    starts_with_a_name = text[1:2].isupper() or text[1:2] in (" ", "'")
    within = text if starts_with_a_name else text[0].lower() + text[1:]
    ended = text if text[-1] in ".?!" else f"{text}."
    wordings = (f"Hello, {within}", f"{ended} Thanks!", f"Quickly, {within}", f"Hi! {text}")
    return pick(wordings, name, "rewording")


def _log_twice(conversation: Conversation) -> list[Conversation]:
    """The same conversation without its end, under another id, as a client's retry logs it."""
    name = conversation.name + LOGGED_TWICE
    shorter = replace(conversation, name=name, records=conversation.records[:-1])
    later = round(shorter.records[0].second + 0.417, 3)
    return [conversation, reschedule(shorter, shorter.day, later)]


def _move_over_midnight(conversation: Conversation) -> list[Conversation]:
    pause = conversation.records[1].second - conversation.records[0].second
    day = min(conversation.day, DAYS - 2)
    return [reschedule(conversation, day, round(DAY_SECONDS - pause / 2, 3))]


def _fail_then_retry(conversation: Conversation) -> list[Conversation]:
    first, *others = conversation.records
    failed = _failed(first, conversation.name)
    begin = round(first.second - between(8, 30, conversation.name, "retry"), 3)
    return [replace(conversation, records=(replace(failed, second=begin), first, *others))]


def _fail(conversation: Conversation) -> list[Conversation]:
    *others, last = conversation.records
    return [replace(conversation, records=(*others, _failed(last, conversation.name)))]


def _empty(conversation: Conversation) -> list[Conversation]:
    *others, last = conversation.records
    nothing = pick(("", "", None, " \n"), conversation.name, "nothing")
    record = replace(last, response=nothing, rating=None)
    return [replace(conversation, records=(*others, record))]


def _damage_encoding(conversation: Conversation) -> list[Conversation]:
    return [_each_text(conversation, lambda text: _misread(text) or text)]


def _add_zero_width(conversation: Conversation) -> list[Conversation]:
    def change(text: str) -> str:
        mark = pick((_ZERO_WIDTH_SPACE, _BYTE_ORDER_MARK), conversation.name, "mark")
        head, _, tail = text.partition(" ")
        return f"{head} {mark}{tail}" if tail else f"{mark}{head}"

    return [_each_text(conversation, change)]


def _is_long_enough(conversation: Conversation) -> bool:
    is_one_line = "\n" not in conversation.records[0].prompt
    is_english = conversation.lang == "en" and not conversation.marks
    return is_english and is_one_line and len(set(words(conversation.prompts))) >= 14


def _has_turns(conversation: Conversation) -> bool:
    return len(conversation.records) > 1


def _is_one_turn(conversation: Conversation) -> bool:
    return len(conversation.records) == 1 and not conversation.marks


def _has_accents(conversation: Conversation) -> bool:
    return any(_misread(record.prompt) for record in conversation.records)


def _has_no_marks(conversation: Conversation) -> bool:
    return not conversation.marks


def _copy(conversation: Conversation, suffix: str) -> Conversation:
    """The same texts under a new id, on the same day or a later one, rated anew."""
    name = f"{conversation.name}/{suffix}"
    day = pick((conversation.day, between(conversation.day, DAYS - 1, name, "day")), name, "soon")
    second = opening_second(conversation.source, name)
    if day == conversation.day:
        second = max(second, conversation.records[-1].second + 60)
    copied = reschedule(replace(conversation, name=name), day, second)
    records = tuple(
        replace(record, rating=rate(copied.marks, f"{name}/{turn}"))
        for turn, record in enumerate(copied.records)
    )
    return replace(copied, records=records)


def _failed(record: Record, name: str) -> Record:
    return replace(record, response=None, rating=None, error=pick(_ERRORS, name, "error"))


def _each_text(conversation: Conversation, change: Callable[[str], str]) -> Conversation:
    records = tuple(
        replace(
            record,
            prompt=change(record.prompt),
            response=change(record.response) if record.response else record.response,
        )
        for record in conversation.records
    )
    return replace(conversation, records=records)


def _misread(text: str) -> str | None:
    """UTF-8 read as Windows-1252; None where that is not possible or changes nothing."""
    try:
        damaged = text.encode().decode("cp1252")
    except UnicodeDecodeError:
        return None
    return damaged if damaged != text else None


# Applied in this order: those that few conversations are fit for come first.
BLEMISHES = (
    Blemish("mojibake", _damage_encoding, _has_accents, 4, 3, 3),
    Blemish("over_midnight", _move_over_midnight, _has_turns, 4, 0, 0),
    Blemish("logged_twice", _log_twice, _has_turns, 6, 0, 0),
    Blemish("exact_repeat", _repeat, _has_no_marks, 8, 8, 8),
    Blemish("near_repeat", _near_repeat, _is_long_enough, 8, 10, 8),
    Blemish("error_then_retry", _fail_then_retry, _has_no_marks, 4, 6, 2),
    Blemish("error", _fail, _has_no_marks, 3, 4, 3),
    Blemish("empty_response", _empty, _is_one_turn, 4, 4, 3),
    Blemish("zero_width", _add_zero_width, _has_no_marks, 4, 3, 3),
)
