"""Which texts the paraphrase rules may touch, and which parts of them they must not see."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_CHARS = 600
MIN_WORDS = 5
MIN_ENGLISH = 0.2  # share of words that are common English ones

_FIRST_MARK = 0xE000  # private use: stands for a protected span and is no letter
_MARKS = re.compile("[\ue000-\uf8ff]")
_PROTECTED = re.compile(
    r"`[^`]+`"
    r"|(?:https?://|www\.)\S*[\w/]|\S+@\S*\w"
    r"|\[[^\]\s]+\]"
    r"|\"[^\"]*\"|“[^”]*”|«[^»]*»|(?<!\w)['‘][^'’]*['’](?!\w)"
    r"|:\s.*"  # what follows a colon is what the request is about
    r"|\w*\d(?:[\w.,:/-]*\w)?",
    re.IGNORECASE,
)
# Here the wording itself is the matter: a rule would change the task, not its wording.
_ABOUT_WORDING = re.compile(
    r"\b(?:translat\w+|rewrit\w+|rephras\w+|reword\w*|paraphras\w+|proofread\w*|correct th\w+"
    r"|gramm\w+|spell\w*|punctuat\w+|sentences?|phrases?|words?|letters?|characters?|text|passage"
    r"|paragraphs?|contractions?|abbreviat\w+|synonyms?|antonyms?|verbs?|nouns?|adjectives?|rhym\w+"
    r"|repeat\w*|say|saying|sentiment|tone|token\w*|summari[sz]e th(?:is|ese)|th(?:is|ese) text)\b",
    re.IGNORECASE,
)
_MANY_LINES = re.compile(r"\n|```")
_CODE_LIKE = re.compile(r"[{}<>|\\=;$#*~^`]|\w\(")
_WORD = re.compile(r"[a-z']+")
_COMMON = frozenset(
    _WORD.findall(
        "a about an and any are at be by can could did do does for from give has have help how i"
        " i'd i'm if in is it it's like list me my near need no not of ok okay on one or our please"
        " should some sounds tell thank thanks that that's the there they this to us want was we"
        " what what's when where which who why will with would write yes you your"
    )
)


@dataclass(frozen=True)
class Masked:
    """A text whose protected spans are each one mark."""

    text: str
    spans: tuple[str, ...]

    def restore(self, text: str) -> str | None:
        """`text` with every span back in place; None where a mark was lost or doubled."""
        marks = _MARKS.findall(text)
        if sorted(marks) != [chr(_FIRST_MARK + i) for i in range(len(self.spans))]:
            return None
        return _MARKS.sub(lambda match: self.spans[ord(match[0]) - _FIRST_MARK], text)


def mask_protected(text: str) -> Masked | None:
    """An English text as `mask_spans` gives it; None where no rule may touch it: a request about
    wording itself, or what `mask_spans` refuses.
    """
    masked = mask_spans(text)
    if masked is None or _ABOUT_WORDING.search(masked.text) or not _looks_english(masked.text):
        return None
    return masked


def mask_spans(text: str) -> Masked | None:
    """The text with code spans, addresses, placeholders, quotes, numbers and all that follows a
    colon masked; None where it has several lines, more than 600 characters, code or JSON.
    """
    text = text.strip()
    if len(text) > MAX_CHARS or _MARKS.search(text) or _MANY_LINES.search(text):
        return None
    spans: list[str] = []

    def mark(match: re.Match[str]) -> str:
        spans.append(match[0])
        return chr(_FIRST_MARK + len(spans) - 1)

    masked = _PROTECTED.sub(mark, text)
    return None if _CODE_LIKE.search(masked) else Masked(masked, tuple(spans))


def _looks_english(text: str) -> bool:
    if not _MARKS.sub("", text).replace("’", "'").isascii():
        return False
    if sum(map(str.isupper, text)) > sum(map(str.islower, text)):
        return False  # shouted: a rule would give it two voices
    words = _WORD.findall(text.replace("’", "'").lower())
    common = sum(word in _COMMON for word in words)
    return len(words) >= MIN_WORDS and common >= MIN_ENGLISH * len(words)
