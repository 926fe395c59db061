"""The text of a paragraph of a docx file, with its emphasis, links, code and equations."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from ftdata.documents.docx_math import latex
from ftdata.documents.docx_package import child, local, value
from ftdata.documents.docx_styles import Styles
from ftdata.documents.elements import Element
from ftdata.documents.markup import code_span, link, marked, prose, squeezed

_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_OFF = frozenset(("0", "false", "off", "none"))


class _Look(NamedTuple):
    target: str = ""
    code: bool = False
    marks: tuple[str, ...] = ()
    math: bool = False


@dataclass(frozen=True)
class Paragraph:
    """What a paragraph holds: `markdown`, the bare `text`, and the boxes of text beside it."""

    markdown: str
    text: str
    code: bool  # every word is set in a font for code
    boxes: tuple[Element, ...] = ()


class RunReader:
    """Reads paragraphs with the styles and link targets of one document."""

    def __init__(self, styles: Styles, links: dict[str, str]) -> None:
        """`links` are targets by relation id."""
        self._styles = styles
        self._links = links

    def paragraph(self, element: Element, style: str) -> Paragraph:
        """Read one `w:p` element."""
        pieces: list[tuple[_Look, str]] = []
        boxes: list[Element] = []
        waiting = [(each, _Look()) for each in reversed(list(element))]
        while waiting:
            each, look = waiting.pop()
            name = local(each)
            if name in ("t", "sym"):
                pieces.append((look, each.text or ""))
            elif name in _SIGNS:
                is_page = name == "br" and value(each, "type") in ("page", "column")
                pieces.append((look, " " if is_page else _SIGNS[name]))
            elif name == "txbxContent":
                boxes.append(each)
            elif name in ("oMath", "oMathPara"):
                pieces.append((_Look(math=True), _equation(each)))
            elif name not in ("pPr", "rPr"):
                inner = self._look(each, name, look, style)
                if inner is not None:
                    waiting += [(below, inner) for below in reversed(list(each))]
        return _paragraph(pieces, tuple(boxes))

    def _look(self, element: Element, name: str, look: _Look, style: str) -> _Look | None:
        """How what an element holds looks; None where it does not show."""
        if name == "hyperlink":
            return look._replace(target=self._links.get(value(element, "id"), ""))
        if name != "r":
            return look
        properties = child(element, "rPr")
        if _is_on(properties, "vanish"):
            return None
        marks = (("b", "**"), ("i", "*"), ("strike", "~~"))
        return look._replace(
            code=self._styles.is_monospaced(properties, style),
            marks=tuple(mark for each, mark in marks if _is_on(properties, each)),
        )


def _is_on(properties: Element | None, name: str) -> bool:
    found = child(properties, name)
    return found is not None and value(found).lower() not in _OFF


def _equation(element: Element) -> str:
    if local(element) == "oMath":
        return f"${latex(element)}$"
    lines = [latex(each) for each in element if local(each) == "oMath"]
    return "\n".join(f"$${line}$$" for line in lines)


def _paragraph(pieces: list[tuple[_Look, str]], boxes: tuple[Element, ...]) -> Paragraph:
    text = "".join(piece for _, piece in pieces)
    words = [look for look, piece in pieces if piece.strip()]
    code = bool(words) and all(look.code for look in words)
    parts: list[str] = []
    for target, of_link in groupby(pieces, key=lambda piece: piece[0].target):
        inner = "".join(
            _shown(look, "".join(piece for _, piece in same))
            for look, same in groupby(of_link, key=lambda piece: piece[0])
        )
        parts.append(link(inner, target) if target else inner)
    return Paragraph("".join(parts), text, code, boxes)


def _shown(look: _Look, text: str) -> str:
    if look.math:
        return text
    lines = []
    for line in text.split("\n"):
        shown = squeezed(line)
        if look.code:
            lines.append(_with_space(shown))
            continue
        shown = prose(shown)
        for mark in reversed(look.marks):
            shown = marked(shown, mark)
        lines.append(shown)
    return "\n".join(lines)


def _with_space(text: str) -> str:
    inner = text.strip()
    return text.replace(inner, code_span(inner), 1) if inner else text
