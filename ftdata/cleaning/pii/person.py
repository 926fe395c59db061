"""Names of persons: behind words that announce one, and by lists of names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntFlag
from functools import lru_cache
from typing import NamedTuple

from ftdata.cleaning.pii.name_cues import find_cues
from ftdata.cleaning.pii.name_words import NO_PERSON_AFTER, NO_PERSON_BEFORE, PARTICLES
from ftdata.cleaning.pii.names import is_ordinary, known_names, strip_accents
from ftdata.cleaning.pii.recogniser import Place, Recogniser


class Kind(IntFlag):
    """What a word may be in a name."""

    OTHER = 0
    FIRST = 1
    LAST = 2
    ORDINARY = 4
    INITIAL = 8
    PARTICLE = 16
    CAPITALISED = 32


class Token(NamedTuple):
    """A word of a run of words that may hold a name."""

    start: int
    end: int
    word: str
    kind: Kind


# Capital letters of the Latin scripts: `re` knows no class of them.
_UPPER = "A-Z" + "".join(
    char for char in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))) if char.isupper()
)
_PARTICLE = "|".join(sorted(PARTICLES, key=len, reverse=True))
_WORD = r"[^\W\d_]{1,30}+(?:(?!['’]s\b)['’-][^\W\d_]{1,30}+){0,3}+"
_INITIAL = rf"(?:[{_UPPER}]\.){{1,2}}+(?=[ ]?[{_UPPER}])"
_BEFORE = r"(?:(?<![\w@#/$&.'’-])|(?<=[.] )|(?<=\\[nrt]))"
_CAPITALISED = rf"(?=[{_UPPER}])(?:{_INITIAL}|{_WORD})"
_GAP = rf"(?:[ ](?:(?:{_PARTICLE})[ ]){{0,3}}|(?<=\.))"
# A run of capitalised words, in one line.
_RUN = re.compile(rf"{_BEFORE}{_CAPITALISED}(?:{_GAP}{_CAPITALISED}){{0,7}}+(?![\w@]|\.[\w(]|\()")
_TOKEN = re.compile(rf"{_INITIAL}|{_WORD}")
_ANY_TOKEN = re.compile(rf"(?:[ ]?)((?:[{_UPPER}]\.){{1,2}}|{_WORD})")
_SURNAME = re.compile(
    r".{2,}(?:[iykns]ov|[iykns]ova|[iy]ev|[iy]eva|ov[aá]|ev[aá]|enko|[aeiou]vi[cć]|sson|nen|wicz"
    r"|czyk|shvili|oğlu|escu|d[oó]ttir|opoulos|[aeiou]dze|ić)"
)
_ENDS = re.compile(r"[.,!?;:)\"'”\n]|\Z| (?:and|from|calling|here|y|et|und|e|en)\b")
_VERB_LIKE = ("ed", "ing")
_MOST_WORDS = 5


def find_persons(text: str) -> Iterator[Place]:
    """Names behind cues, and names by the lists of Faker wherever they stand."""
    yield from find_persons_by_cue(text)
    for run in _RUN.finditer(text):
        tokens = _read_tokens(text, *run.span())
        if any(token.kind & (Kind.FIRST | Kind.LAST) for token in tokens):
            yield from _find_in_run(text, tokens)


def find_persons_by_cue(text: str) -> Iterator[Place]:
    """Names behind cues alone: `My name is …`, `Dear …`, `Mr. …`, a signature."""
    for start, sure in find_cues(text, text.lower()):
        place = _name_at(text, start, sure=sure)
        if place:
            yield place


def _read_tokens(text: str, start: int, end: int) -> list[Token]:
    return [
        Token(*found.span(), found.group(), kind_of(found.group()))
        for found in _TOKEN.finditer(text, start, end)
    ]


@lru_cache(maxsize=1 << 16)
def kind_of(word: str) -> Kind:
    """What a word may be, by its letters and the lists."""
    kind = Kind.CAPITALISED if word[0].isupper() else Kind.OTHER
    if word.endswith(".") or len(word) == 1:
        return kind | Kind.INITIAL
    folded = word.casefold()
    if folded in PARTICLES and not kind:
        return Kind.PARTICLE
    names = known_names()
    pieces = [folded, strip_accents(folded), *folded.split("-")]
    if any(piece in names.first for piece in pieces):
        kind |= Kind.FIRST
    if any(piece in names.last for piece in pieces) or _SURNAME.fullmatch(folded):
        kind |= Kind.LAST
    if is_ordinary(folded):
        kind |= Kind.ORDINARY
    return kind


def _find_in_run(text: str, tokens: Sequence[Token]) -> Iterator[Place]:
    at = 0
    while at < len(tokens):
        end = _end_of_name(tokens, at) if _starts_name(tokens, at) else at
        if end > at and _is_person(text, tokens, at, end):
            yield tokens[at].start, tokens[end - 1].end
        at = max(end, at + 1)


def _starts_name(tokens: Sequence[Token], at: int) -> bool:
    kind = tokens[at].kind
    following = tokens[at + 1].kind if at + 1 < len(tokens) else Kind.OTHER
    if kind & Kind.INITIAL:
        return bool(following & Kind.LAST) and not following & Kind.ORDINARY
    if not kind & Kind.ORDINARY:
        if kind & (Kind.FIRST | Kind.LAST):
            return True
        return bool(following & Kind.LAST) and not following & (Kind.ORDINARY | Kind.FIRST)
    if not kind & Kind.FIRST:
        return False
    return bool(following & (Kind.LAST | Kind.INITIAL)) and not following & Kind.ORDINARY


def _end_of_name(tokens: Sequence[Token], at: int, unknown: int = 1) -> int:
    """Index behind the last token of the name that starts at `at`; `unknown` words are allowed."""
    end = at + 1
    while end < min(len(tokens), at + _MOST_WORDS):
        kind = tokens[end].kind
        if kind & Kind.ORDINARY and not kind & Kind.LAST:
            break
        if not kind & (Kind.FIRST | Kind.LAST | Kind.INITIAL | Kind.PARTICLE):
            if not unknown:
                break
            unknown -= 1
        end += 1
    while end > at + 1 and tokens[end - 1].kind & Kind.PARTICLE:
        end -= 1
    return end


def _is_person(text: str, tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether what stands around a name of the list leaves it one: no street, firm or place."""
    after = tokens[end].word.casefold() if end < len(tokens) else ""
    before = tokens[at - 1].word.casefold() if at else _word_before(text, tokens[at].start)
    if after in NO_PERSON_AFTER or before in NO_PERSON_BEFORE:
        return False
    words = tokens[at:end]
    if words[-1].word.casefold() in NO_PERSON_AFTER:
        return False
    if len(words) > 1:
        return not all(token.word.isupper() for token in words) or all(
            token.kind & (Kind.FIRST | Kind.LAST) for token in words
        )
    if words[0].word.isupper() or len(words[0].word) < 3:
        return False
    return bool(words[0].kind & Kind.FIRST)


