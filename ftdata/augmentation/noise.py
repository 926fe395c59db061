"""What a hurried user's fingers do to a text whose protected spans are masked.

The rules for letters and words take the number of words that they may change, and give None where
they find nothing. Names, numbers and negations are in none of their lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ftdata.augmentation.choosing import pick
from ftdata.augmentation.noise_words import (
    ACCENTED,
    COMMON,
    MISSPELLED,
    OPENERS,
    OTHER_WORDS,
    TEXTING,
)
from ftdata.augmentation.swapping import find_swaps, read_lexicon
from ftdata.text import hash64

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LOWER_WORD = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])")
_APOSTROPHE = re.compile(
    r"\b(?:(what|that|who|where|how|there|here|let|it|she)['’](s)|(i)['’](m|ve)"
    r"|(you|they)['’](re|ve)|(that)['’](ll))\b",
    re.IGNORECASE,
)
_FORMAL = re.compile(
    r"(?:imagine|pretend|you are|take on|assume|role-? ?play|act as|as an?|describe)\b",
    re.IGNORECASE,
)
_MAX_CHAT_WORDS = 30
_SHORT = 4  # letters: so common that each fourth of them is enough
_ANY_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|(?<=[.!?] ))[A-Z][\w'’]*")
_I = re.compile(r"\bI(?=['’]|\b(?!\.))")
_LAST_MARK = re.compile(r"(?<=[^\W\d_]{3})[.?!]$")
_COMMA = re.compile(r"(?<=[^\W\d_]), (?=[a-z])")
_ACCENT = re.compile(r"\b[a-zà-öø-ÿ]*[à-æè-ðò-öø-ÿ]")  # ñ and ç have keys of their own


def mistype(text: str, seed: int, limit: int) -> str | None:
    """ "Find a restaurant" becomes "Find a restuarant": a slip inside one of the common words."""
    return _replace_words(text, seed, limit, lambda word: _slip(word, seed))


def misspell(text: str, seed: int, limit: int) -> str | None:
    """ "I will definitely go" becomes "I will definately go"."""

    def misspelled(word: str) -> str | None:
        forms, draw = MISSPELLED.get(word), hash64(f"{seed} {word}")
        if forms is None or (len(word) <= _SHORT and draw >> 8 & 3):
            return None
        return forms[draw % len(forms)]

    return _replace_words(text, seed, limit, misspelled)


def write_as_text_message(text: str, seed: int, limit: int) -> str | None:
    """ "Can you call me, please?" becomes "Can u call me, pls?"; a task in prose stays alone."""
    if _FORMAL.match(text) or len(text.split()) > _MAX_CHAT_WORDS:
        return None
    swaps = find_swaps(text, read_lexicon(TEXTING))
    chosen = sorted(swaps, key=lambda swap: hash64(f"{seed} {swap.start}"))[:limit]
    for swap in sorted(chosen, key=lambda swap: -swap.start):
        option = pick(swap.options, seed, f"{swap.start}")
        text = text[: swap.start] + option + text[swap.end :]
    return text if chosen else None


def drop_apostrophes(text: str) -> str | None:
    """ "I'm sure that's it" becomes "im sure thats it"; those of negations stay."""
    changed = _APOSTROPHE.sub(lambda match: "".join(part or "" for part in match.groups()), text)
    changed = re.sub(r"\bI(?=m\b|ve\b)", "i", changed)  # a capital would be that of a name
    return changed if changed != text else None


def drop_accents(text: str, language: str) -> str | None:
    """ "¿Qué hora es?" becomes "Que hora es?"; None unless all its accents are of listed words."""
    plain = ACCENTED.get(language, {})

    def without(match: re.Match[str]) -> str:
        new = plain.get(match[0].lower(), match[0])
        return new[0].upper() + new[1:] if match[0][0].isupper() else new

    changed = _ANY_WORD.sub(without, text)
    if changed == text or _ACCENT.search(changed):
        return None
    return changed.replace("¿", "").replace("¡", "")


def loosen(text: str, seed: int) -> str:
    """The text perhaps without capitals at the start of sentences, its last mark, a blank."""
    draw = hash64(f"{seed} loosen")
    if draw & 1:
        text = _I.sub("i", _SENTENCE_START.sub(_uncapitalised, text))
    if draw & 2:
        text = _LAST_MARK.sub("", text)
    return _COMMA.sub(",", text, count=1) if draw & 12 == 12 else text


def _uncapitalised(match: re.Match[str]) -> str:
    word = match[0].lower()
    is_plain = match[0][1:] == word[1:]  # "THey" is shouted, or a typo already
    return word if is_plain and word.replace("’", "'") in OPENERS else match[0]


def _replace_words(
    text: str, seed: int, limit: int, replace: Callable[[str], str | None]
) -> str | None:
    """Up to `limit` of the words, each no more than once, that have a replacement."""
    found = {
        match[0]: (match, new) for match in _LOWER_WORD.finditer(text) if (new := replace(match[0]))
    }
    chosen = sorted(found.values(), key=lambda one: hash64(f"{seed} {one[0][0]}"))[:limit]
    for match, new in sorted(chosen, key=lambda one: -one[0].start()):
        text = text[: match.start()] + new + text[match.end() :]
    return text if chosen else None


def _slip(word: str, seed: int) -> str | None:
    """The word with one inner letter swapped with the next, doubled, missing or its neighbour's."""
    if word not in COMMON:
        return None
    draw = hash64(f"{seed} {word}")
    i = 1 + (draw >> 8) % (len(word) - 3)
    before, letter, following, after = word[:i], word[i], word[i + 1], word[i + 2 :]
    slips = (
        before + following + letter + after,
        before + letter + letter + following + after,
        before + following + after,
        before + _neighbour_of(letter, draw >> 16) + following + after,
    )
    slip = slips[draw % len(slips)]
    return None if slip == word or slip in COMMON | OPENERS | OTHER_WORDS else slip


def _neighbour_of(letter: str, draw: int) -> str:
    row = next(row for row in _ROWS if letter in row)
    place = row.index(letter)
    near = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    return near[draw % len(near)]
