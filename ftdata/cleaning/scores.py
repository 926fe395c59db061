"""Scores conversations by what can be noticed of them: to order a review by, never to drop."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ftdata.cleaning.conversations import Conversations

DIMENSIONS = ("clarity", "completeness", "coherence")
QUALITY = "quality"  # the composite of them
# What each thing that was noticed takes from each dimension. The first ones are noticed here, the
# others by the kind of refusal or by filters: their flags, of which some name a rule as well, such
# as `injection_override`.
PENALTIES: Mapping[str, tuple[float, float, float]] = MappingProxyType(
    {
        "one_word_prompt": (0.3, 0.0, 0.0),
        "vague_prompt": (0.3, 0.0, 0.0),
        "shouting_prompt": (0.2, 0.0, 0.0),
        "garbled_prompt": (0.5, 0.0, 0.0),
        "short_answer": (0.0, 0.3, 0.0),
        "unrelated_answer": (0.0, 0.0, 0.2),
        "injection": (0.3, 0.0, 0.0),
        "truncated": (0.0, 0.5, 0.0),
        "hedge": (0.0, 0.4, 0.0),
        "capability": (0.0, 0.4, 0.0),
        "placeholder_answer": (0.0, 1.0, 0.0),
        "repetition": (0.0, 0.0, 0.6),
        "echo": (0.0, 0.3, 0.6),
        "language_mismatch": (0.0, 0.0, 0.5),
        "encoding_damage": (0.2, 0.0, 0.4),
        "markup_left": (0.0, 0.0, 0.2),
        "toxicity": (0.0, 0.0, 0.3),
    }
)
_SHORT_WORDS = 12  # an answer to a prompt that asks for several things or a text
_RELATED_FROM = 300  # characters of an answer that must share a word with its prompt
_RELATED_WORDS = 4  # of the prompt, to be looked for
_STEM = 5  # letters of a word that its forms have in common
_HEAD = 600  # characters of a prompt that are looked at, for what it asks and for its words
_GARBLED = 160  # characters; what is longer and looks garbled is code, a log or a table

_VAGUE = re.compile(
    r"(?i)(?:(?:can|could) (?:you|u) )?(?:please |pls )?"
    r"(?:help(?: me)?|fix (?:it|this)|do it|explain|more|continue|go on|why|how|what|tell me"
    r"|something|anything|improve(?: it| this)?|i need help|i have a (?:problem|question)"
    r"|it does(?:n't| not) work)\b(?: please)?[\s.?!]{0,5}"
)
_ASKS_FOR_TEXT = re.compile(
    r"(?i)\b(?:steps|explain|describe|write (?:a|an|the|me|some)|essay|story|article|poem"
    r"|outline|compare|in detail|step by step|tutorial|guide|explica|describe"
    r"|(?:escrib|beschreib|erklär|schreib|expliqu|décri|écri[st]|descri[ua])\w{0,6})\b"
)
_TERSE = re.compile(
    r"(?i)\b(?:one word|single word|in a word|briefly|short|one sentence|how many|which|yes or no"
    r"|true or false|name (?:the|one|a)|only the|just the|\d+ words)\b"
)
# Symbols in a row, or a word without vowels longer than those of English (rhythms has y).
_GARBAGE = re.compile(r"[^\w\s]{6}|\b[bcdfghjklmnpqrstvwxz]{6,40}\b")
_STEMS = re.compile(r"[^\W\d_]{4,40}")


@dataclass(frozen=True)
class Scores:
    """For each of n conversations what was noticed here, and its scores.

    `values` is n × 4 (0 to 1, three digits): the `DIMENSIONS` clarity, completeness, coherence, and
    quality, their product.
    """

    flags: list[list[str]]
    values: npt.NDArray[np.float64]

    def column(self) -> pa.MapArray:
        """The values by name, as the tables hold them."""
        rows, names = self.values.shape[0], (*DIMENSIONS, QUALITY)
        keys = pa.array(names, pa.string()).take(pa.array(np.tile(np.arange(len(names)), rows)))
        offsets = pa.array(np.arange(rows + 1) * len(names), pa.int32())
        return pa.MapArray.from_arrays(offsets, keys, pa.array(self.values.ravel()))


def score_conversations(
    conversations: Conversations, flags: Sequence[Sequence[str]], kinds: Sequence[str | None]
) -> Scores:
    """Scores from what filters flagged, from kinds of refusals, and from what is noticed here.

    Each dimension is 1 less the `PENALTIES` of all that was noticed, at least 0. They say what is
    wrong on the surface and nothing of what is true: of solutions to word problems they tell right
    from wrong no better than chance (AUC near .5).
    """
    noticed = _notice(conversations)
    names = list(PENALTIES)
    places = {name: place for place, name in enumerate(names)}
    hits = np.zeros((len(conversations), len(names)), dtype=np.bool_)
    for row, (own, given, kind) in enumerate(zip(noticed, flags, kinds, strict=True)):
        for name in (*own, *given, kind or ""):
            place = places.get(name, places.get(name.partition("_")[0]))
            if place is not None:
                hits[row, place] = True
    table = np.asarray(list(PENALTIES.values()), dtype=np.float64)
    scores = np.clip(1 - hits @ table, 0, 1)
    quality = scores.prod(axis=1, keepdims=True)
    return Scores(noticed, np.round(np.hstack((scores, quality)), 3))


def _notice(conversations: Conversations) -> list[list[str]]:
    """What stands out in the first user message, and in the last answer to the one before it."""
    noticed = []
    roles, contents = conversations.roles, conversations.contents
    for begin, end in pairwise(conversations.bounds.tolist()):
        found: list[str] = []
        last = end - 1
        start = begin + (begin < end and roles[begin] == "system")
        if start < last and roles[start] == "user":
            found = _notice_prompt(contents[start] or "")
        if start < last and roles[last - 1] == "user" and roles[last] == "assistant":
            prompt, answer = contents[last - 1] or "", contents[last] or ""
            found += _notice_answer(prompt, answer, is_only=last - 1 == start)
        noticed.append(found)
    return noticed


def _notice_prompt(prompt: str) -> list[str]:
    prompt = prompt.strip()
    found = []
    if prompt and " " not in prompt and "\n" not in prompt and prompt.isascii():
        found.append("one_word_prompt")
    if len(prompt) < 60 and _VAGUE.fullmatch(prompt):
        found.append("vague_prompt")
    if len(prompt) >= 20 and prompt.isupper() and prompt.isascii() and prompt.count(" ") >= 3:
        found.append("shouting_prompt")
    if 12 <= len(prompt) <= _GARBLED and _GARBAGE.search(prompt):
        found.append("garbled_prompt")
    return found


def _notice_answer(prompt: str, answer: str, is_only: bool) -> list[str]:
    if answer and len(answer) < 8 * _SHORT_WORDS:
        head = prompt[:_HEAD]
        asks = len(answer.split()) < _SHORT_WORDS and _ASKS_FOR_TEXT.search(head)
        return ["short_answer"] if asks and not _TERSE.search(head) else []
    # In a longer conversation an answer may be about what was said before.
    if is_only and len(answer) >= _RELATED_FROM and prompt.isascii() and "```" not in answer:
        stems = [word[:_STEM] for word in _STEMS.findall(prompt[:_HEAD].lower())]
        lower = answer.lower()
        if len(stems) >= _RELATED_WORDS and not any(stem in lower for stem in stems):
            return ["unrelated_answer"]
    return []
