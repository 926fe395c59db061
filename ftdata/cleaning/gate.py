"""A fast first look at texts for what rules written for Python's `re` find in few of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

import re2

# RE2 takes these for ASCII alone, Python for all of Unicode. Classes of Unicode in any case would
# make an automaton a hundred times as slow. `\b` stays: where it stands beside an ASCII letter, RE2
# sees an edge wherever Python does.
_WIDER = {
    r"\w": r"[0-9A-Za-z_\x{80}-\x{10FFFF}]",
    r"\s": r"[\s\x{80}-\x{10FFFF}]",
}
# Brackets stay: what they exclude may be less here, never more.
_PARTS = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\[ws]")


Search = Callable[[str], object]  # None where nothing is found


@cache
def search_of(pattern: str) -> Search:
    """The search for a pattern by RE2: in one pass, whatever the pattern, and compiled once."""
    search: Search = re2.compile(pattern).search
    return search


def gate_of(rules: Iterable[str]) -> Search:
    """A search that finds all that the rules find, in any case, and more.

    The rules have no look-around, and `\\w` and `\\s` in brackets that exclude alone. Counted
    repetition, which is slow in an automaton, becomes any number.
    """
    joined = re.sub(r"\{[01],\d+\}", "*", "|".join(rules))
    return search_of("(?i)" + _PARTS.sub(lambda part: _WIDER.get(part[0], part[0]), joined))
