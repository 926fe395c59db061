"""The tone in which users speak: by words and marks that hardly mean anything else."""

from __future__ import annotations

import re

from ftdata.tagging.cues import Cues
from ftdata.tagging.said import Said
from ftdata.tagging.tone_words import FORMAL, FRUSTRATED, INFORMAL, POLITE, URGENT
from ftdata.tagging.values import Tone
from ftdata.text import WORD

_SHARE = 3  # a manner is that of the whole where one message in so many shows it

_CUES: tuple[tuple[Cues, Tone], ...] = (
    (FRUSTRATED, "frustrated"),
    (URGENT, "urgent"),
    (FORMAL, "formal"),
    (POLITE, "polite"),
    (INFORMAL, "informal"),
)
_TRIGGERS = frozenset().union(*(cue.triggers for cue, _ in _CUES))
_SHOUTED = re.compile(r"(?:\b[A-Z]{2,}\b[\s,!?']*){4,}")
_SMILE = re.compile("[\U0001f600-\U0001f64f\U0001f900-\U0001f9ff]|[:;]-?[)DP](?!\\w)")


def tone_of(said: Said) -> Tone:
    """The tone of the users' messages together.

    In this order: `frustrated` or `urgent` where one message is; `formal` where one is worded as a
    letter; `polite` or `informal`, whichever marks more messages, where it marks a third of them at
    least; else `neutral`. "This is ridiculous, it still won't start!" is frustrated.
    """
    hits, text = _TRIGGERS & said.words, said.text
    if any(map(_is_shouted, said.prompts)):
        return "frustrated"
    if not hits and ":" not in text and ";" not in text and text.isascii():
        return "neutral"
    has_smile = any(map(_SMILE.search, said.prompts))
    told = next((tone for cue, tone in _CUES if cue.are_in(hits, text)), None)
    if told in ("polite", "informal") or (told is None and has_smile):
        return _manner(said)
    return told or "neutral"


def _is_shouted(prompt: str) -> bool:
    """Several words in capitals, and an exclamation mark: capitals alone are a habit."""
    return "!" in prompt and _SHOUTED.search(prompt) is not None


def _manner(said: Said) -> Tone:
    polite = informal = 0
    for prompt, text in zip(said.prompts, said.folded, strict=True):
        words = frozenset(WORD.findall(text))
        polite += POLITE.are_in(words, text)
        informal += INFORMAL.are_in(words, text) or _SMILE.search(prompt) is not None
    if _SHARE * max(polite, informal) < len(said.prompts):
        return "neutral"
    return "polite" if polite >= informal else "informal"
