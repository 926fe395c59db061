"""Finds answers that break off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.by_message import by_conversation, iter_replies
from ftdata.cleaning.filters.finding import Finding
from ftdata.settings_cleaning import Action, Cleaning

_SHORTEST = 20  # characters; what is shorter is a chat's answer
_LIMITED = 600  # characters; token limits are not lower, what is shorter just lacks its full stop
_TAIL = 1_000  # characters looked at
_LAST_LINE_WORDS = 4  # of a sentence that wants its full stop
_STOPPED = 2  # sentences before it that have theirs
_CLAUSE_WORDS = 4

_LIST_MARK = re.compile(r"(?:\A|\n)[ \t]{0,20}(?:\d{1,3}[.)]|[-*+•])[ \t]{0,20}(?:\*\*)?\Z")
_ITEM = re.compile(r"[ \t]{0,20}(?:\d{1,3}[.)]|[-*+•#|>]|[A-Za-z][.)])\s?")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]*]{0,3}(?=\s|\Z)")
_LAST_WORD = re.compile(r"(?<![^\s'’(])([^\W\d_]{1,20})\Z")
_CODE_MARKS = re.compile(r"[{}<>=\\$|`_]|https?:|\w\(|\w/\w")
_OPEN_ENDS = ",([{–—&"
_EYES = ":;=-'"  # of a face such as :(
# Words that no clause ends with, in the main European languages.
_UNENDING = frozenset(
    {
        "a", "an", "the", "and", "or", "but", "because", "although", "which", "whose", "if", "than",
        "your", "my", "their", "our", "its", "such", "el", "los", "las",
        "un", "una", "unos", "y", "o", "pero", "porque", "aunque", "del", "que", "sus", "le", "les",
        "des", "une", "et", "ou", "mais", "du", "au", "aux", "dans", "der", "die", "das", "den",
        "dem", "ein", "eine", "einen", "und", "oder", "aber", "weil", "dass", "els", "però", "amb",
        "il", "gli", "e", "della", "di", "os", "uma", "mas", "com", "of",
    }
)  # fmt: skip


def truncation_action(options: Cleaning) -> Action:
    """What the settings make of answers that break off."""
    return options.truncation.action


def find_truncation(conversations: Conversations, options: Cleaning) -> list[Finding | None]:
    """`truncated` where an assistant message breaks off; the detail says how.

    It ends on a comma, an open bracket or a word that no clause ends with, on a list mark, inside
    a code fence or JSON, or in the middle of a sentence after sentences that have their full stops.
    A short answer without a full stop is none.
    """
    del options
    return by_conversation(conversations, _found(conversations))


def _found(conversations: Conversations) -> Iterator[tuple[int, Finding]]:
    for index, text in iter_replies(conversations):
        detail = _break(text)
        if detail:
            yield index, Finding("truncated", detail)


def _break(text: str) -> str | None:
    if "```" in text and text.count("```") % 2:
        return "a code fence is open"
    last = text[-1]
    if last in ".!?…。！？\"'”’»`" and not text[-2:-1].isdigit():
        return None
    if text[0] in "{[" and last not in "]}":
        return "its JSON is open" if text[:2] in ('{"', "[{", '["') else None
    if len(text) < _SHORTEST:
        return None
    return _break_of_tail(text, last)


def _break_of_tail(text: str, last: str) -> str | None:
    tail = text[-_TAIL:]
    if _LIST_MARK.search(tail) or _is_next_number(tail):
        return "a list mark stands alone"
    line = tail.rsplit("\n", 1)[-1]
    if last == ":" and len(text) >= _LIMITED:
        return "it ends on a colon"
    if last in _OPEN_ENDS and tail[-2:-1] not in _EYES and len(line.split()) >= _CLAUSE_WORDS:
        return "it ends on a comma or an open bracket"
    return _break_of_sentence(text, tail, line) if last.isalnum() else None


def _break_of_sentence(text: str, tail: str, line: str) -> str | None:
    is_item = _ITEM.match(line)
    body = line[is_item.end() :] if is_item else line
    word = _LAST_WORD.search(line)
    clause = len(body.split())
    if word and clause >= _CLAUSE_WORDS and word[1] in _UNENDING:
        return "it ends on a word that ends no clause"
    if (
        len(text) >= _LIMITED
        and clause >= _LAST_LINE_WORDS
        and _wants_stop(tail, line, bool(is_item))
    ):
        return "it ends in the middle of a sentence"
    return None


def _is_next_number(tail: str) -> bool:
    """Whether the last line is the number of a list's next item, such as 3 after the item 2."""
    line = tail.rsplit("\n", 1)[-1].strip(" .)")
    if not (line.isdecimal() and len(line) <= 2):
        return False
    return re.search(rf"(?:\A|\n)[ \t]{{0,20}}{int(line) - 1}[.)] ", tail) is not None


def _wants_stop(tail: str, line: str, is_item: bool) -> bool:
    """Whether the sentences, or the list's items, before the last one have their full stops."""
    if _CODE_MARKS.search(line[-120:]):
        return False
    before = tail[: len(tail) - len(line)]
    if is_item:
        lines = [one for one in before.split("\n")[1:] if _ITEM.match(one)]
        return bool(lines) and all(_SENTENCE_END.search(one.rstrip()[-4:]) for one in lines)
    return len(_SENTENCE_END.findall(tail)) >= _STOPPED
