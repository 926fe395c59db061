"""Words that say that a name follows, in the main European languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.cleaning.pii.name_words import CUE_PHRASES, CUE_WORDS

_BEFORE = r"(?<![\w\[-])"
_QUOTE = r"[\"'“*_]{0,3}"
# Behind these a name may be in no list, and be written in lower case. Each is tried only where its
# mark is in the lower-cased text.
_SURE = tuple(
    (mark, re.compile(rf"{_BEFORE}(?:{pattern})[ ]{_QUOTE}", re.IGNORECASE))
    for mark, pattern in (
        (
            "name",
            r"name is|name's|named after|your name\?|name ist"
            r"|name on (?:the |my |your )?[a-z]{2,12}(?: is|:)"
            r"|(?:under|in) (?:the |my |his |her )?(?:[a-z]{2,10}['’]s )?name(?: of)?:?",
        ),
        ("calls me", r"calls me"),
        ("llam", r"(?:me|se) llam[ao]"),
        ("nombre es", r"nombre es"),
        ("appelle", r"(?:m|s)['’]appelle"),
        ("nom est", r"nom est"),
        ("ich hei", r"ich hei(?:ß|ss)e"),
        ("chiam", r"(?:mi|si) chiam[ao]"),
        ("nome ", r"nome (?:è|é)"),
        ("me chamo", r"me chamo"),
        ("ik heet", r"ik heet"),
        ("naam is", r"naam is"),
    )
)
_WHOSE = (
    r"(?:full|first|last|middle|maiden|given|family|customer|client|patient|author|contact|guest"
    r"|passenger|agent|account holder|cardholder|employee|student|display)"
)
_SIGNED = re.compile(
    r"\b(?:regards|sincerely|yours|truly|faithfully|cheers|thanks|thank you|saludos|atentamente"
    r"|cordialement|grüßen|grüße|saluti|groeten|cumprimentos|love)[,!.]?[ ]{0,2}\n{1,3}\Z",
    re.IGNORECASE,
)
_FIELD = re.compile(
    rf"(?<![a-z] )(?<![\w-])(?:{_WHOSE}[ _]?)?name[\"'*]{{0,3}}:[\"'* ]{{0,4}}\Z", re.IGNORECASE
)
_FIELD_ENDS = frozenset(":*\"'")
_PHRASE_CHARS = 32
_WORD_CHARS = 24


def find_sure_cues(text: str, lowered: str) -> Iterator[int]:
    """Where a name starts behind `my name is` and its like; `lowered` is the text in lower case."""
    for mark, pattern in _SURE:
        if mark in lowered:
            for found in pattern.finditer(text):
                yield found.end()


def has_name_cue(text: str, start: int) -> bool:
    """Whether what stands right before `start` announces a name: `Regards,`, `this is`."""
    last = text[start - 1] if start else ""
    if last == "\n":
        return _SIGNED.search(text[max(0, start - _PHRASE_CHARS) : start]) is not None
    if last == " " and text[start - 2 : start - 1] not in _FIELD_ENDS:
        words = text[max(0, start - _WORD_CHARS) : start].lower().split()[-2:]
        return bool(words) and (words[-1] in CUE_WORDS or " ".join(words) in CUE_PHRASES)
    if last not in _FIELD_ENDS and last != " ":
        return False
    before = text[max(0, start - _PHRASE_CHARS) : start]
    return "name" in before.lower() and _FIELD.search(before) is not None
