"""Phrases that point out of a text, and what they point to: "as described above", "see below".

English, and the commonest of Spanish, German and French. A phrase dangles where what it points to
is not in the text: the steps, the code or the table it names, or anything at all on that side.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

Direction = Literal["back", "forward"]
Referent = Literal["steps", "code", "table", "image", "section", "anything", "remark"]

_W = r"\s{1,40}"  # a line may end, and the next be indented, within a phrase


class Reference(NamedTuple):
    """A phrase at `text[start:end]` that points back or forward to something.

    `is_held`: the text itself has such a thing on that side.
    """

    start: int
    end: int
    phrase: str  # in lower case, white space folded
    direction: Direction
    referent: Referent
    is_held: bool


@dataclass(frozen=True)
class _Rule:
    """One form of reference. Without `referent` the group `noun` says what is meant."""

    direction: Direction
    triggers: tuple[str, ...]  # one is in every text that the pattern matches
    pattern: re.Pattern[str]
    referent: Referent | None = None


_NOUNS: dict[Referent, str] = {
    "steps": "steps?|procedures?|process|processes|instructions?|actions?"
    "|procedimientos?|pasos?|instrucciones|verfahren|schritte?n?|anleitung|anweisungen"
    "|étapes?|procédures?|instructions?",
    "code": "commands?|examples?|code|snippets?|scripts?|query|queries|config|configurations?"
    "|outputs?|yaml|json|templates?|manifests?|functions?|comandos?|ejemplos?|código"
    "|befehle?n?|beispiele?s?|codes?|commandes?|exemples?",
    "table": "tables?|tablas?|tabellen?|tableaux?",
    "image": "diagrams?|images?|screenshots?|figures?|pictures?|illustrations?|imagen|imágenes"
    "|abbildungen|abbildung|bild|bilde?s|capture|schémas?",
    "section": "sections?|chapters?|questions?|tutorials?|paragraphs?|secci[oó]n|secciones"
    "|capítulos?|preguntas?|abschnitte?n?|abschnitts|kapitels?|frage|chapitres?|paragraphes?",
}
_MEANT = {
    referent: re.compile(rf"\b(?:{nouns})\b", re.IGNORECASE) for referent, nouns in _NOUNS.items()
}
_ANY = "|".join(_NOUNS.values())
_NUMBERS = rf"(?:{_W}(?:\d{{1,3}}|and|to|or|one|two|three|four|five)){{0,4}}"
_TOLD = (
    "described|shown|listed|outlined|detailed|defined|explained|specified|demonstrated|directed"
    "|provided|given|seen|done|used|discussed|documented|illustrated"
)
_REMARKED = "mentioned|noted|stated|said|pointed out"
_NOT_COMPARED = "".join(
    rf"(?<!\b{word} )"
    for word in ("or", "and", "drop", "drops", "dropped", "fall", "falls", "fell", "appear", "rise")
)
_CLAUSE_GOES_ON = (
    "is|are|has|have|was|were|shows?|would|will|should|can|could|to|for|with|but|we|it|then|which"
    "|that|does|do|must|may|instead|utilizes?|tracks|into|using"
)


def _rule(
    direction: Direction, triggers: str, pattern: str, referent: Referent | None = None
) -> _Rule:
    compiled = re.compile(rf"\b(?:{pattern})", re.IGNORECASE)
    return _Rule(direction, tuple(triggers.split(",")), compiled, referent)


def _place_rules(direction: Direction, word: str, told: str) -> tuple[_Rule, ...]:
    """The forms that "above" and "below" share; `told` are the adverbs after a participle."""
    return (
        _rule(
            direction,
            told.replace("|", ","),
            rf"(?:as{_W})?(?:(?:is|was|has{_W}been){_W})?(?:{_REMARKED}){_W}(?:{told})\b,?",
            "remark",
        ),
        _rule(
            direction,
            told.replace("|", ","),
            rf"(?:as{_W})?(?:the{_W}(?P<noun>{_ANY}){_W})?(?:{_TOLD}){_W}(?:{told})\b",
        ),
        _rule(direction, word, rf"(?:as|see(?:{_W}also)?|per){_W}{word}\b", "anything"),
        _rule(direction, word, rf"(?:the{_W})?(?P<noun>{_ANY}){_NUMBERS}{_W}{word}\b"),
        _rule(
            direction,
            word,
            rf"(?:the|these|those|this|our){_W}{word}(?:(?:[- ]mentioned)?{_W}(?P<noun>{_ANY})\b"
            rf"|[- ]mentioned\b|(?=\W|{_W}\w))(?!{_W}\d)",
        ),
        _rule(
            direction,
            word,
            rf"{_NOT_COMPARED}{word}(?=[.,;:)!]|\Z|{_W}(?:{_CLAUSE_GOES_ON})\b)",
            "anything",
        ),
    )


_RULES = (
    *_place_rules("back", "above", "above|earlier|previously"),
    *_place_rules("forward", "below", "below|later|further down"),
    _rule("back", "above-mentioned,aforementioned", r"(?:above-|afore)mentioned\b", "anything"),
    _rule(
        "back",
        "previous,preceding,earlier",
        rf"(?:previous|preceding|earlier){_W}(?P<noun>(?:sections?|chapters?|steps?|examples?"
        r"|commands?|procedures?|questions?|paragraphs?|tables?|snippets?|instructions|tutorials?)"
        r")\b",
    ),
    _rule(
        "back",
        "earlier,previously",
        rf"(?:earlier|previously){_W}(?:in|on){_W}this{_W}"
        r"(?:document|section|page|guide|chapter|tutorial)\b",
        "section",
    ),
    _rule(
        "forward",
        "later",
        rf"later{_W}(?:in|on){_W}this{_W}(?:document|section|page|guide|chapter|tutorial)\b",
        "section",
    ),
    _rule("forward", "next", rf"next{_W}(?:few{_W})?(?:section|chapter)s?\b", "section"),
    _rule(
        "forward",
        "following",
        rf"following{_W}(?:{_NOUNS['section']})\b",
        "section",
    ),
    _rule("forward", "following", rf"(?:the|these){_W}following\b", "anything"),
    # Spanish
    _rule(
        "back",
        "arriba,anteriormente",
        rf"(?:como{_W}se{_W})?(?:menciona|mencionó|indica|indicó|ha{_W}mencionado){_W}"
        rf"(?:más{_W})?(?:arriba|anteriormente)\b,?",
        "remark",
    ),
    _rule(
        "back",
        "arriba,anteriormente",
        rf"(?:como{_W}se{_W})?(?:describe|describió|explica|explicó|muestra|mostró|descrit[oa]s?"
        rf"|mostrad[oa]s?){_W}(?:más{_W})?(?:arriba|anteriormente)\b",
        "anything",
    ),
    _rule(
        "back",
        "anterior",
        rf"(?P<noun>secci[oó]n|secciones|capítulo|procedimiento|pasos?|comandos?|ejemplos?|tabla"
        rf"|pregunta){_W}anterior(?:es)?\b",
    ),
    _rule("forward", "abajo", rf"(?:ver{_W})?más{_W}abajo\b", "anything"),
    _rule(
        "forward",
        "siguiente",
        rf"(?:siguientes?{_W}secci(?:ón|ones)|secci(?:ón|ones){_W}siguientes?)\b",
        "section",
    ),
    # German
    _rule("back", "oben", rf"(?:wie{_W})?(?:weiter{_W})?oben{_W}(?:erwähnt|genannt)\w{{0,2}}\b,?",
          "remark"),
    _rule(
        "back",
        "oben",
        rf"(?:(?:wie|siehe){_W}(?:weiter{_W})?oben|oben{_W}(?:beschrieben|gezeigt|erklärt"
        rf"|aufgeführt)\w{{0,2}})\b(?:{_W}(?:beschrieben|gezeigt|erklärt)\b)?",
        "anything",
    ),
    _rule(
        "back",
        "obige,vorherige,vorige,vorangehende",
        rf"(?:obige|vorherige|vorige|vorangehende)[nmrs]?{_W}(?P<noun>{_NOUNS['steps']}"
        rf"|{_NOUNS['code']}|{_NOUNS['table']}|{_NOUNS['section']})\b",
    ),
    _rule(
        "forward",
        "unten",
        rf"(?:(?:wie|siehe){_W}(?:weiter{_W})?unten|unten{_W}(?:beschrieben|gezeigt|aufgeführt))"
        r"\w{0,2}\b",
        "anything",
    ),
    _rule(
        "forward",
        "folgenden,nächsten",
        rf"(?:folgenden|nächsten){_W}(?:abschnitte?n?|kapiteln?)\b",
        "section",
    ),
    # French
    _rule(
        "back",
        "ci-dessus,plus haut,précédemment",
        rf"(?:comme{_W})?(?:mentionné|indiqué|dit)e?s?{_W}(?:ci-dessus|plus{_W}haut"
        r"|précédemment)\b,?",
        "remark",
    ),
    _rule(
        "back",
        "ci-dessus,plus haut",
        rf"(?:(?P<noun>{_ANY}){_W})?(?:(?:comme{_W})?(?:décrit|expliqué|montré)e?s?{_W}|voir{_W})?"
        rf"(?:ci-dessus|plus{_W}haut)\b",
    ),
    _rule("back", "précédent", rf"(?P<noun>{_ANY}){_W}précédente?s?\b"),
    _rule(
        "forward",
        "ci-dessous,plus bas",
        rf"(?:(?P<noun>{_ANY}){_W})?(?:voir{_W})?(?:ci-dessous|plus{_W}bas)\b",
    ),
    _rule("forward", "suivant", rf"(?:sections?|chapitres?){_W}suivante?s?\b", "section"),
)  # fmt: skip
_WINDOW = 100  # characters on each side of a trigger, in which a phrase stands
_ALL_TRIGGERS = tuple(sorted({trigger for rule in _RULES for trigger in rule.triggers}))

_FENCE = re.compile(r"^[ \t]{0,40}(?:```|~~~)", re.MULTILINE)
_BREAK = re.compile(r"\n[ \t]{0,40}\n|^[ \t>]{0,40}(?:\d{1,9}[.)]|[-*+])[ \t]", re.MULTILINE)
_ROW = re.compile(r"^[ \t>]{0,40}\|", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?:][)\]\"'*_”»]{0,4}\s")
_MIN_HELD = 20  # characters that can be what "above" means


def dangling_phrase(text: str) -> str | None:
    """The first phrase of a Markdown text that points to what the text does not hold, or None."""
    return next((found.phrase for found in references_in(text) if not found.is_held), None)


def references_in(text: str) -> list[Reference]:
    """All phrases of a Markdown text, in order, that point to something before or after them.

    What stands in fenced code is no phrase. Time is linear in the text.
    """
    hits = sorted(_matches(text), key=lambda hit: (hit[0], -hit[1]))
    if not hits:
        return []
    code = _code_ranges(text)
    layout = _layout(text, code)
    found: list[Reference] = []
    last = 0
    for start, end, rule, match in hits:
        if start < last or _is_inside(code, start):
            continue
        last = end
        referent = rule.referent or _referent(match)
        held = layout.holds(start, end, rule.direction, referent)
        phrase = " ".join(match.group().lower().strip(",").split())
        found.append(Reference(start, end, phrase, rule.direction, referent, held))
    return found


def _matches(text: str) -> Iterator[tuple[int, int, _Rule, re.Match[str]]]:
    # Patterns are tried around the words that every match has: most texts have none.
    lowered = text.lower().replace("\n", " ")
    if len(lowered) != len(text):  # a letter whose small form is two: places would not fit
        lowered = text.replace("\n", " ")
    for start, end in _windows(lowered):
        around = lowered[start:end]
        for rule in _RULES:
            if any(trigger in around for trigger in rule.triggers):
                for match in rule.pattern.finditer(text, start, end):
                    yield match.start(), match.end(), rule, match


def _windows(lowered: str) -> list[tuple[int, int]]:
    """The ranges around all triggers, those that overlap as one."""
    places = []
    for trigger in _ALL_TRIGGERS:
        place = lowered.find(trigger)
        while place >= 0:
            places.append(place)
            place = lowered.find(trigger, place + len(trigger))
    windows: list[tuple[int, int]] = []
    for place in sorted(places):
        start, end = max(place - _WINDOW, 0), min(place + _WINDOW, len(lowered))
        if windows and start <= windows[-1][1]:
            windows[-1] = windows[-1][0], end
        else:
            windows.append((start, end))
    return windows


def _referent(match: re.Match[str]) -> Referent:
    noun = match.groupdict().get("noun")
    if noun:
        for referent, pattern in _MEANT.items():
            if pattern.fullmatch(noun):
                return referent
    return "anything"


def _code_ranges(text: str) -> list[tuple[int, int]]:
    """The ranges of fenced code; a fence without an end goes to the end of the text."""
    marks = [match.start() for match in _FENCE.finditer(text)]
    if len(marks) % 2:
        marks.append(len(text))
    return list(zip(marks[::2], marks[1::2], strict=True))


def _is_inside(ranges: list[tuple[int, int]], place: int) -> bool:
    index = bisect_right(ranges, (place, place)) - 1
    return index >= 0 and ranges[index][0] <= place < ranges[index][1]


@dataclass(frozen=True)
class _Layout:
    """Where in a text its structure stands."""

    text: str
    breaks: list[int]  # where paragraphs and items begin, 0 first
    sentences: list[int]  # where sentences end
    marks: dict[Referent, tuple[int, int]]  # first and last place of a kind of structure

    def holds(self, start: int, end: int, direction: Direction, referent: Referent) -> bool:
        """Whether the text has what a phrase at `start` to `end` points to."""
        if referent == "image":
            return False  # no text holds one
        first, last = self.marks.get(referent, (-1, -1))
        if direction == "back":
            begin = self.breaks[bisect_right(self.breaks, start) - 1]
            if referent in self.marks:
                return 0 <= first < (start if referent == "code" else begin)
            index = bisect_right(self.sentences, start) - 1
            is_in_paragraph = index >= 0 and self.sentences[index] > begin + _MIN_HELD
            return is_in_paragraph or len(self.text[:begin].strip()) >= _MIN_HELD
        if referent in self.marks:
            return last >= end
        index = bisect_right(self.sentences, end)
        stop = self.sentences[index] if index < len(self.sentences) else len(self.text)
        following = bisect_right(self.breaks, end)
        if following < len(self.breaks):
            stop = min(stop, self.breaks[following])
        return stop < len(self.text) and not self.text[stop:].isspace()


def _layout(text: str, code: list[tuple[int, int]]) -> _Layout:
    breaks, items, rows = [0], [], []
    for match in _BREAK.finditer(text):
        if _is_inside(code, match.start()):
            continue
        is_item = not match.group().startswith("\n")
        breaks.append(match.start() if is_item else match.end())
        if is_item:
            items.append(match.start())
    rows = [match.start() for match in _ROW.finditer(text)]
    marks: dict[Referent, tuple[int, int]] = {
        "steps": (items[0], items[-1]) if items else (-1, -1),
        "table": (rows[0], rows[-1]) if rows else (-1, -1),
        "code": (text.find("`"), text.rfind("`")),
    }
    sentences = [match.end() for match in _SENTENCE_END.finditer(text)]
    return _Layout(text, breaks, sentences, marks)
