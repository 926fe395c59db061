"""Names of persons: behind words that announce one, and by lists of names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ftdata.cleaning.pii.name_cues import find_sure_cues, has_name_cue
from ftdata.cleaning.pii.name_tokens import (
    CAPITALISED,
    FIRST,
    INITIAL,
    LAST,
    LISTED,
    OPENER,
    PARTICLE,
    RUN,
    SURNAME,
    TITLE,
    WORD,
    WORDLIKE,
    Token,
    end_of_name,
    kind_of,
    read_tokens,
)
from ftdata.cleaning.pii.name_words import NO_PERSON_AFTER, NO_PERSON_BEFORE
from ftdata.cleaning.pii.names import lower_first_names, name_parts
from ftdata.cleaning.pii.recogniser import Place, Recogniser

_WHOLE_WORD = re.compile(rf"(?<![\w'’-]){WORD}")
_NEXT = re.compile(rf"[ ]?((?:[A-Z]\.){{1,2}}|{WORD})")
_ENDS = re.compile(r"[.,!?;:)\"'”\n]|\Z| (?:and|from|calling|here|but|y|et|und|e|en)\b")
# What persons do and have, right behind their name.
_ACTS = re.compile(
    r" (?:is from|lives (?:in|on|at)|was born|said|says|told|asked|replied|spent|moved|married)\b"
    r"|['’]s (?:wife|husband|mother|father|son|daughter|address|phone|email|name|birthday)\b"
    r"|, (?:can|could) (?:I|you)\b|, (?:M\.?D|Ph\.?D|D\.?D\.?S|Esq)\b"
)
_VERB_ENDINGS = ("ed", "ing")
_NATIONS = ("ian", "ish", "ese", "ist", "ic")
_PAIR = re.compile(
    r"(?<![\w@#/$&.'’-])(?=([^\W\d_]{3,30}+)(?: [^\W\d_]\.?)? ([^\W\d_]{3,30}(?![\w@/])))"
)
_MIN_CHARS = 3
_MEMO = 65_536  # runs
_MOST_LOWER = 3
_MOST_WORDS = 5


def find_persons(text: str) -> Iterator[Place]:
    """Names behind cues, and names by the lists of Faker wherever they stand."""
    return _find(text, by_list=True)


def find_persons_by_cue(text: str) -> Iterator[Place]:
    """Names behind cues alone: `My name is …`, `Dear …`, `Mr. …`, a signature."""
    return _find(text, by_list=False)


def _find(text: str, *, by_list: bool) -> Iterator[Place]:
    places = [
        place
        for start in find_sure_cues(text, text.lower())
        if (place := _name_at(text, start)) is not None
    ]
    is_lower = True
    for run in RUN.finditer(text):
        is_lower = False
        if _is_plain(run[0]):
            continue
        start, end = run.span()
        if _may_hold_name(text, run[0], start, end, by_list=by_list):
            places += _find_in_run(text, read_tokens(text, start, end), by_list=by_list)
    if by_list and is_lower:  # who writes names in lower case writes all so
        places += _find_lower(text)
    if places:
        places += _again(text, places)
    yield from places


@lru_cache(maxsize=_MEMO)
def _is_plain(run: str) -> bool:
    """Whether a run is one word that is no name whatever stands around it: most are."""
    if "." in run or " " in run:
        return False
    return len(run) < _MIN_CHARS or bool(kind_of(run) & (WORDLIKE | INITIAL | TITLE))


def _may_hold_name(text: str, run: str, start: int, end: int, *, by_list: bool) -> bool:
    """A cheap look at a run of capitalised words: most of them hold no names."""
    if "." in run:
        return True
    if " " in run:
        kinds = [kind_of(word) for word in run.split(" ")]
        for kind in kinds:
            if kind & (TITLE | OPENER) or (by_list and kind & LISTED and not kind & WORDLIKE):
                return True
        first = kinds[0]
    else:
        first = kind_of(run)
        if by_list and first & FIRST:
            return True
    if first & WORDLIKE and not first & LISTED:
        return False
    return has_name_cue(text, start) or _ACTS.match(text, end) is not None


def _find_in_run(text: str, tokens: Sequence[Token], *, by_list: bool) -> Iterator[Place]:
    at = 0
    while at < len(tokens):
        end = _cued_end(text, tokens, at)
        if end == at and by_list and _starts_name(tokens, at):
            end = end_of_name(tokens, at, unknown=1)
            if not _is_person(text, tokens, at, end):
                end = at
        if end > at:
            yield tokens[at].start, tokens[end - 1].end
        at = max(end, at + 1)


def _cued_end(text: str, tokens: Sequence[Token], at: int) -> int:
    """Where a name ends that is announced by what stands around it; `at` where nothing is."""
    kind = tokens[at].kind
    if kind & (TITLE | PARTICLE) or (kind & WORDLIKE and not kind & LISTED):
        return at
    before = tokens[at - 1] if at else None
    if before and before.kind & TITLE:
        return end_of_name(tokens, at, unknown=2)
    end = end_of_name(tokens, at, unknown=1)
    if before.kind & OPENER if before else has_name_cue(text, tokens[at].start):
        is_known = any(
            token.kind & LISTED and not token.kind & WORDLIKE for token in tokens[at:end]
        )
        is_name = is_known or not tokens[end - 1].word.endswith(_NATIONS)
        return end if is_known or (is_name and _ENDS.match(text, tokens[end - 1].end)) else at
    is_acting = not before and not kind & WORDLIKE and _ACTS.match(text, tokens[end - 1].end)
    return end if is_acting else at


def _starts_name(tokens: Sequence[Token], at: int) -> bool:
    kind = tokens[at].kind
    following = tokens[at + 1].kind if at + 1 < len(tokens) else 0
    if kind & (TITLE | PARTICLE):
        return False
    if kind & INITIAL:
        return bool(following & LAST) and not following & WORDLIKE
    if kind & WORDLIKE:
        return bool(kind & FIRST and following & LAST) and not following & WORDLIKE
    if kind & FIRST:
        return True
    if following & FIRST and at + 2 < len(tokens) and tokens[at + 2].kind & INITIAL:
        return True  # the family name first: Lindqvist Anna M
    return bool(following & (FIRST if kind & LAST else SURNAME)) and not following & WORDLIKE


def _is_person(text: str, tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether what stands around a name of the list leaves it one: no street, firm or place."""
    after = tokens[end].word.casefold() if end < len(tokens) else ""
    before = tokens[at - 1].word.casefold() if at else _word_before(text, tokens[at].start)
    words = tokens[at:end]
    last = words[-1].word.casefold()
    if after in NO_PERSON_AFTER or last in NO_PERSON_AFTER or before in NO_PERSON_BEFORE:
        return False
    if len(words) > 1:  # an abbreviation in it must be a name of the lists
        return all(
            word.kind & (LISTED | INITIAL | PARTICLE) or not word.word.isupper() for word in words
        )
    return bool(words[0].kind & FIRST) and len(last) >= _MIN_CHARS and not words[0].word.isupper()


