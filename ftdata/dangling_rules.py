"""The phrases that point out of a text, by what they point to: data of `ftdata.dangling`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Direction = Literal["back", "forward"]
Referent = Literal["steps", "code", "table", "image", "section", "anything", "remark"]

_W = r"\s{1,40}"  # a line may end, and the next be indented, within a phrase


@dataclass(frozen=True)
class Rule:
    """One form of reference. Without `referent` the group `noun` says what is meant."""

    direction: Direction
    triggers: tuple[str, ...]  # one is in every text that the pattern matches
    pattern: re.Pattern[str]
    referent: Referent | None = None
    before: re.Pattern[str] | None = None  # the word before the trigger, in every match
    is_first: bool = False  # every match begins with a trigger


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
MEANT = {
    referent: re.compile(rf"\b(?:{nouns})\b", re.IGNORECASE) for referent, nouns in _NOUNS.items()
}
_ANY = "|".join(_NOUNS.values())
_NUMBER = r"\d{1,3}|and|to|or|one|two|three|four|five"
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
    direction: Direction,
    triggers: str,
    pattern: str,
    referent: Referent | None = None,
    *,
    before: str = "",
    is_first: bool = False,
) -> Rule:
    compiled = re.compile(rf"\b(?:{pattern})", re.IGNORECASE)
    gate = re.compile(before, re.IGNORECASE) if before else None
    return Rule(direction, tuple(triggers.split(",")), compiled, referent, gate, is_first)


def _told_rules(direction: Direction, told: str) -> tuple[Rule, ...]:
    """A participle and its adverb, one of `told`: "as described above"."""
    return (
        _rule(
            direction,
            told.replace("|", ","),
            rf"(?:as{_W})?(?:(?:is|was|has{_W}been){_W})?(?:{_REMARKED}){_W}(?:{told})\b,?",
            "remark",
            before=rf"{_REMARKED}|out",
        ),
        _rule(
            direction,
            told.replace("|", ","),
            rf"(?:as{_W})?(?:the{_W}(?P<noun>{_ANY}){_W})?(?:{_TOLD}){_W}(?:{told})\b",
            before=_TOLD,
        ),
    )


def _place_rules(direction: Direction, word: str) -> tuple[Rule, ...]:
    """The forms that "above" and "below" share: "see above", "the table below"."""
    return (
        _rule(
            direction,
            word,
            rf"(?:as|see(?:{_W}also)?|per){_W}{word}\b",
            "anything",
            before="as|see|also|per",
        ),
        _rule(
            direction,
            word,
            rf"(?:the{_W})?(?P<noun>{_ANY})(?:{_W}(?:{_NUMBER})){{0,4}}{_W}{word}\b",
            before=rf"{_ANY}|{_NUMBER}",
        ),
        _rule(
            direction,
            word,
            rf"(?:the|these|those|this|our){_W}{word}(?:(?:[- ]mentioned)?{_W}(?P<noun>{_ANY})\b"
            rf"|[- ]mentioned\b|(?=\W|{_W}\w))(?!{_W}\d)",
            before="the|these|those|this|our",
        ),
        _rule(
            direction,
            word,
            rf"{_NOT_COMPARED}{word}(?=[.,;:)!]|\Z|{_W}(?:{_CLAUSE_GOES_ON})\b)",
            "anything",
            is_first=True,
        ),
    )


RULES = (
    *_told_rules("back", "above|earlier|previously"),
    *_place_rules("back", "above"),
    *_told_rules("forward", "below|later|further down"),
    *_place_rules("forward", "below"),
    _rule("back", "above-mentioned,aforementioned", r"(?:above-|afore)mentioned\b", "anything"),
    _rule(
        "back",
        "previous,preceding,earlier",
        rf"(?:previous|preceding|earlier){_W}(?P<noun>(?:sections?|chapters?|steps?|examples?"
        r"|commands?|procedures?|questions?|paragraphs?|tables?|snippets?|instructions|tutorials?)"
        r")\b",
        is_first=True,
    ),
    _rule(
        "back",
        "earlier,previously",
        rf"(?:earlier|previously){_W}(?:in|on){_W}this{_W}"
        r"(?:document|section|page|guide|chapter|tutorial)\b",
        "section",
        is_first=True,
    ),
    _rule(
        "forward",
        "later",
        rf"later{_W}(?:in|on){_W}this{_W}(?:document|section|page|guide|chapter|tutorial)\b",
        "section",
        is_first=True,
    ),
    _rule(
        "forward",
        "next",
        rf"next{_W}(?:few{_W})?(?:section|chapter)s?\b",
        "section",
        is_first=True,
    ),
    _rule(
        "forward",
        "following",
        rf"following{_W}(?:{_NOUNS['section']})\b",
        "section",
        is_first=True,
    ),
    _rule(
        "forward",
        "following",
        rf"(?:the|these){_W}following\b",
        "anything",
        before="the|these",
    ),
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
