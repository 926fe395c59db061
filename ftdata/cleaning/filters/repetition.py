"""Finds answers that go round in circles."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.by_message import by_conversation, iter_replies
from ftdata.cleaning.filters.finding import Finding
from ftdata.settings_cleaning import Action, Cleaning, Repetition

_RUN = 5  # words
_MIN_WORDS = 20  # below which five words said twice are no circle
_MIN_LINE_WORDS = 12  # of an answer whose lines are compared
_LINE_WORDS = 4  # of a line that says something: headings and fields of forms come again
_MAYBE_REPEATED = 0.5  # of the words; zlib reaches the usual bound above this alone
_USUAL_SHARE = 0.25
_FENCED = re.compile(r"```.{0,20000}?(?:```|\Z)", re.DOTALL)
_CODE_MARKS = re.compile(r"[{};<>=\\$|]|\w\(")
_MAX_CODE_MARKS = 0.02  # for each character


def repetition_action(options: Cleaning) -> Action:
    """What the settings make of answers in circles."""
    return options.repetition.action


def find_repetition(conversations: Conversations, options: Cleaning) -> list[Finding | None]:
    """`repetition` where an assistant message goes round in circles; the detail says by what.

    Of 20 words or more, over `max_repeated_share` of the 5-word runs were there before, or the text
    compresses to under `min_compressed_share`; or, of 12 words or more, over `max_repeated_lines`
    of the lines were there before. Fenced code does not count, and what reads like code has no
    circles: it repeats itself by nature.
    """
    return by_conversation(conversations, _found(conversations, options.repetition))


def _found(conversations: Conversations, options: Repetition) -> Iterator[tuple[int, Finding]]:
    for index, text in iter_replies(conversations):
        lines = text.count("\n")
        least = _MIN_LINE_WORDS if lines else _MIN_WORDS
        if text.count(" ") + lines < least - 1:  # the words are one more, at most
            continue
        detail = _circle(text, options)
        if detail and not _is_code(text):
            yield index, Finding("repetition", detail)


def _circle(text: str, options: Repetition) -> str | None:
    if "```" in text:
        text = _FENCED.sub("\n", text)
    words = text.split()
    if len(words) < _MIN_LINE_WORDS:
        return None
    share = _repeated_lines(text)
    if share > options.max_repeated_lines:
        return f"{share:.0%} of the lines were there before"
    repeated = len(words) - len(set(words))
    runs = len(words) - _RUN + 1
    if len(words) < _MIN_WORDS:
        return None
    # A run that was there before begins with a word that was there before.
    if repeated > options.max_repeated_share * runs:
        share = 1 - len(set(zip(*(words[i:] for i in range(_RUN)), strict=False))) / runs
        if share > options.max_repeated_share:
            return f"{share:.0%} of its runs of {_RUN} words were there before"
    if repeated > _MAYBE_REPEATED * len(words) or options.min_compressed_share > _USUAL_SHARE:
        data = text.encode("utf-8", "surrogatepass")
        size = len(zlib.compress(data)) / len(data)
        if size < options.min_compressed_share:
            return f"compresses to {size:.0%}"
    return None


def _repeated_lines(text: str) -> float:
    if text.count("\n") < 2:
        return 0.0
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    told = [line for line in lines if line.count(" ") >= _LINE_WORDS - 1]
    return (len(told) - len(set(told))) / len(lines) if lines else 0.0


def _is_code(text: str) -> bool:
    prose = _FENCED.sub("\n", text)
    return len(_CODE_MARKS.findall(prose)) > _MAX_CODE_MARKS * len(prose)
