"""What a paragraph of a docx file is by its style: a heading, code, an item of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ftdata.documents.docx_package import child, local, number_of, value
from ftdata.documents.elements import Element

_HEADING = re.compile(r"heading ([1-9])")
_CODE = re.compile(
    r"(?:.* )?code(?: (?:block|sample|snippet|listing|example|text))?|(?:html )?preformatted"
    r"(?: text)?|verbatim|plain text code|macro(?: text)?|program listing|console|terminal"
)
_CODE_CHARACTER = re.compile(r"(?:.* )?code(?: char)?|verbatim char|html code|keyboard|html sample")
_FONT = re.compile(
    r"(?:CM|SF|EC|LM)(?:TT|Mono)|courier|consol|\bmono|mono\b|menlo|monaco|\bcode\b|typewriter|terminal|fixedsys|"
    r"inconsolata|hack\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Style:
    """What counts of a style: its lower-cased name, its parent, and what it sets itself."""

    name: str
    parent: str
    outline: int | None  # 0 is the highest heading
    number: tuple[str, str] | None  # id and level of a list
    monospaced: bool | None


class Styles:
    """The styles of a document, by id."""

    def __init__(self, root: Element | None) -> None:
        """Reads the part `styles`; a file may lack it."""
        self._styles: dict[str, Style] = {}
        self.default = ""
        for each in root if root is not None else ():
            if local(each) != "style":
                continue
            key = value(each, "styleId")
            self._styles[key] = _style(each)
            if value(each, "type") == "paragraph" and value(each, "default") in ("1", "true"):
                self.default = key

    def chain(self, key: str) -> Iterator[Style]:
        """A style, its parent, and so on."""
        seen: set[str] = set()
        while key in self._styles and key not in seen:
            seen.add(key)
            yield self._styles[key]
            key = self._styles[key].parent

    def name(self, key: str) -> str:
        """A style's name in lower case; its id where it has no name."""
        return self._styles[key].name if key in self._styles else key.lower()

    def heading(self, key: str) -> int | None:
        """The level of a heading, 0 for the document's title; None for other paragraphs."""
        for style in self.chain(key):
            if style.name == "title":
                return 0
            found = _HEADING.fullmatch(style.name)
            if found:
                return int(found[1])
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else None
        found = _HEADING.fullmatch(re.sub(r"(\d)$", r" \1", key.lower()))
        return int(found[1]) if found and key not in self._styles else None

    def is_code(self, key: str) -> bool:
        """Whether a paragraph's style is one for code."""
        return any(_CODE.fullmatch(style.name) for style in self.chain(key))

    def is_monospaced(self, run: Element | None, paragraph_style: str) -> bool:
        """Whether a run, by its `rPr`, is set in a font for code."""
        font = value(child(run, "rFonts"), "ascii")
        if font:
            return is_code_font(font)
        own = value(child(run, "rStyle"))
        if own and _CODE_CHARACTER.fullmatch(self.name(own)):
            return True
        for key in (own, paragraph_style or self.default):
            for style in self.chain(key):
                if style.monospaced is not None:
                    return style.monospaced
        return False

    def number(self, key: str) -> tuple[str, str] | None:
        """Id and level of the list that a style puts its paragraphs into."""
        return next((style.number for style in self.chain(key) if style.number), None)


def is_code_font(name: str) -> bool:
    """Whether a font's name is one of those whose characters are equally wide."""
    return _FONT.search(name) is not None


def _style(element: Element) -> Style:
    properties = child(element, "pPr")
    number = child(properties, "numPr")
    place = (value(child(number, "numId")), value(child(number, "ilvl")))
    font = value(child(element, "rPr", "rFonts"), "ascii")
    return Style(
        value(child(element, "name")).lower(),
        value(child(element, "basedOn")),
        number_of(value(child(properties, "outlineLvl"))),
        place if number is not None else None,
        is_code_font(font) if font else None,
    )
