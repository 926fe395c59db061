"""The clean conversations: every exchange in each of its wordings, dealt to the ten days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ftdata.sample.draws import between, fraction, pick, shuffled
from ftdata.sample.phrases import Exchange, fill, load_exchanges, personal_kinds

DAYS = 10
SOURCES = ("assistant_api", "support_chat", "ticket_bot")
DAY_SECONDS = 86_400
LOGGED_TWICE = "/logged_twice"  # ends the name of a conversation's second entry in the log

# The order in which days get conversations; a day that stands here more often gets more. 1, 2, 8
# and 9 March (0, 1, 7, 8) are a weekend: the shops are busy, the offices are not.
_DECKS: dict[str, tuple[int, ...]] = {
    "assistant_api": (2, 3, 4, 5, 6, 9, 2, 3, 4, 5, 6, 9, 0, 7, 2, 3, 4, 5, 6, 9, 1, 8, 0, 7, 1, 8),
    "support_chat": (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 7, 8),
    "ticket_bot": tuple(range(DAYS)),
}
# Opening hours in seconds of the source's own day.
_HOURS = {
    "assistant_api": (7 * 3_600 + 1_800, 18 * 3_600 + 1_800),
    "support_chat": (6 * 3_600, 23 * 3_600),
    "ticket_bot": (300, 23 * 3_600 + 3_000),
}


@dataclass(frozen=True)
class Record:
    """One line of a log to be. `second` counts from the midnight before `day` begins."""

    day: int  # 0 is 2025-03-01
    second: float
    prompt: str
    response: str | None
    error: str | None = None
    rating: int | None = None
    personal: tuple[str, ...] = ()
    fault: str = ""  # what makes the line malformed


@dataclass(frozen=True)
class Conversation:
    """Records under one id. `blemish` names what was done to it, once at most."""

    source: str
    name: str  # unique; the ids and draws come from it
    category: str
    lang: str
    marks: tuple[str, ...]
    records: tuple[Record, ...]
    is_rare: bool = False  # its category shall stay rare
    blemish: str = ""

    @property
    def day(self) -> int:
        """Day of the first record."""
        return self.records[0].day

    @property
    def prompts(self) -> str:
        """All user turns."""
        return "\n".join(record.prompt for record in self.records)


def plan_conversations(source: str) -> list[Conversation]:
    """Every wording of every exchange of a source, once, spread over the ten days."""
    uses = [(each, use) for each in load_exchanges(source) for use in range(each.wordings)]
    deck = _DECKS[source]
    return [
        _conversation(exchange, use, deck[place % len(deck)])
        for place, (exchange, use) in enumerate(shuffled(uses, source))
    ]


def reschedule(conversation: Conversation, day: int, second: float) -> Conversation:
    """The conversation begun at another time, with the same pauses."""
    shift = (day - conversation.day) * DAY_SECONDS + second - conversation.records[0].second
    records = []
    for record in conversation.records:
        days, rest = divmod(record.day * DAY_SECONDS + record.second + shift, DAY_SECONDS)
        records.append(replace(record, day=int(days), second=rest))
    return replace(conversation, records=tuple(records))


def opening_second(source: str, name: str) -> float:
    """A second of the day within the source's hours."""
    first, last = _HOURS[source]
    return round(first + (last - first) * fraction(name, "second"), 3)


def rate(marks: Sequence[str], name: str) -> int | None:
    """A rating for two records in five; worse where the reply hedges, declines or refuses."""
    if fraction(name, "rated") >= 0.42:
        return None
    return pick((1, 2, 2, 3, 3, 4), name) if marks else pick((2, 3, 4, 4, 4, 5, 5, 5, 5, 1), name)


def _conversation(exchange: Exchange, use: int, day: int) -> Conversation:
    name = f"{exchange.source}/{exchange.number}/{use}"
    second = opening_second(exchange.source, name)
    records = []
    for turn, (prompt, response) in enumerate(exchange.turns):
        records.append(
            Record(
                day=day,
                second=round(second, 3),
                prompt=fill(prompt, use, name),
                response=fill(response, use, name),
                rating=rate(exchange.marks, f"{name}/{turn}"),
                personal=personal_kinds(prompt + response, use),
            )
        )
        second += between(35, 210, name, turn) + round(fraction(name, turn), 3)
    return Conversation(
        source=exchange.source,
        name=name,
        category=exchange.category,
        lang=exchange.lang,
        marks=exchange.marks,
        records=tuple(records),
        is_rare=exchange.once,
    )
