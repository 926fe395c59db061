"""Demands on the form of a reply that a given reply meets already."""

from __future__ import annotations

import re

from ftdata.text import words

_LIMITS = (10, 25, 50, 75, 100, 150, 200, 250, 300, 400, 500)
_FEW_WORDS = 5
_MIN_SENTENCE_WORDS = 6
_MIN_PARAGRAPH_WORDS = 40
_MIN_ITEMS = 3

_ITEM = re.compile(r"^[ \t]*(?:[-*•]|\d{1,3}[.)]) +\S", re.MULTILINE)
_LINE = re.compile(r"^.*\S", re.MULTILINE)
_NUMBERED = re.compile(r"^\d{1,3}[.)] +\S", re.MULTILINE)
_INLINE_ITEM = re.compile(r"(?:^|\s)\d[.)] ")
_NOT_PROSE = re.compile(r"```|^\||^#", re.MULTILINE)
_WITHIN_SENTENCE = re.compile(r"[.!?][\"”')\]]?\s+\S")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|will|would|should|may|might|do|does|did|means"
    r"|stands|refers|\w{3,}ed)\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"\bfor (?:example|instance)\b", re.IGNORECASE)
_HOW = re.compile(r"how (?:do|to|can|should|would)\b", re.IGNORECASE)
# What says already how long or in what form the reply shall be, or is no plain question or order.
_DEMANDED = re.compile(
    r":|\bi(?:'d| would)? (?:need|want|like|am looking)\b"
    r"|\b(?:find|book|search|reserve|buy|get) (?:me|us|for|a|an|the|some)\b"
    r"|\b(?:short|brief\w*|concise\w*|long|length|detail\w*|thorough\w*|list|lists|listed|bullets?"
    r"|steps?|step-by-step|table|outline|essay|article|report|story|letter|e-?mail|speech|verse"
    r"|examples?|in one|a few|at (?:least|most)|no more than|maximum|minimum|summar\w+|one)\b",
    re.IGNORECASE,
)


def find_constraints(prompt: str, reply: str) -> list[str]:
    """Sentences behind a request that demand what the reply does; none where it demands already.

    "Why is the sky blue?", "Air scatters blue light more than red light." gives "Answer in one
    sentence." and "Use no more than 10 words.", each in several wordings.
    """
    text = reply.strip()
    if _DEMANDED.search(prompt) or _NOT_PROSE.search(text):
        return []
    found = _of_length(text)
    items, lines = len(_ITEM.findall(text)), len(_LINE.findall(text))
    if items >= max(_MIN_ITEMS, lines / 2):
        found += _of_list(prompt, text)
    elif not items and not _INLINE_ITEM.search(text):
        found += _of_prose(text)
    if _EXAMPLE.search(text):
        found += ["Include an example.", "Give an example, too."]
    return found


def _of_length(text: str) -> list[str]:
    count = max(len(text.split()), len(words(text)))
    if count <= _FEW_WORDS:
        return ["Answer in a few words.", "A few words will do."]
    limit = next((limit for limit in _LIMITS if limit >= count), None)
    if limit is None or count <= limit // 2:
        return []
    return [
        f"Use no more than {limit} words.",
        f"Answer in at most {limit} words.",
        f"Stay within {limit} words.",
    ]


def _of_list(prompt: str, text: str) -> list[str]:
    is_numbered = len(_NUMBERED.findall(text)) >= _MIN_ITEMS
    if is_numbered and _HOW.match(prompt) and "step" in text.lower():
        return ["Explain it step by step.", "Go through it step by step."]
    kind = "a numbered list" if is_numbered else "a list"
    return [f"Answer with {kind}.", f"Put it in the form of {kind}."]


def _of_prose(text: str) -> list[str]:
    if "\n" in text or not text.endswith((".", "!")):
        return []
    count = len(text.split())
    if not _WITHIN_SENTENCE.search(text):
        return ["Answer in one sentence.", "One sentence is enough."] * (
            count >= _MIN_SENTENCE_WORDS and _VERB.search(text) is not None
        )
    return ["Answer in a single paragraph.", "Keep it to one paragraph."] * (
        count >= _MIN_PARAGRAPH_WORDS
    )