def _word_before(text: str, start: int) -> str:
    before = text[max(0, start - 20) : start]
    return before.split()[-1].casefold() if before.endswith(" ") and before.split() else ""


def _name_at(text: str, start: int, *, sure: bool) -> Place | None:
    """The name that starts at `start`, behind a cue."""
    tokens = _tokens_at(text, start)
    if not tokens:
        return None
    first = tokens[0]
    if not first.kind & Kind.CAPITALISED:
        return _lower_name(text, tokens) if sure else None
    tokens = [token for token in tokens if token.kind & (Kind.CAPITALISED | Kind.PARTICLE)]
    end = _end_of_name(tokens, 0, unknown=2)
    known = any(token.kind & (Kind.FIRST | Kind.LAST) for token in tokens[:end])
    if first.kind & Kind.ORDINARY and not (known and first.kind & Kind.FIRST):
        return None
    if not (sure or known or end > 1 or _ENDS.match(text, tokens[end - 1].end)):
        return None
    return first.start, tokens[end - 1].end


def _tokens_at(text: str, start: int) -> list[Token]:
    """Up to five words from `start` on, one space apart, all capitalised if the first is."""
    tokens: list[Token] = []
    while len(tokens) < _MOST_WORDS:
        found = _ANY_TOKEN.match(text, start)
        if not found or (not tokens and found.start() != found.start(1)):
            break
        kind = kind_of(found.group(1))
        if tokens and not kind & Kind.PARTICLE and ((kind ^ tokens[0].kind) & Kind.CAPITALISED):
            break
        tokens.append(Token(*found.span(1), found.group(1), kind))
        start = found.end()
    return tokens


def _lower_name(text: str, tokens: Sequence[Token]) -> Place | None:
    end = 0
    for token in tokens:
        if token.kind & Kind.ORDINARY or token.word.endswith(_VERB_LIKE):
            break
        if not token.kind & (Kind.FIRST | Kind.LAST) and not (_ENDS.match(text, token.end) or end):
            break
        end += 1
    return (tokens[0].start, tokens[end - 1].end) if end else None


PERSON = Recogniser(find_persons)
PERSON_BY_CUE = Recogniser(find_persons_by_cue)
