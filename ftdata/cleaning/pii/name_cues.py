"""Words that say that a name follows, in the main European languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Cue(NamedTuple):
    """A name follows the match of `pattern`, which is tried where `mark` is in the lower case.

    Behind a `sure` cue a name may be in no list, and be written in lower case.
    """

    mark: str
    pattern: re.Pattern[str]
    sure: bool


_BEFORE = r"(?:(?<![\w\[-])|(?<=\\[nrt]))"
_QUOTE = r"[\"'“*_]{0,3}"
_WHOSE = (
    r"(?:full|first|last|middle|maiden|given|family|sur|user|customer|client|patient|author|contact"
    r"|guest|passenger|agent|account holder|cardholder|employee|student|display)"
)
_HONORIFICS = (
    r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|rev|capt|lt|sgt|sir|lord|lady|sra?|srta|dña|doña"
    r"|señora?|mme|mlle|monsieur|madame|herrn?|frau|dhr|mevr|mevrouw|meneer|sig|signora?|dott"
    r"|senhora?|dra)"
)


def _cue(mark: str, pattern: str, *, sure: bool = False) -> Cue:
    return Cue(mark, re.compile(_BEFORE + pattern, re.IGNORECASE), sure)


CUES = (
    _cue("name", rf"(?:name is|name's|named after)[ ]{_QUOTE}", sure=True),
    _cue("name", rf"name on (?:the |my |your )?[a-z]{{2,12}}(?: is|:)[ ]{_QUOTE}", sure=True),
    _cue(
        "name",
        rf"(?:under|in) (?:the |my |his |her )?(?:[a-z]{{2,10}}['’]s )?name(?: of)?:?[ ]{_QUOTE}",
        sure=True,
    ),
    _cue("your name", rf"your name\?[ \n]{_QUOTE}", sure=True),
    _cue("name", rf"(?:{_WHOSE}[ _]?)?name[\"'*]{{0,3}}:[\"'* ]{{0,4}}"),
    _cue("llam", rf"(?:me|se) llam[ao][ ]{_QUOTE}", sure=True),
    _cue("nombre", rf"nombre es[ ]{_QUOTE}", sure=True),
    _cue("appelle", rf"(?:m|s)['’]appelle[ ]{_QUOTE}", sure=True),
    _cue("nom est", rf"nom est[ ]{_QUOTE}", sure=True),
    _cue("ich hei", rf"ich hei(?:ß|ss)e[ ]{_QUOTE}", sure=True),
    _cue("name ist", rf"name ist[ ]{_QUOTE}", sure=True),
    _cue("chiam", rf"(?:mi|si) chiam[ao][ ]{_QUOTE}", sure=True),
    _cue("nome", rf"nome (?:è|é)[ ]{_QUOTE}", sure=True),
    _cue("chamo", rf"me chamo[ ]{_QUOTE}", sure=True),
    _cue("ik heet", rf"ik heet[ ]{_QUOTE}", sure=True),
    _cue("naam is", rf"naam is[ ]{_QUOTE}", sure=True),
    _cue("dear", r"dear "),
    _cue("hi", r"hi,? (?:there,? )?(?=[^\s,.!:]{2,30}(?: [^\s,.!:]{2,30})?[,.!:\n])"),
    _cue("hello", r"hello,? (?=[^\s,.!:]{2,30}(?: [^\s,.!:]{2,30})?[,.!:\n])"),
    _cue("hey", r"hey,? (?=[^\s,.!:]{2,30}(?: [^\s,.!:]{2,30})?[,.!:\n])"),
    _cue("regards", r"regards,?[ ]{0,2}\n{1,3}"),
    _cue("sincerely", r"sincerely,?[ ]{0,2}\n{1,3}"),
    _cue("yours", r"yours(?: truly| faithfully)?,?[ ]{0,2}\n{1,3}"),
    _cue("cheers", r"cheers,?[ ]{0,2}\n{1,3}"),
    _cue("thanks", r"thanks,?[ ]{0,2}\n{1,3}"),
    _cue("saludos", r"saludos,?[ ]{0,2}\n{1,3}"),
    _cue("cordialement", r"cordialement,?[ ]{0,2}\n{1,3}"),
    _cue("grüße", r"grüßen?,?[ ]{0,2}\n{1,3}"),
    _cue("i'm", r"i'm "),
    _cue("i’m", r"i’m "),
    _cue("i am", r"i am "),
    _cue("this is", r"this is "),
    _cue("speak", r"spe(?:ak|aking|ak directly) (?:with|to) "),
    _cue("call me", r"call me "),
    _cue("starring", r"starring "),
    _cue(" by ", r"(?:directed|written|painted|composed|performed|signed|sung) by "),
    *(
        _cue(mark, rf"{_HONORIFICS}(?:[ ]?\.)? (?=\S)")
        for mark in ("mr", "ms", "dr", "prof", "sr", "señor", "mme", "mlle", "madame", "monsieur",
                     "herr", "frau", "sig", "dott", "senhor", "miss", "rev", "capt", "sir ", "lord",
                     "lady", "mevr", "dhr", "meneer", "doña")
    ),
)  # fmt: skip


def find_cues(text: str, lowered: str) -> Iterator[tuple[int, bool]]:
    """Where a name may start, and whether its cue is sure. `lowered` is the text's lower case."""
    for mark, pattern, sure in CUES:
        if mark in lowered:
            for found in pattern.finditer(text):
                yield found.end(), sure
