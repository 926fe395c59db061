"""Words that say that a name follows, in the main European languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.cleaning.pii.name_words import CUE_ENDS

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
# What ends right before a capitalised name.
_PHRASE = re.compile(
    r"(?:\b(?:dear|hi|hello|hey|hola|bonjour|hallo|ciao|i['’]m|i am|this is|it['’]s|call me|said"
    r"|spe(?:ak|aking|ak directly) (?:with|to)|starring|named|(?:directed|written|painted|composed"
    r"|performed|signed|sung|founded) by|daughter|son|wife|husband|brother|sister|friend|colleague"
    r"|doctor|professor)[ ]"
    r"|\b(?:regards|sincerely|yours|truly|faithfully|cheers|thanks|thank you|saludos|atentamente"
    r"|cordialement|grüßen|grüße|saluti|groeten|cumprimentos|love)[,!.]?[ ]{0,2}\n{1,3}"
    rf"|(?<![a-z] )(?<![\w-])(?:{_WHOSE}[ _]?)?name[\"'*]{{0,3}}:[\"'* ]{{0,4}})\Z",
    re.IGNORECASE,
)
_PHRASE_CHARS = 32
_WORD_CHARS = 12


def find_sure_cues(text: str, lowered: str) -> Iterator[int]:
    """Where a name starts behind `my name is` and its like; `lowered` is the text in lower case."""
    for mark, pattern in _SURE:
        if mark in lowered:
            for found in pattern.finditer(text):
                yield found.end()


def has_name_cue(text: str, start: int) -> bool:
    """Whether what stands right before `start` announces a name: `Regards,`, `this is`."""
    last = text[start - 1] if start else ""
    if last == " ":
        words = text[max(0, start - _WORD_CHARS) : start].rsplit(None, 1)
        if not words or not (words[-1][-1] in ':*"' or words[-1].lower() in CUE_ENDS):
            return False
    elif not last or last not in "\n\"'*:":
        return False
    return _PHRASE.search(text[max(0, start - _PHRASE_CHARS) : start]) is not None
