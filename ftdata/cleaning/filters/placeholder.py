"""Finds answers that hold nothing but a placeholder or an error of the system that gave them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.by_message import by_conversation, iter_replies
from ftdata.cleaning.filters.finding import Finding
from ftdata.settings_cleaning import Action, Cleaning
from ftdata.text import same_key

_LONGEST = 300  # characters of a placeholder or an error; a traceback may be longer
_NONE = "None"  # as Python writes its null: "None." may be an answer
_KEYS = frozenset(
    {
        "n a", "null", "undefined", "nan", "nil", "todo", "to do", "tbd", "tba", "fixme", "xxx",
        "to be determined", "placeholder", "test", "testing", "asdf", "foo", "foo bar",
        "no response", "no answer", "no output", "empty", "empty response", "object object",
        "answer here", "your answer here", "response here", "text here", "coming soon", "pendiente",
        "à compléter", "keine antwort", "sin respuesta", "pas de réponse",
    }
)  # fmt: skip
_MARKS = re.compile(r"[\s.\-_*#=~/\\|?!,;:…]+")
_IN_BRACKETS = re.compile(
    r"(?i)(?:\[|<|\{\{?|\()\s*(?:insert|your|placeholder|enter|add|fill|todo|tbd|response|answer|"
    r"text|blank|no (?:response|answer|output|content)|redacted|deleted|removed|empty|null)"
    r"(?:[^\[\]<>{}()\n]{0,80})(?:\]|>|\}\}?|\))[.!]?"
)
_LOREM = re.compile(r"(?i)lorem ipsum\b")
_ERRORS = re.compile(
    r"(?i)(?:(?:error|exception|http|status|fatal)[\s:]{1,3}){0,2}(?:[45]\d\d[\s:-]{0,3})?"
    r"(?:internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out"
    r"|request time(?:d[ -])?out|connection (?:timed out|refused|reset|error|aborted)"
    r"|too many requests|rate limit (?:exceeded|reached)|you(?:'ve| have)? exceeded your"
    r"|quota exceeded|unauthori[sz]ed|403 forbidden|404 not found|access denied|invalid api key"
    r"|no healthy upstream|upstream (?:connect|request) (?:error|timeout)"
    r"|an (?:unexpected |unknown |internal )?error (?:has )?occurred|something went wrong"
    r"|(?:error|exception) (?:generating|processing|while) |model (?:is )?overloaded"
    r"|the (?:server|model|engine) is (?:currently )?(?:overloaded|unavailable|busy)"
    r"|context length exceeded|maximum context length|traceback \(most recent call last\))"
)
_TRACEBACK = "Traceback (most recent call last)"


def placeholder_action(options: Cleaning) -> Action:
    """What the settings make of answers that are none."""
    return options.placeholder.action


def find_placeholders(conversations: Conversations, options: Cleaning) -> list[Finding | None]:
    """`placeholder_answer` where a whole assistant message is none; the detail says of which kind.

    N/A, TODO, null and their like, marks alone, `[insert …]`, lorem ipsum, an error of a server or
    a traceback, and `placeholder.phrases`; case and punctuation are ignored.
    """
    phrases = frozenset(same_key(phrase) for phrase in options.placeholder.phrases)
    return by_conversation(conversations, _found(conversations, phrases))


def _found(conversations: Conversations, phrases: frozenset[str]) -> Iterator[tuple[int, Finding]]:
    known: dict[str, str | None] = {}
    longest = max((len(phrase) for phrase in phrases), default=0) * 2
    for index, text in iter_replies(conversations):
        if len(text) > _LONGEST and len(text) > longest:
            kind = "error" if text.startswith(_TRACEBACK) else None
        else:
            if text not in known:
                known[text] = _kind(text, phrases)
            kind = known[text]
        if kind:
            yield index, Finding("placeholder_answer", kind)


def _kind(text: str, phrases: frozenset[str]) -> str | None:
    text = text.strip()
    if phrases and same_key(text) in phrases:
        return "phrase"
    if text == _NONE or (len(text) <= 32 and same_key(text) in _KEYS):
        return "placeholder"
    if _MARKS.fullmatch(text):
        return "marks"
    if _IN_BRACKETS.fullmatch(text) or _LOREM.match(text):
        return "placeholder"
    return "error" if _ERRORS.match(text) and not _goes_on(text) else None


def _goes_on(text: str) -> bool:
    """Whether something is said of an error, which is an answer: it begins with none."""
    return not text.startswith(_TRACEBACK) and text.count(". ") > 1
