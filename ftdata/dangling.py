"""Phrases that point out of a text, and what they point to: "as described above", "see below".

English, and the commonest of Spanish, German and French. A phrase dangles where what it points to
is not in the text: the steps, the code or the table it names, or anything at all on that side.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ftdata.dangling_rules import MEANT, RULES, Direction, Referent, Rule


class Reference(NamedTuple):
    """A phrase at `text[start:end]` that points back or forward to something.

    `is_held`: the text itself has such a thing on that side.
    """

    start: int
    end: int
    phrase: str  # in lower case, white space folded
    direction: Direction
    referent: Referent
    is_held: bool


_WINDOW = 100  # characters on each side of a trigger, in which a phrase stands
_ALL_TRIGGERS = tuple(sorted({trigger for rule in RULES for trigger in rule.triggers}))
# What holds another trigger is found with it.
_SHORTEST = tuple(
    trigger
    for trigger in _ALL_TRIGGERS
    if not any(other != trigger and other in trigger for other in _ALL_TRIGGERS)
)

_FENCE = re.compile(r"^[ \t]{0,40}(?:```|~~~)", re.MULTILINE)
_BREAK = re.compile(r"\n[ \t]{0,40}\n|^[ \t>]{0,40}(?:\d{1,9}[.)]|[-*+])[ \t]", re.MULTILINE)
_ROW = re.compile(r"^[ \t>]{0,40}\|", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?:][)\]\"'*_”»]{0,4}\s")
_LAST_WORD = re.compile(r"\w+\Z")
_MIN_HELD = 20  # characters that can be what "above" means

_RULES_WITH = {
    found: frozenset(
        number
        for number, rule in enumerate(RULES)
        if any(found in trigger for trigger in rule.triggers)
    )
    for found in _SHORTEST
}


def dangling_phrase(text: str) -> str | None:
    """The first phrase of a Markdown text that points to what the text does not hold, or None."""
    return next((found.phrase for found in references_in(text) if not found.is_held), None)


def references_in(text: str) -> list[Reference]:
    """All phrases of a Markdown text, in order, that point to something before or after them.

    What stands in fenced code is no phrase. Time is linear in the text.
    """
    hits = sorted(_matches(text), key=lambda hit: (hit[0], -hit[1]))
    if not hits:
        return []
    code = _code_ranges(text)
    layout = _Layout(text, code)
    found: list[Reference] = []
    last = 0
    for start, end, rule, match in hits:
        if start < last or _is_inside(code, start):
            continue
        last = end
        referent = rule.referent or _referent(match)
        held = layout.holds(start, end, rule.direction, referent)
        phrase = " ".join(match.group().lower().strip(",").split())
        found.append(Reference(start, end, phrase, rule.direction, referent, held))
    return found


def _matches(text: str) -> Iterator[tuple[int, int, Rule, re.Match[str]]]:
    # Patterns are tried around the words that every match has: most texts have none.
    lowered = text.lower().replace("\n", " ")
    if len(lowered) != len(text):  # a letter whose small form is two: places would not fit
        lowered = text.replace("\n", " ")
    for start, end, places, triggers in _windows(lowered):
        around = lowered[start:end]
        words = [_word_before(lowered, place) for place in places]
        for number in sorted(frozenset().union(*map(_RULES_WITH.__getitem__, triggers))):
            rule = RULES[number]
            if not any(trigger in around for trigger in rule.triggers):
                continue
            if rule.is_first:
                found = (rule.pattern.match(text, place, end) for place in places)
                yield from ((hit.start(), hit.end(), rule, hit) for hit in found if hit)
            elif rule.before is None or any(map(rule.before.fullmatch, words)):
                for match in rule.pattern.finditer(text, start, end):
                    yield match.start(), match.end(), rule, match


class _Window(NamedTuple):
    """A range in which phrases may stand, where its triggers stand, and which they are."""

    start: int
    end: int
    places: list[int]
    triggers: set[str]


def _windows(lowered: str) -> list[_Window]:
    """The ranges around all triggers, those that overlap as one."""
    places = []
    for trigger in _SHORTEST:
        place = lowered.find(trigger)
        while place >= 0:
            places.append((place, trigger))
            place = lowered.find(trigger, place + len(trigger))
    windows: list[_Window] = []
    for place, trigger in sorted(places):
        start, end = max(place - _WINDOW, 0), min(place + _WINDOW, len(lowered))
        if windows and start <= windows[-1].end:
            windows[-1] = windows[-1]._replace(end=end)
            windows[-1].places.append(place)
            windows[-1].triggers.add(trigger)
        else:
            windows.append(_Window(start, end, [place], {trigger}))
    return windows


def _word_before(lowered: str, place: int) -> str:
    """The word with nothing but white space between it and a place; "" where there is none."""
    head = lowered[max(place - _WINDOW, 0) : place]
    last = head.rsplit(None, 1)[-1] if head[-1:].isspace() and not head.isspace() else ""
    found = _LAST_WORD.search(last)
    return found[0] if found else ""


def _referent(match: re.Match[str]) -> Referent:
    noun = match.groupdict().get("noun")
    if noun:
        for referent, pattern in MEANT.items():
            if pattern.fullmatch(noun):
                return referent
    return "anything"


def _code_ranges(text: str) -> list[tuple[int, int]]:
    """The ranges of fenced code; a fence without an end goes to the end of the text."""
    if "```" not in text and "~~~" not in text:
        return []  # most texts: quicker than the pattern
    marks = [match.start() for match in _FENCE.finditer(text)]
    if len(marks) % 2:
        marks.append(len(text))
    return list(zip(marks[::2], marks[1::2], strict=True))


def _is_inside(ranges: list[tuple[int, int]], place: int) -> bool:
    index = bisect_right(ranges, (place, place)) - 1
    return index >= 0 and ranges[index][0] <= place < ranges[index][1]


@dataclass(frozen=True)
class _Layout:
    """Where in a text its structure stands, looked for when it is asked for."""

    text: str
    code: list[tuple[int, int]]

    @cached_property
    def breaks(self) -> list[int]:
        """Where paragraphs and items begin, 0 first."""
        return [0, *(place for place, _ in self._breaks)]

    @cached_property
    def sentences(self) -> list[int]:
        """Where sentences end."""
        return [match.end() for match in _SENTENCE_END.finditer(self.text)]

    @cached_property
    def _breaks(self) -> list[tuple[int, bool]]:
        """Where paragraphs and items begin, and whether it is an item."""
        found = []
        for match in _BREAK.finditer(self.text):
            if not _is_inside(self.code, match.start()):
                is_item = not match.group().startswith("\n")
                found.append((match.start() if is_item else match.end(), is_item))
        return found

    @cached_property
    def steps(self) -> tuple[int, int]:
        """First and last place of an item, -1 for none."""
        return _ends([place for place, is_item in self._breaks if is_item])

    @cached_property
    def table(self) -> tuple[int, int]:
        """Of a row."""
        return _ends([match.start() for match in _ROW.finditer(self.text)])

    @cached_property
    def code_marks(self) -> tuple[int, int]:
        """Of a mark of code."""
        return self.text.find("`"), self.text.rfind("`")

    def ends_of(self, referent: Referent) -> tuple[int, int] | None:
        """First and last place of what is meant; None where nothing marks it."""
        if referent == "code":
            return self.code_marks
        if referent == "table":
            return self.table if "|" in self.text else (-1, -1)
        return self.steps if referent == "steps" else None

    def holds(self, start: int, end: int, direction: Direction, referent: Referent) -> bool:
        """Whether the text has what a phrase at `start` to `end` points to."""
        if referent == "image":
            return False  # no text holds one
        ends = self.ends_of(referent)
        if direction == "forward":
            return ends[1] >= end if ends else self._goes_on(end)
        begin = self.breaks[bisect_right(self.breaks, start) - 1]
        if ends:
            return 0 <= ends[0] < (start if referent == "code" else begin)
        index = bisect_right(self.sentences, start) - 1
        is_in_paragraph = index >= 0 and self.sentences[index] > begin + _MIN_HELD
        return is_in_paragraph or len(self.text[:begin].strip()) >= _MIN_HELD

    def _goes_on(self, place: int) -> bool:
        """Whether anything stands behind the sentence or paragraph of a place."""
        index = bisect_right(self.sentences, place)
        stop = self.sentences[index] if index < len(self.sentences) else len(self.text)
        following = bisect_right(self.breaks, place)
        if following < len(self.breaks):
            stop = min(stop, self.breaks[following])
        return stop < len(self.text) and not self.text[stop:].isspace()


def _ends(places: list[int]) -> tuple[int, int]:
    return (places[0], places[-1]) if places else (-1, -1)