def _word_before(text: str, start: int) -> str:
    before = text[max(0, start - 20) : start]
    words = before.split()
    return words[-1].casefold() if words and before[-1] == " " else ""


def _name_at(text: str, start: int) -> Place | None:
    """The name that starts at `start`, behind a sure cue."""
    tokens = _tokens_at(text, start)
    if not tokens or tokens[0].kind & PARTICLE:
        return None
    first = tokens[0]
    if first.kind & TITLE:
        tokens = tokens[1:]
    elif not first.kind & CAPITALISED:
        return _lower_name(text, tokens)
    elif first.kind & WORDLIKE and not first.kind & LISTED:
        return None
    if not tokens:
        return None
    end = end_of_name(tokens, 0, unknown=2)
    return tokens[0].start, tokens[end - 1].end


def _tokens_at(text: str, start: int) -> list[Token]:
    """Up to five words from `start` on, one space apart, all capitalised if the first is."""
    tokens: list[Token] = []
    while len(tokens) < _MOST_WORDS and (found := _NEXT.match(text, start)):
        if not tokens and found.start() != found.start(1):
            break
        kind = kind_of(found[1])
        if tokens and not kind & PARTICLE and (kind ^ tokens[0].kind) & CAPITALISED:
            break
        tokens.append(Token(*found.span(1), found[1], kind))
        start = found.end()
    return tokens


def _lower_name(text: str, tokens: Sequence[Token]) -> Place | None:
    """A name in lower case: words of the lists, or what ends a clause and is no known word."""
    end = 0
    while end < len(tokens) and not (
        tokens[end].kind & WORDLIKE or tokens[end].word.endswith(_VERB_ENDINGS)
    ):
        end += 1
    is_known = end > 0 and bool(tokens[0].kind & LISTED)
    if end and (is_known or (end < _MOST_LOWER and _ENDS.match(text, tokens[end - 1].end))):
        return tokens[0].start, tokens[min(end, _MOST_LOWER) - 1].end
    return None


def _find_lower(text: str) -> Iterator[Place]:
    """First and last names of the lists side by side in lower case."""
    first = lower_first_names()
    if first.isdisjoint(text.split()):
        return
    for pair in _PAIR.finditer(text):
        if pair[1] in first and kind_of(pair[2]) & (LAST | WORDLIKE | CAPITALISED) == LAST:
            yield pair.start(1), pair.end(2)


def _again(text: str, places: Sequence[Place]) -> Iterator[Place]:
    """Where a part of a name that was found in full stands alone in the same text."""
    parts = {
        part
        for start, end in places
        if " " in text[start:end]
        for part in name_parts(text[start:end])
        if part[0].isupper()
    }
    if parts:
        for word in _WHOLE_WORD.finditer(text):
            if word[0] in parts:
                yield word.span()


PERSON = Recogniser(find_persons)
PERSON_BY_CUE = Recogniser(find_persons_by_cue)
