"""Which examples a synthetic source asks for: skill, difficulty and style of each request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ftdata.settings_documents import Synthetic
from ftdata.tagging.values import Complexity

DIFFICULTIES = {
    1: "one plain fact or step",
    2: "a fact or step that depends on one circumstance",
    3: "several facts or steps that have to be put together",
    4: "several conditions at once, or an exception to the rule",
    5: "a rare, ambiguous or contradictory case that takes careful thought",
}
STYLES = {
    "plain": "clear and correct",
    "edge_case": "clear, but at the edge of the task: unusual values, missing details, odd wishes",
    "typos": "typed in a hurry: wrong letters, missing words and marks, but understandable",
    "informal": "chatty: everyday words, abbreviations, small letters",
    "mixed_language": "two languages within the message, as bilingual users mix them",
}
GENERAL = "general"


class Wanted(NamedTuple):
    """One request: `size` examples of a skill, a difficulty and a style."""

    number: int  # from 1
    size: int
    skill: str
    difficulty: int
    style: str


def complexity_of_difficulty(difficulty: int) -> Complexity:
    """simple for the lower two of the five, medium for the middle one, hard for the upper two."""
    return "simple" if difficulty < 3 else "medium" if difficulty == 3 else "hard"


def plan(options: Synthetic) -> Iterator[Wanted]:
    """The requests for `count` examples; a larger count changes none but the size of the last.

    Skills take turns. Each goes through the 25 pairs of difficulty and style in the order of a
    Latin square, from another pair: its first five requests have all difficulties and all styles,
    and so have its next five.
    """
    skills = options.skills or (GENERAL,)
    styles = tuple(STYLES)
    for number, first in enumerate(range(0, options.count, options.per_request)):
        turn, skill = divmod(number, len(skills))
        yield Wanted(
            number + 1,
            min(options.per_request, options.count - first),
            skills[skill],
            (turn + turn // len(styles) + skill) % len(DIFFICULTIES) + 1,
            styles[(turn + 2 * skill) % len(styles)],
        )
