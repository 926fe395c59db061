"""The tone in which users speak: by words and marks that hardly mean anything else."""

from __future__ import annotations

import re

from ftdata.tagging.said import Said
from ftdata.tagging.tone_words import FORMAL, FRUSTRATED, INFORMAL, POLITE, URGENT
from ftdata.tagging.values import Tone
from ftdata.text import WORD

_SHARE = 3  # a manner is that of the whole where one message in so many shows it

_SHOUTED = re.compile(r"(?:\b[A-Z]{3,}\b[\s,!?']*){4,}")
_HAS_CAPITALS = re.compile(r"[A-Z]{4}")
_EMOJI = re.compile("[\U0001f600-\U0001f64f\U0001f900-\U0001f9ff]|[:;]-?[)DP](?!\\w)")


def tone_of(said: Said) -> Tone:
    """The tone of the users' messages together.

    In this order: `frustrated` or `urgent` where one message is; `formal` where one is worded as a
    letter; `polite` or `informal`, whichever marks more messages, where it marks a third of them at
    least; else `neutral`. "This is ridiculous, it still won't start!" is frustrated.
    """
    text = said.text
    if FRUSTRATED.are_in(said.words, text) or _is_shouted(said):
        return "frustrated"
    if URGENT.are_in(said.words, text):
        return "urgent"
    if FORMAL.are_in(said.words, text):
        return "formal"
    if POLITE.are_in(said.words, text) or _is_informal(said.prompts, said.words, text):
        return _manner(said)
    return "neutral"


def _is_shouted(said: Said) -> bool:
    return any(
        "!!!" in text or "??!" in text or (_HAS_CAPITALS.search(text) and _SHOUTED.search(text))
        for text in said.prompts
    )


def _is_informal(prompts: tuple[str, ...], words: frozenset[str], text: str) -> bool:
    return INFORMAL.are_in(words, text) or any(map(_EMOJI.search, prompts))


def _manner(said: Said) -> Tone:
    polite = informal = 0
    for prompt, text in zip(said.prompts, said.folded, strict=True):
        words = frozenset(WORD.findall(text))
        polite += POLITE.are_in(words, text)
        informal += _is_informal((prompt,), words, text)
    if _SHARE * max(polite, informal) < len(said.prompts):
        return "neutral"
    return "polite" if polite >= informal else "informal"
