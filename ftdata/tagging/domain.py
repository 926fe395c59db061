"""The domain that an example is about: by its words, or by what the log calls it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from typing import NamedTuple

from ftdata.tagging.domain_words import NAMES, STRONG, WEAK
from ftdata.tagging.domain_words_abroad import ABROAD, PIECES
from ftdata.tagging.said import PIECED, Said
from ftdata.tagging.values import DOMAINS, GENERAL
from ftdata.text import fold, words

OwnDomains = tuple[tuple[str, tuple[str, ...]], ...]  # names of the owner's, each with its words

_SURE = 2  # points that tell a domain: one strong word's, or two weak ones'
_PHRASE = 3  # points of a phrase: it tells more than the words in it


class _Lexicon(NamedTuple):
    """Points by word and domain; phrases by their longest word; domains by their names."""

    points: Mapping[str, Mapping[str, int]]
    phrases: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]

    def read(self, found: Set[str], spaced: str) -> dict[str, int]:
        """Points of each domain; `found` are a text's words, `spaced` all of them, in order."""
        total: defaultdict[str, int] = defaultdict(int)
        for word in self.points.keys() & found:
            for domain, points in self.points[word].items():
                total[domain] += points
        for word in self.phrases.keys() & found:
            for phrase, domain in self.phrases[word].items():
                total[domain] += _PHRASE * (phrase in spaced)
        return total


def domain_of(said: Said, own: OwnDomains = ()) -> str:
    """The domain with most points by the words of the prompts; `general` under two of them.

    A phrase has three points, a strong word two and a weak one has one, however often it stands
    there; of two domains with as many that which is named first. `own` domains stand instead of the
    usual ones, and all their words are strong. "My flight was cancelled" is travel.
    """
    lexicon = _own_lexicon(own) if own else _lexicon(said.language == "en")
    total = lexicon.read(said.words, said.spaced)
    if said.language in PIECED and not own:
        for piece in dict.fromkeys(_pieces().findall(said.text)):
            total[_domain_of_piece()[piece]] += _SURE
    return _best(total, lexicon, said)


def _best(total: Mapping[str, int], lexicon: _Lexicon, said: Said) -> str:
    most = max(total.values(), default=0)
    if most < _SURE:
        return GENERAL
    best = [domain for domain, points in total.items() if points == most]
    return best[0] if len(best) == 1 else min(best, key=lambda d: (_first(d, lexicon, said), d))


def _first(domain: str, lexicon: _Lexicon, said: Said) -> int:
    """Where the first of a domain's words stands."""
    found = [word for word in lexicon.points.keys() & said.words if domain in lexicon.points[word]]
    return min((said.spaced.find(f" {word} ") for word in found), default=len(said.spaced))


@lru_cache(maxsize=4_096)
def domain_of_category(category: str, own: OwnDomains = ()) -> str | None:
    """The domain that a log's category names: `movie_tickets` is entertainment; None for no one.

    It is the name of a domain, or holds more strong words of it than of any other.
    """
    lexicon = _own_lexicon(own) if own else _lexicon(is_english=True)
    found = words(category.replace("_", " "))
    spaced = f" {' '.join(found)} "
    if spaced in lexicon.names:
        return lexicon.names[spaced]
    total = lexicon.read(frozenset(found), spaced)
    most = max(total.values(), default=0)
    best = [domain for domain, points in total.items() if points == most >= _SURE]
    return best[0] if len(best) == 1 else None


@cache
def _lexicon(is_english: bool) -> _Lexicon:
    """The usual domains; abroad a word means what it means there, else what it does in English."""
    listed = [(domain, word, _SURE) for domain, text in STRONG.items() for word in _listed(text)]
    listed += [(domain, word, 1) for domain, text in WEAK.items() for word in _listed(text)]
    names = {_spaced(name): domain for name, domain in NAMES.items()}
    names |= {_spaced(name): name for name in DOMAINS}
    english = _made(listed, names)
    if is_english:
        return english
    abroad = [(domain, word, _SURE) for domain, text in ABROAD.items() for word in _listed(text)]
    there = _made(abroad, {})
    return _Lexicon({**english.points, **there.points}, {**english.phrases, **there.phrases}, names)


@lru_cache(maxsize=8)
def _own_lexicon(own: OwnDomains) -> _Lexicon:
    listed = [(domain, _spaced(word), _SURE) for domain, listed in own for word in listed]
    names = {_spaced(name): name for name in (*(domain for domain, _ in own), GENERAL)}
    return _made([(domain, text.strip(), points) for domain, text, points in listed], names)


def _made(listed: Sequence[tuple[str, str, int]], names: Mapping[str, str]) -> _Lexicon:
    points: defaultdict[str, dict[str, int]] = defaultdict(dict)
    phrases: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for domain, text, given in listed:
        for form in _forms(text):
            if " " in form:
                phrases[max(form.split(), key=len)][f" {form} "] = domain
            else:
                points[form].setdefault(domain, given)
    return _Lexicon(dict(points), dict(phrases), names)


def _forms(text: str) -> Iterator[str]:
    """The word or phrase, and its plurals."""
    yield text
    yield f"{text}s"
    if text.endswith(("s", "x", "ch", "sh")):
        yield f"{text}es"
    if text.endswith("y"):
        yield f"{text[:-1]}ies"


def _listed(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


def _spaced(text: str) -> str:
    """Its words with a space around each."""
    return f" {' '.join(words(text.replace('_', ' ')))} "


@cache
def _domain_of_piece() -> dict[str, str]:
    return {fold(piece): domain for domain, text in PIECES.items() for piece in text.split()}


@cache
def _pieces() -> re.Pattern[str]:
    longest_first = sorted(_domain_of_piece(), key=lambda piece: (-len(piece), piece))
    return re.compile("|".join(map(re.escape, longest_first)))
