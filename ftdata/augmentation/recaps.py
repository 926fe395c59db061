"""What of a reply can be asked for again: its gist, its list, the last item of it, its code."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_MIN_GIST_WORDS, _MAX_GIST_WORDS = 6, 40
_MIN_GIST_SHARE = 2  # times as long as its gist is the reply at least
_MIN_PROSE = 1.1  # times as long as its list or its code is the reply at least
_MIN_ITEMS = 3
_FENCES = 2  # of one block
_MAX_NAME_WORDS = 8  # a longer item makes a point

_ITEM = re.compile(r"(?P<mark>\d{1,3}[.)]|[-*•]) +(?P<text>\S.*)")
_ITEM_LINE = re.compile(r"^[ \t]*(?:\d{1,3}[.)]|[-*•]) |```|\|", re.MULTILINE)
_CODE = re.compile(r"^```[^\n]*\n.*?^```[ \t]*$", re.MULTILINE | re.DOTALL)
_SENTENCE = re.compile(r"[A-Z].*?[a-z)\]]{2}[.!](?= +[A-Z\d*\"“]|\n)")
# An opening that says nothing yet, or points to what was said before.
_NO_GIST = re.compile(
    r"(?:sure|certainly|of course|absolutely|great|yes|no|ok|okay|ah|hello|hi|hey|dear|well|thank"
    r"|i|i'm|i'd|my|we|our|you|your|this|that|that's|these|those|it|it's|he|she|they|here|here's"
    r"|there|as|in|to|first|if|when|while|some|below|the (?:term|art|answer|process|following)"
    r"|however|also|depend\w*)\b",
    re.IGNORECASE,
)
_STEPS = re.compile(
    r"\bsteps?\b|\bhow to do (?:it|this|that)\b|\b(?:following|simple) process\b", re.IGNORECASE
)
# A question for one thing, which a first sentence can answer as a whole.
_ASKS_ONE = re.compile(
    r"(?!.*(?:\d|\bhow\b|\bwhy\b|\band\b|\bor\b|\byou\b|,|differ|compar|\?.))"
    r"(?:(?:what|who|where|when|which [^?]*?) (?:is|was|does|did)|what's|who's|is|does|did)\b.*\?",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"\b(?:complex|challenging|multifaceted|fascinating|several|various|many)\b")


class Recap(NamedTuple):
    """What a user may ask behind a reply, in either of the wordings, and the part that answers."""

    asks: tuple[str, ...]
    part: str


def find_recaps(prompt: str, reply: str) -> list[Recap]:
    """The parts of a reply, word for word, that its user may want to read again."""
    return [recap for rule in _RULES if (recap := rule(prompt, reply)) is not None]


def _gist(prompt: str, reply: str) -> Recap | None:
    """The first sentence of a longer text in prose that answers a plain question."""
    text = reply.strip()
    found = _SENTENCE.match(text)
    if found is None or _ITEM_LINE.search(text) or not _ASKS_ONE.fullmatch(prompt):
        return None
    gist = found[0]
    is_long = len(text) >= _MIN_GIST_SHARE * len(gist)
    if not is_long or _NO_GIST.match(gist) or _VAGUE.search(gist):
        return None
    if not _MIN_GIST_WORDS <= len(gist.split()) <= _MAX_GIST_WORDS:
        return None
    return Recap(("What's the short version?", "And the short version?"), gist)


def _items(reply: str) -> tuple[list[str], list[re.Match[str]]]:
    """The lines of the reply's only list, and its items; none where it is nested or broken."""
    lines = reply.rstrip().split("\n")
    places = [i for i, line in enumerate(lines) if _ITEM.match(line)]
    if not places or "```" in reply:
        return [], []
    block = lines[places[0] : places[-1] + 1]
    found = [_ITEM.match(line) for line in block if line.strip()]
    items = [item for item in found if item is not None]
    return (block, items) if len(items) == len(found) > 1 else ([], [])


def _list(prompt: str, reply: str) -> Recap | None:
    """The list of a reply that holds more than the list."""
    del prompt
    block, items = _items(reply)
    part = "\n".join(block)
    if len(items) < _MIN_ITEMS or len(reply.strip()) < _MIN_PROSE * len(part):
        return None
    return Recap(("Can you give me just the list?", "Only the list again, please."), part)


def _last_item(prompt: str, reply: str) -> Recap | None:
    _, items = _items(reply)
    if len(items) < _MIN_ITEMS or items[-1]["text"].rstrip().endswith(":"):
        return None
    item = items[-1]["text"].rstrip()
    name = "point" if len(item.split()) > _MAX_NAME_WORDS else "one"
    if items[-1]["mark"][0].isdigit() and (_STEPS.search(prompt) or _STEPS.search(reply)):
        name = "step"
    return Recap((f"What was the last {name} again?", f"Can you repeat the last {name}?"), item)


def _code(prompt: str, reply: str) -> Recap | None:
    """The code of a reply that explains it too."""
    del prompt
    found = _CODE.search(reply) if reply.count("```") == _FENCES else None
    if found is None or len(reply.strip()) < _MIN_PROSE * len(found[0]):
        return None
    return Recap(("Can I have just the code?", "Only the code again, please."), found[0])


_RULES: tuple[Callable[[str, str], Recap | None], ...] = (_gist, _list, _last_item, _code)
