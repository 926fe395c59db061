"""Finds texts whose characters were damaged before they were logged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftfy.badness import is_bad

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.by_message import by_conversation
from ftdata.cleaning.filters.finding import Finding
from ftdata.settings_cleaning import Action, Cleaning

_DEBRIS = re.compile("[\ufffd\u2400-\u2426\ue000-\uf8ff]")  # control pictures, private use
_MARKS_IN_WORDS = re.compile(r"[a-z]\?{2,8}[a-z]")
# Text read in another encoding has runs of such characters; is_bad costs far more than to find one.
_ODD = "\u0080-\u024f\u0400-\u045f\u2010-\u203a\u20ac\u2122\u2202\u220f\u221a\u2248\u2500-\u259f"
_ODD_RUN = re.compile(f"[{_ODD}]{{2}}")
_MIN_WORDS = 2  # with marks in them: one may be a slip of the keyboard


def encoding_action(options: Cleaning) -> Action:
    """What the settings make of damaged characters."""
    return options.encoding.action


def find_encoding_damage(conversations: Conversations, options: Cleaning) -> list[Finding | None]:
    """`encoding_damage` where a message holds characters that nobody wrote; the detail says which.

    U+FFFD, pictures of control characters, private-use characters, question marks inside words, and
    what ftfy still finds bad in normalised text.
    """
    del options
    return by_conversation(conversations, _found(conversations))


def _found(conversations: Conversations) -> Iterator[tuple[int, Finding]]:
    for index, text in enumerate(conversations.contents):
        if not text:
            continue
        detail = _damage(text)
        if detail:
            yield index, Finding("encoding_damage", detail)


def _damage(text: str) -> str | None:
    if "??" in text and len(_MARKS_IN_WORDS.findall(text)) >= _MIN_WORDS:
        return "question marks inside words"
    if text.isascii():
        return None
    if _DEBRIS.search(text):
        return "replacement, control or private characters"
    is_odd = _ODD_RUN.search(text) and is_bad(text)
    return "characters of another encoding" if is_odd else None
