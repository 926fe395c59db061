"""Words that can be parts of a name: their patterns and what each may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ftdata.cleaning.pii.name_words import HONORIFICS, OPENERS, ORDINARY, PARTICLES
from ftdata.cleaning.pii.names import is_ordinary, known_names, strip_accents

# What a word may be, as bits: plain integers, for they are asked of every capitalised word.
# SURNAME is a LAST that its ending betrays: -ov, -sson, -enko.
FIRST, LAST, WORDLIKE, INITIAL, PARTICLE, CAPITALISED, TITLE, SURNAME, OPENER = (
    1 << bit for bit in range(9)
)
LISTED = FIRST | LAST


class Token(NamedTuple):
    """A word of a run of words that may hold a name."""

    start: int
    end: int
    word: str
    kind: int


# Capital letters of the Latin scripts: `re` knows no class of them.
UPPER = "A-Z" + "".join(
    char for char in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))) if char.isupper()
)
_REST = r"(?:(?!['’]s\b)['’-][^\W\d_]{1,30}+){0,3}+"
WORD = rf"[^\W\d_]{{1,30}}+{_REST}"
_PARTICLE = "|".join(sorted(PARTICLES, key=len, reverse=True))
_TITLE = "|".join(sorted((title.capitalize() for title in HONORIFICS), key=len, reverse=True))
_TITLE_TAIL = "|".join(sorted({title[1:] for title in HONORIFICS if len(title) < 5}, key=len)[::-1])
_DOTTED = rf"(?:{_TITLE})[ ]?\.(?=[ ]?[{UPPER}])"
# A capital, then the full stop of an initial or a title, or the rest of the word.
_ITEM = (
    rf"[{UPPER}](?:(?:{_TITLE_TAIL})?(?:\.[{UPPER}]|[ ])?\.(?=[ ]?[{UPPER}])"
    rf"|[^\W\d_]{{0,30}}+{_REST})"
)
_GAP = rf"(?:[ ](?:(?:{_PARTICLE})[ ]){{0,3}}|(?<=\.))"
# A run of capitalised words in one line. The capital stands first, for speed.
RUN = re.compile(
    rf"[{UPPER}](?:(?<![\w@#/$&.'’-].)|(?<=[.][ ].)|(?<=\\[nrt].)){_ITEM.partition(']')[2]}"
    rf"(?:{_GAP}{_ITEM}){{0,7}}+(?![\w@]|\.[\w(]|\()"
)
TOKEN = re.compile(rf"{_DOTTED}|(?:[{UPPER}]\.){{1,2}}+(?=[ ]?[{UPPER}])|{WORD}")
# PersonX, MyName: from code; not McDonald, LeRoy, DeLuca.
_CAMEL = re.compile(
    rf"[^\W\d_{UPPER}](?<!Mc)(?<!Mac)(?<!Fitz)(?<!De)(?<!Di)(?<!La)(?<!Le)[{UPPER}]"
)
_CONTRACTED = re.compile(
    r"(?:i|we|you|they|he|she|it|that|there|here|what|who|let)['’](?:ve|m|ll|d|re|s)"
)
_SURNAME = re.compile(
    r".{2,}(?:[iykns]ov|[iykns]ova|[iy]ev|[iy]eva|ov[aá]|ev[aá]|enko|[aeiou]vi[cć]|sson|nen|wicz"
    r"|czyk|shvili|oğlu|escu|d[oó]ttir|opoulos|[aeiou]dze|ić)"
)


def read_tokens(text: str, start: int, end: int) -> list[Token]:
    """The words of a run, each with what it may be."""
    return [
        Token(*found.span(), found.group(), kind_of(found.group()))
        for found in TOKEN.finditer(text, start, end)
    ]


@lru_cache(maxsize=1 << 16)
def kind_of(word: str) -> int:
    """What a word may be, by its letters and the lists: a sum of the bits above."""
    kind = CAPITALISED if word[0].isupper() else 0
    folded = word.casefold()
    if folded.rstrip(". ") in HONORIFICS:
        return kind | TITLE
    if folded in OPENERS:
        return kind | OPENER | WORDLIKE
    if word.endswith(".") or (len(word) == 1 and kind and folded not in ORDINARY):
        return kind | INITIAL
    if folded in PARTICLES and not kind:
        return PARTICLE
    if _CAMEL.search(word) or _CONTRACTED.fullmatch(folded):
        return kind | WORDLIKE
    names, pieces = known_names(), folded.split("-")
    if all(piece in names.first or strip_accents(piece) in names.first for piece in pieces):
        kind |= FIRST
    if all(piece in names.last or strip_accents(piece) in names.last for piece in pieces):
        kind |= LAST
    if _SURNAME.fullmatch(folded):
        kind |= LAST | SURNAME
    return kind | WORDLIKE if is_ordinary(folded) or is_ordinary(strip_accents(folded)) else kind


def end_of_name(tokens: Sequence[Token], at: int, *, unknown: int, most: int = 5) -> int:
    """Index behind the last token of the name that starts at `at`.

    Of the tokens behind the first, `unknown` may be in no list.
    """
    end = at + 1
    while end < min(len(tokens), at + most):
        kind = tokens[end].kind
        if kind & TITLE or (kind & WORDLIKE and not kind & LAST):
            break
        if not kind & (LISTED | INITIAL | PARTICLE):
            if not unknown:
                break
            unknown -= 1
        end += 1
    while end > at + 1 and tokens[end - 1].kind & PARTICLE:
        end -= 1
    return end
