"""Which item of which list a paragraph of a docx file is, and the number that Word shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from ftdata.documents.docx_package import child, local, number_of, value
from ftdata.documents.docx_styles import Styles
from ftdata.documents.elements import Element

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_PLACE = re.compile(r"%([1-9])")


class Item(NamedTuple):
    """An item: `key` names the list, `label` is the number with all that Word puts around it."""

    key: str
    level: int  # from 0
    ordered: bool
    number: int
    label: str  # `1.2.`; empty where it has no more than the number itself


@dataclass(frozen=True)
class _Level:
    format: str
    text: str
    start: int
    style: str


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Reads the part `numbering`; a file may lack it."""
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}  # abstract list, restarts
        self._counts: dict[str, dict[int, int]] = {}
        self._seen: set[str] = set()
        for each in root if root is not None else ():
            if local(each) == "abstractNum":
                self._levels[value(each, "abstractNumId")] = _levels(each)
            elif local(each) == "num":
                self._lists[value(each, "numId")] = _list(each)

    def item(self, properties: Element | None, style: str) -> Item | None:
        """The item that a paragraph is, by its `pPr` and its style; None for other paragraphs.

        Counts: to be asked once a paragraph, in the order of the document.
        """
        by_style = self._styles.number(style) or ("", "")
        own = child(properties, "numPr")
        key = value(child(own, "numId")) or by_style[0]
        if not key or key == "0":
            return None
        abstract, restarts = self._lists.get(key, (f"missing {key}", {}))
        levels = self._levels.get(abstract, {})
        deep = value(child(own, "ilvl")) or by_style[1]
        if not deep:
            named = (str(level) for level, each in levels.items() if each.style == style != "")
            deep = next(named, "0")
        level = min(number_of(deep) or 0, 8)
        return self._counted(key, abstract, level, restarts)

    def _counted(self, key: str, abstract: str, level: int, restarts: dict[int, int]) -> Item:
        levels = self._levels.get(abstract, {})
        counts = self._counts.setdefault(abstract, {})
        if key not in self._seen:
            self._seen.add(key)
            for restarted, start in restarts.items():
                counts[restarted] = start - 1
                for deeper in [each for each in counts if each > restarted]:
                    del counts[deeper]
        for upper in range(level):
            counts.setdefault(upper, _start(levels, upper))
        counts[level] = counts.get(level, _start(levels, level) - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        own = levels.get(level)
        ordered = own is not None and own.format not in ("bullet", "none", "")
        label = _label(levels, level, counts) if ordered else ""
        return Item(abstract, level, ordered, counts[level], label)


def _start(levels: dict[int, _Level], level: int) -> int:
    return levels[level].start if level in levels else 1


def _label(levels: dict[int, _Level], level: int, counts: dict[int, int]) -> str:
    text = levels[level].text
    if len(_PLACE.findall(text)) < 2:
        return ""

    def shown(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        kind = levels[place].format if place in levels else "decimal"
        return _formatted(counts.get(place, 1), kind)

    return _PLACE.sub(shown, text).strip()


def _formatted(number: int, kind: str) -> str:
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 4_000:
        made = ""
        for size, letters in _ROMAN:
            made += letters * (number // size)
            number %= size
        return made if kind == "lowerRoman" else made.upper()
    if kind in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 9 + 1)
        return letter if kind == "lowerLetter" else letter.upper()
    return str(number)


def _levels(abstract: Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for each in abstract:
        number = number_of(value(each, "ilvl"))
        if local(each) == "lvl" and number is not None:
            start = number_of(value(child(each, "start")))
            found[number] = _Level(
                value(child(each, "numFmt")) or "decimal",
                value(child(each, "lvlText")),
                1 if start is None else start,
                value(child(each, "pStyle")),
            )
    return found


def _list(element: Element) -> tuple[str, dict[int, int]]:
    restarts: dict[int, int] = {}
    for each in element:
        start = number_of(value(child(each, "startOverride")))
        level = number_of(value(each, "ilvl"))
        if start is not None and level is not None:
            restarts[level] = start
    return value(child(element, "abstractNumId")), restarts
