"""How much an example asks of who answers it: by points for what makes answering hard."""

from __future__ import annotations

import re
from bisect import bisect_right

import orjson

from ftdata.tagging.cues import word_set
from ftdata.tagging.said import Said
from ftdata.tagging.values import Complexity
from ftdata.text import fold

MEDIUM, HARD = 2, 5  # points from which an example is that

# A measure has a point for each of its limits that it reaches.
_PROMPT_WORDS = (40, 120, 300)  # of the longest prompt
_REPLY_WORDS = (150, 400)  # of the longest reply
_TURNS = (4, 10)
_QUESTIONS = (3, 5)  # of the longest prompt
_DEMANDS = (2, 4, 8)  # of the longest prompt
_CALLS = (1, 3)

_DEMAND_WORDS = word_set(
    """
    must should without except unless exactly least most only ensure avoid each both analyze
    analyse optimize optimise constraint constraints requirement requirements assume assuming
    prove derive implement design including detailed muss müssen ohne genau mindestens höchstens
    debe exactamente doit sans exactement moins deve senza esattamente almeno sem pelo
    """
)
_ITEM = re.compile(r"(?m)^[ \t]*(?:[-*•]|\d{1,2}[.)])\s")
_AMOUNT = re.compile(
    r"\d+[ -](?:words?|sentences?|paragraphs?|bullets?|points?|lines?|characters?)"
)
_AMOUNTS = word_set(
    """
    word words sentence sentences paragraph paragraphs bullets points lines characters
    """
)
_MARK = re.compile(r"[`{}<=+*/^;×÷∑∫√≤≥∂π\\]")  # without one a text has no code and no mathematics
_CODE = re.compile(
    r"```|(?m:^)[ \t]*(?:def |class |import |#include|function |public )|[;{]\s*\n|</\w"
)
_MATHS = re.compile(r"\d\s*[+*/×÷^=]\s*\d|[∑∫√≤≥∂π]|\b[xyzn]\s*[=^]\s*[-\d(]|\\(?:frac|sum|int)\b")


def complexity_of(said: Said) -> Complexity:
    """simple, medium or hard.

    Points for a long prompt, a long reply, many turns, questions, demands ("at least", "without",
    items of a list), code and mathematics in a prompt, and calls of tools: `medium` from MEDIUM of
    them, `hard` from HARD. "Is the shop open?" with a short reply has none.
    """
    longest = max(said.prompts, key=len, default="")
    reply, calls = _answered(said)
    points = (
        bisect_right(_PROMPT_WORDS, said.size(longest))
        + bisect_right(_REPLY_WORDS, reply)
        + bisect_right(_TURNS, len(said.prompts))
        + bisect_right(_CALLS, calls)
        + bisect_right(_QUESTIONS, longest.count("?"))
        + bisect_right(_DEMANDS, _demands(longest, said))
    )
    if _MARK.search(longest):
        points += bool(_CODE.search(longest)) + bool(_MATHS.search(longest))
    return "hard" if points >= HARD else "medium" if points >= MEDIUM else "simple"


def _answered(said: Said) -> tuple[int, int]:
    """About how many words the longest reply has, and how many tools are called."""
    longest, calls = "", 0
    for message in said.messages:
        if message["role"] == "assistant":
            longest = max(longest, message["content"] or "", key=len)
            if message["tool_calls"]:
                calls += len(orjson.loads(message["tool_calls"]))
    return said.size(longest), calls


def _demands(longest: str, said: Said) -> int:
    words = len(_DEMAND_WORDS & said.words)
    items = len(_ITEM.findall(longest)) if "\n" in longest else 0
    amounts = 0 if _AMOUNTS.isdisjoint(said.words) else len(_AMOUNT.findall(fold(longest)))
    return words + items + amounts
