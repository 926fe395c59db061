"""Where the lexicon's words stand in a text, and what may stand there instead."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ftdata.augmentation import lexicon

_TOKEN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|[\ue000-\uf8ff]")
_SENTENCE_END = re.compile(r"[.!?;:]")
_FIRST_PERSON = re.compile(r"I(?:['’]\w+)?")
_VOWEL = re.compile(r"[aeio]|u(?!s)")
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Swap:
    """What stands at text[start:end], and what may stand there instead, in its case."""

    start: int
    end: int
    options: tuple[str, ...]


@dataclass(frozen=True)
class Border:
    """What may stand beside a phrase."""

    wanted: frozenset[str] = _NOTHING  # empty: anything
    unwanted: frozenset[str] = _NOTHING

    def allows(self, neighbour: str) -> bool:
        return neighbour not in self.unwanted and (not self.wanted or neighbour in self.wanted)


@dataclass(frozen=True)
class Group:
    """Phrases of which the first may become each of the others, between such neighbours."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    left: Border
    right: Border


@functools.cache
def read_lexicon(*parts: str) -> Mapping[str, Sequence[Group]]:
    """The groups of a lexicon by the first word of what they replace."""
    groups: defaultdict[str, list[Group]] = defaultdict(list)
    for line in "".join(parts).split("\n"):
        for group in read_groups(line) if line else ():
            groups[group.old[0]].append(group)
    return groups


def read_groups(line: str) -> Iterator[Group]:
    """The groups of one line of the lexicon: two where it goes both ways."""
    place, _, phrases = line.rpartition(" : ")
    left, _, right = place.partition("_")
    borders = _border(left), _border(right)
    goes_back = "=" in phrases
    old, _, new = phrases.partition("=" if goes_back else ">")
    old, options = old.strip(), tuple(one.strip() for one in new.split("|"))
    yield Group(tuple(old.split()), options, *borders)
    if goes_back:
        for one in options:
            yield Group(tuple(one.split()), (old,), *borders)


def find_swaps(text: str, known: Mapping[str, Sequence[Group]]) -> list[Swap]:
    """All places of a text whose phrases `read_lexicon` knows, in order; they may overlap.

    Its protected spans are masked. A word with a capital is left alone, except at the start of a
    sentence before a small letter.
    """
    tokens = list(_TOKEN.finditer(text))
    words = [token[0].replace("’", "'").lower() for token in tokens]
    swaps = []
    for i, word in enumerate(words):
        for group in known.get(word, ()):
            end = i + len(group.old)
            if tuple(words[i:end]) != group.old or not _is_plain(text, tokens[i:end]):
                continue
            before, after = _left(text, tokens, i), _right(text, tokens, end - 1)
            if not group.left.allows(before) or not group.right.allows(after):
                continue
            if tokens[i][0][0].isupper() and not _may_begin(tokens, i, end, before):
                continue
            swap = _swap(text, tokens, i, end, group)
            if swap.options:
                swaps.append(swap)
    return swaps


def _border(words: str) -> Border:
    wanted: set[str] = set()
    unwanted: set[str] = set()
    for word in words.split():
        names = lexicon.CLASSES.get(word.removeprefix("-"), word.removeprefix("-")).split()
        (unwanted if word.startswith("-") else wanted).update(names)
    return Border(frozenset(wanted), frozenset(unwanted))


def _is_plain(text: str, tokens: Sequence[re.Match[str]]) -> bool:
    """Whether the words are parted by one blank each and no name is among the later ones."""
    return all(
        text[one.end() : other.start()] == " "
        and (other[0][0].islower() or _FIRST_PERSON.fullmatch(other[0]))
        for one, other in pairwise(tokens)
    )


def _may_begin(tokens: Sequence[re.Match[str]], start: int, end: int, before: str) -> bool:
    """Whether a capital is that of the sentence: not one of a name, nor of a shouted word."""
    word = tokens[start][0]
    if _FIRST_PERSON.fullmatch(word):
        return True
    following = tokens[end][0] if end < len(tokens) else ""
    is_name = following[:1].isupper() and not _FIRST_PERSON.fullmatch(following)
    return before == "START" and not is_name and not word[1:2].isupper()


def _left(text: str, tokens: Sequence[re.Match[str]], i: int) -> str:
    gap = text[tokens[i - 1].end() if i else 0 : tokens[i].start()]
    return _neighbour(gap, tokens[i - 1][0] if i else None, "START")


def _right(text: str, tokens: Sequence[re.Match[str]], i: int) -> str:
    is_last = i + 1 == len(tokens)
    gap = text[tokens[i].end() : len(text) if is_last else tokens[i + 1].start()]
    return _neighbour(gap, None if is_last else tokens[i + 1][0], "END")


def _neighbour(gap: str, word: str | None, border: str) -> str:
    if word is None or _SENTENCE_END.search(gap):
        return border
    return word.replace("’", "'").lower() if gap.isspace() else "COMMA"


def _swap(text: str, tokens: Sequence[re.Match[str]], start: int, end: int, group: Group) -> Swap:
    """The swap with the article before it; no options where a phrase would be said in two ways."""
    first, last = tokens[start].start(), tokens[end - 1].end()
    said = f" {text.lower()} "
    old = text[first:last]
    if said.count(f" {old.lower().removesuffix('s')}") > 1:
        return Swap(first, last, ())  # one of two would have two words for the same thing
    options = [_in_case(old, new) for new in group.new if f" {new} " not in said]
    if start and tokens[start - 1][0].lower() in {"a", "an"}:
        first = tokens[start - 1].start()
        options = [f"{text[first]}{'n' * bool(_VOWEL.match(new))} {new}" for new in options]
    return Swap(first, last, tuple(options))


def _in_case(old: str, new: str) -> str:
    if "’" in old:
        new = new.replace("'", "’")
    if old[0].isupper() or new.startswith("i'"):
        return new[0].upper() + new[1:]
    return new
