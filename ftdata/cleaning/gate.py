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
_MEMORY = 1 << 26  # bytes of an automaton: with too few RE2 would find nothing


@cache
def search_all(patterns: tuple[str, ...]) -> Callable[[str], list[int] | None]:
    """Tells which of the patterns, by number, RE2 finds in a text; None for none of them.

    It takes one pass over the text, whatever the patterns. They are compiled once.
    """
    options = re2.Options()
    options.max_mem = _MEMORY
    options.never_capture = True
    found = re2.Set.SearchSet(options)
    for pattern in patterns:
        found.Add(pattern)
    found.Compile()
    match: Callable[[str], list[int] | None] = found.Match
    return match


def search_of(pattern: str) -> Search:
    """The search for one pattern."""
    return search_all((pattern,))


def gate_of(rules: Iterable[str]) -> Search:
    """A search that finds all that the rules find, in any case, and more.

    The rules have no look-around, and `\\w` and `\\s` in brackets that exclude alone. Counted
    repetition, which is slow in an automaton, becomes any number.
    """
    joined = re.sub(r"\{[01],\d+\}", "*", "|".join(rules))
    return search_of("(?i)" + _PARTS.sub(lambda part: _WIDER.get(part[0], part[0]), joined))


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these words, in any case."""
    return "(?i)" + "|".join(map(re.escape, words))
