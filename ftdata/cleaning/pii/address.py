"""Postal addresses: streets with their house numbers, boxes, flats, and codes behind their cue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.cleaning.pii.recogniser import Place, Recogniser
from ftdata.cleaning.pii.street_words import (
    LATE_OPENERS,
    PLAIN_ENDINGS,
    PLAIN_TYPES,
    STATES,
    STREET_ENDINGS,
    STREET_OPENERS,
    STREET_TYPES,
)

_CAPITAL = r"[A-ZÀ-ÖØ-ÞČĐŁŚŠŽ]"
_SIDE = r"(?:north|south|east|west|northeast|northwest|southeast|southwest|[nsew]\.?|ne|nw|se|sw)"
_AFTER_DIGIT = r"[0-9]{0,5}[A-Za-z]?(?:[-/][0-9]{1,5}[A-Za-z]?)?"
_NUMBER = rf"(?:[0-9]{_AFTER_DIGIT})"
# A house number; the digit stands first, for speed.
_HOUSE = rf"[0-9](?<![\w.,$€£#:/-].)(?<![0-9] .){_AFTER_DIGIT}"
_NAME = (
    rf"(?:{_CAPITAL}(?:[\w'’-]{{0,24}}|[\w]{{0,2}}\.)|[0-9]{{1,3}}(?:st|nd|rd|th)"
    r"|(?i:of|the|de|la|el|du))"
)
_ANY_NAME = r"(?:[^\W\d_][\w'’-]{1,24}|[0-9]{1,3}(?:st|nd|rd|th))"
_TYPE = rf"(?i:{'|'.join(STREET_TYPES)})\b"
_PLAIN_TYPE = rf"(?i:{'|'.join(PLAIN_TYPES)})\b"
_UNIT_NAME = r"(?i:suite|apt\.?|apartment|ste\.?|unit|flat|room|floor)"
_UNIT = (
    rf"(?:{_UNIT_NAME}[ ]?#?[ ]?|\#[ ]?)(?:[A-Za-z]-?)?[0-9]{{1,5}}[A-Za-z]?(?:-[0-9]{{1,4}})?\b"
)
_LETTER_UNIT = rf"(?:{_UNIT_NAME}[ ]|\#[ ]?)[A-Z]\b|[0-9]{{1,2}}(?:st|nd|rd|th) [Ff]loor"
_STATE = rf"(?:{'|'.join(STATES)})"
_CODE = r"(?:[0-9]{4,5}(?:-[0-9]{4})?)(?![\w-])"
_CITY = rf"{_CAPITAL}[\w.'’-]{{1,24}}(?:[ ]{_CAPITAL}?[\w.'’-]{{1,24}}){{0,3}}"
_COUNTRY = r"(?i:usa|united states|u\.s\.a?\.?|australia|canada|uk|united kingdom)"
# ", Denver, CO 80239, USA", ", Harrow Hills New South Wales 2010".
_TAIL = (
    rf"(?:(?:,[ ]?\n?|[ ]?\n[ ]?,?)[ ]{{0,2}}(?:{_CITY}(?:[ ]?\n[ ]?,|,|)[ ]{{1,2}})??"
    rf"(?i:{_STATE}),?[ \n]{{1,3}}{_CODE})(?:,[ ]{_COUNTRY}\b)?"
)
# ", London SW1A 1AA", "\nStoke-on-Trent,\nStaffordshire\nST4 2AB, UK".
_BREAK = r"(?:,[ ]?\n?|[ ]?\n|[ ])"
_TOWN_WORD = rf"{_CAPITAL}[\w'’-]{{1,24}}"
_POSTCODE = r"[A-Z]{1,2}[0-9][0-9A-Z]?[ ]?[0-9][A-Z]{2}\b"
_BRITISH_TAIL = (
    rf"(?:{_BREAK}{_TOWN_WORD}(?:[ ](?:upon|on|of|the|{_TOWN_WORD})){{0,3}}){{0,3}}"
    rf"{_BREAK}{_POSTCODE}(?:{_BREAK}{_COUNTRY}\b)?"
)
# 10115 Berlin, 60311 Frankfurt am Main, 61348 Bad Homburg: what follows is no part of it.
_RIVER = (
    r"[ ](?:am (?:Main|Rhein|Neckar|Inn|Lech|Ammersee|Bodensee|Chiemsee|Harz|See)\b"
    r"|(?:an|ob|vor|auf) der (?:Aller|Alz|Donau|Elbe|Fulda|Havel|Ilm|Isar|Lahn|Mosel|Oder|Orla|Rur"
    r"|Ruhr|Saale|Spree|Tauber|Unstrut|Weinstraße|Werra|Weser|Höhe|Steige)\b"
    rf"|bei (?!Frau|Herr){_TOWN_WORD}"
    rf"|(?:aan den|aan de|sur|sous|lès|de la|de|del|do|da) {_TOWN_WORD})"
)
_DOUBLE = r"(?:Bad|Sankt|St\.|Saint|San|Santa|São|New|Den|Le|La|Las|Los|El|Villa|Alt|Neu)[ ]"
_TOWN = rf"(?:{_DOUBLE})?{_TOWN_WORD}(?:[ /(]a\.[ ]?[A-Z]\.|/{_TOWN_WORD}|{_RIVER})?"
# 612 Van Horn Avenue; 231 hazelwood avenue where the word for the street is no other word.
_STREET = re.compile(
    rf"{_HOUSE}[ ](?:{_NUMBER}[ ])?"
    rf"(?:(?:{_NAME}[ ]){{1,5}}{_TYPE}|(?:{_ANY_NAME}[ ]){{1,3}}{_PLAIN_TYPE})"
    r"(?:(?<= St|Ave|lvd| Rd| Dr| Ln| Pl| Ct)\.)?"
    rf"(?:[ ](?i:{_SIDE})\b)?(?:[ ](?:{_UNIT}|{_LETTER_UNIT}))?"
)
# 12 rue de la Paix, 812 East El Camino Alto.
_ARTICLE = r"(?i:d['’]|(?:de|du|des|da|do|dos|del|della|dei|la|las|los|le|les)\b)"
_OPENED = re.compile(
    rf"{_HOUSE}(?:,(?=[ ](?:[a-z]|Rue|Jalan)))?[ ]"
    rf"(?:(?i:{_SIDE})[ ])?(?i:{'|'.join(STREET_OPENERS)})(?:[ ](?:{_ARTICLE}|{_NAME})){{1,5}}"
)
# Hauptstr. 5, Calle Mayor 3: looked for backwards from the number.
_LATE_NUMBER = re.compile(r"[0-9](?<=[\w.] .)[0-9]{0,3}[a-zA-Z]?(?![\w%]|[.,:][0-9])")
_ENDED = re.compile(
    rf"(?<![\w-])(?:{_NUMBER}[ ])?"
    rf"(?:(?:{_CAPITAL}(?:[\w'’-]{{1,24}}|\w{{0,3}}\.)[ ]){{0,2}}{_CAPITAL}[\w-]{{1,24}}"
    rf"(?i:{'|'.join(STREET_ENDINGS)})"
    rf"|[^\W\d_][\w-]{{1,24}}(?:{'|'.join(PLAIN_ENDINGS)}))\.?[ ]\Z"
)
_LATE_OPENED = re.compile(
    rf"(?<![\w-])(?:{_NUMBER}[ ])?(?i:{'|'.join(LATE_OPENERS)})"
    rf"(?:[ ](?:{_NAME}|[a-z]{{1,3}})){{1,5}},?[ ]\Z"
)
_SAME_LINE_UNIT = re.compile(rf"[ ]{_UNIT}")
_BACK_CHARS = 48
_BOX = re.compile(
    r"(?<!\w)(?:p\.?[ ]?o\.?[ ]?box[ ][0-9]{1,6}|postfach[ ][0-9 ]{2,8}[0-9]"
    r"|(?:psc|unit|cmr)[ ][0-9]{1,5},?[ ]box[ ][0-9]{1,5})\b"
    rf"(?:[,\n ]{{1,3}}(?:apo|fpo|dpo)[, ]{{1,2}}(?:aa|ae|ap)[ ]{_CODE}|(?-i:{_TAIL}))?",
    re.IGNORECASE,
)
_FLEET = re.compile(rf"\bUSS [A-Z][a-z]{{2,20}},?[\n ](?:FPO|APO) (?:AA|AE|AP) {_CODE}")
_OWN_UNIT = re.compile(
    r"(?<!\w)(?:suite|apt\.?|apartment|ste\.?)[ ]?(?:\#[ ]?)?[a-z]?-?[0-9]{1,5}[a-z]?\b",
    re.IGNORECASE,
)
_ZIP_CUE = re.compile(
    r"(?<![\w\[])(?:zip|postal|post)[ _-]?(?:codes?)?[\"'*]{0,3}(?:[ ]is|[ ]of|:)?[\"'* ]{1,4}"
    rf"({_CODE}|[A-Z]{{1,2}}[0-9][0-9A-Z]?[ ]?[0-9][A-Z]{{2}})\b",
    re.IGNORECASE,
)
_ZIP = re.compile(r"[0-9](?<!\w.)[0-9]{4}(?:-[0-9]{4})?(?![\w-])")
_STATE_BEFORE = re.compile(rf"(?<!\w)(?:{_STATE}),?[ ]\Z")
_STATE_CHARS = 24
_TAIL_PATTERN = re.compile(rf"{_TAIL}|{_BRITISH_TAIL}")
_CODE_FIRST_TAIL = re.compile(rf"{_TAIL}|{_BRITISH_TAIL}|,?[ \n]{_CODE}(?:[ ]{_TOWN})?")
_YEAR = re.compile(
    r"(?:in|of|since|until|during|by|from|and|to) (?:19|20)[0-9]{2}\Z", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"[0-9]+ (?:the|of|minutes?|hours?|miles?|km|meters?|blocks?|more|way|lanes?|stars?|people"
    r"|years?|days?|and|or|to|in|on|at|for|from|different|new|small|best|main roads)\b"
)


def find_addresses(text: str) -> Iterator[Place]:
    """Streets with their numbers, and city, state and ZIP where they follow.

    A flat behind a comma (`, Suite 231`) is a place of its own, and then the ZIP behind it is, too.
    """
    for pattern, tail in ((_STREET, _TAIL_PATTERN), (_OPENED, _CODE_FIRST_TAIL)):
        for found in pattern.finditer(text):
            if _is_street(text, *found.span()):
                yield found.start(), _with_tail(text, found.end(), tail)
    yield from _find_late_numbers(text)
    lowered = text.lower()
    if "box" in lowered or "postfach" in lowered:
        yield from (found.span() for found in _BOX.finditer(text))
    if "USS " in text:
        yield from (found.span() for found in _FLEET.finditer(text))
    if "suite" in lowered or "apt" in lowered or "ste" in lowered or "apartment" in lowered:
        yield from (found.span() for found in _OWN_UNIT.finditer(text))
    if "zip" in lowered or "post" in lowered:
        yield from (found.span(1) for found in _ZIP_CUE.finditer(text))
    for code in _ZIP.finditer(text):
        if _STATE_BEFORE.search(text[max(0, code.start() - _STATE_CHARS) : code.start()]):
            yield code.span()


def _is_street(text: str, start: int, end: int) -> bool:
    """Whether it is none of `in 2008 Wall Street` and `25 minutes drive`."""
    number_end = text.index(" ", start)
    if _YEAR.search(text[max(0, start - 8) : number_end]):
        return False
    return not _NO_NAME.match(text, start, end)


def _with_tail(text: str, end: int, tail: re.Pattern[str]) -> int:
    found = tail.match(text, end)
    return found.end() if found else end


def _find_late_numbers(text: str) -> Iterator[Place]:
    for number in _LATE_NUMBER.finditer(text):
        before = text[max(0, number.start() - _BACK_CHARS) : number.start()]
        words = before.lower().split()[-6:]
        if words[-1].rstrip(".").endswith(STREET_ENDINGS):
            found = _ENDED.search(before)
        elif any(word in LATE_OPENERS for word in words):
            found = _LATE_OPENED.search(before)
        else:
            continue
        if found:
            start = number.start() - len(before) + found.start()
            unit = _SAME_LINE_UNIT.match(text, number.end())
            end = unit.end() if unit else number.end()
            yield start, _with_tail(text, end, _CODE_FIRST_TAIL)


# A house number and a word for a street near it, or what the other patterns begin with.
_GATE = (
    rf"(?i)\b[0-9][^ \n]* (?:[^ \n]+ )+(?:{'|'.join((*STREET_TYPES, *PLAIN_TYPES))})\b"
    rf"|[0-9][^ \n]* (?:[^ \n]+ )?(?:{'|'.join(STREET_OPENERS)}) "
    rf"|(?:{'|'.join((*STREET_ENDINGS, *PLAIN_ENDINGS))})\.? [0-9]"
    rf"|(?:{'|'.join(LATE_OPENERS)}) (?:[^ \n]+ )+[0-9]"
    rf"|box [0-9]|postfach|USS |(?:suite|apt|ste|apartment)[^a-z]|\b(?:zip|post)"
    rf"|(?-i:{_STATE}),? [0-9]{{5}}"
)

ADDRESS = Recogniser(find_addresses, digits=1, gate=_GATE)
