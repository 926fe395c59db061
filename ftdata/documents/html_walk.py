"""From the elements of a page to Markdown, without recursion: pages nest as deep as they like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ftdata.documents.elements import Element, all_text
from ftdata.documents.html_page import ADMONITION, is_furniture
from ftdata.documents.html_tables import is_layout, table_rows
from ftdata.documents.markup import (
    MarkdownWriter,
    code_span,
    fenced,
    link,
    marked,
    paragraph,
    prose,
    squeezed,
    table,
)

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "body", "blockquote", "caption", "center", "dd", "details",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
        "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "ol", "p",
        "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
        "dir", "search", "optgroup", "option",
    )
)  # fmt: skip
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_KINDS = ("note", "tip", "important", "warning", "caution", "danger", "info", "hint", "attention")
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight|brush:)-?\s?([a-z][\w+#-]*)"
)
_NO_LANGUAGE = frozenset(("default", "none", "text", "plaintext", "notranslate", "plain"))


def page_markdown(content: Element, *, furniture: bool = False) -> str:
    """The Markdown of a page's content; with `furniture`, of all that it shows.

    `<h2>A</h2><p>One <b>two</b>.</p>` becomes `## A`, an empty line and `One **two**.`
    """
    return _walked(_Walk(content, furniture=furniture)).text


def _cell_text(cell: Element) -> str:
    """What a table's cell says, in one line; a table in it as its words."""
    return " ".join(line.strip() for line in _walked(_Walk(cell, flat=True)).lines)


def _walked(walk: _Walk) -> MarkdownWriter:
    events = etree.iterwalk(walk.content, events=("start", "end"))
    for event, element in events:
        if event == "end":
            walk.end(element)
        elif not walk.start(element):
            events.skip_subtree()
    walk.flush()
    return walk.writer


@dataclass
class _Terms:
    """Where in a list of definitions the walk is."""

    in_term: bool = False
    in_descriptions: bool = False


class _Walk:
    """The state between two elements; `flat` writes no heading, table or fence."""

    def __init__(self, content: Element, *, furniture: bool = False, flat: bool = False) -> None:
        self.writer = MarkdownWriter()
        self.content = content
        self.furniture = furniture
        self.flat = flat
        self.strong = False
        self.parts: list[str] = []
        self.marks: list[tuple[Element, int]] = []  # open inline elements, where their text starts
        self.skipped: Element | None = None
        self.quotes: list[Element] = []
        self.heading = 0
        self.lists: list[Element] = []
        self.items: list[Element] = []
        self.terms: list[_Terms] = []

    def start(self, element: Element) -> bool:
        """Enter an element; whether what it holds is to be walked."""
        tag = element.tag
        if self._is_left_out(element):
            self.skipped = element
            return False
        if tag in _BLOCKS:
            self.flush()
            if not self._start_block(element, tag):
                self.skipped = element
                return False
        elif tag in ("math", "img", "input"):
            self.parts.append(_replaced(element))
            self.skipped = element
            return False
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _MARKS or tag in _CODE or tag in ("a", "q", "sup"):
            self.marks.append((element, len(self.parts)))
        if element.text:
            self._add(element.text)
        return True

    def end(self, element: Element) -> None:
        """Leave an element."""
        tag = element.tag
        if self.skipped is element:
            self.skipped = None
        elif tag in _BLOCKS:
            self.flush()
            self._end_block(element, tag)
        elif self.marks and self.marks[-1][0] is element:
            self._end_mark(element, tag)
        if element.tail and element is not self.content:
            self._add(element.tail)

    def _add(self, text: str) -> None:
        squeezed_text = squeezed(text)
        in_code = any(element.tag in _CODE for element, _ in self.marks)
        self.parts.append(squeezed_text if in_code else prose(squeezed_text))

    def flush(self) -> None:
        """Write the running text that was gathered as a heading or a paragraph."""
        text = "".join(self.parts)
        if not self.parts:
            return
        self.parts.clear()
        self.marks = [(element, 0) for element, _ in self.marks if element.tag == "a"]
        if self.strong:
            text = marked(squeezed(text), "**")
        if self.heading and not self.flat:
            self.writer.heading(self.heading, text)
        else:
            self.writer.block(paragraph(text))

    def _is_left_out(self, element: Element) -> bool:
        if element is self.content:
            return False
        if self.furniture:
            return element.tag in ("script", "style", "head", "template", "noscript")
        return is_furniture(element, inside=self.content.tag != "body")

    def _start_block(self, element: Element, tag: str) -> bool:
        """Open what a block needs; False where it was written whole."""
        if tag in _HEADINGS:
            self.heading = _HEADINGS[tag]
        elif tag in ("ul", "ol", "dl", "dir"):
            self._open_list(element, tag)
        elif tag in ("li", "dt", "dd"):
            self._open_item(element, tag)
        elif tag == "pre":
            self._write_code(element)
            return False
        elif tag == "table" and not self.flat and not is_layout(element):
            self._write_table(element)
            return False
        elif tag == "blockquote":
            self.quotes.append(element)
            self.writer.open_quote()
        elif kind := _admonition(element, tag):
            self.quotes.append(element)
            self.writer.open_quote(kind)
        elif self._is_title(element, tag):
            return False
        elif tag == "summary":
            self.strong = True
        return True

    def _is_title(self, element: Element, tag: str) -> bool:
        """The word Note above a note: its mark says it already."""
        if tag not in ("p", "div") or not self.quotes or element.getparent() != self.quotes[-1]:
            return False
        title = all_text(element).strip().lower()
        return "title" in element.get("class", "") and title.rstrip(":!") in _KINDS

    def _open_list(self, element: Element, tag: str) -> None:
        start = element.get("start", "")
        number = int(start) if re.fullmatch(r"\d{1,8}", start) else 1
        self.lists.append(element)
        if tag == "dl":
            self.terms.append(_Terms())
        self.writer.open_list(ordered=tag == "ol", number=number)

    def _open_item(self, element: Element, tag: str) -> None:
        if not self.lists:
            return
        if self.lists[-1].tag == "dl":
            self._open_term(tag)
            if tag != "dd":
                return
        value = element.get("value", "")
        self.writer.open_item(int(value) if re.fullmatch(r"\d{1,8}", value) else None)
        self.items.append(element)

    def _open_term(self, tag: str) -> None:
        """A term is an item in bold, its descriptions are a list in that item."""
        terms = self.terms[-1]
        if tag == "dd":
            if terms.in_term and not terms.in_descriptions:
                self.writer.open_list(ordered=False)
                terms.in_descriptions = True
            return
        self._close_term()
        self.writer.open_item()
        terms.in_term = True
        self.strong = True

    def _close_term(self) -> None:
        terms = self.terms[-1]
        if terms.in_descriptions:
            self.writer.close_list()
        if terms.in_term:
            self.writer.close()
        terms.in_term = terms.in_descriptions = False

    def _end_block(self, element: Element, tag: str) -> None:
        if tag in ("dt", "summary"):
            self.strong = False
        if tag in _HEADINGS:
            self.heading = 0
        elif self.lists and self.lists[-1] is element:
            self.lists.pop()
            if tag == "dl":
                self._close_term()
                self.terms.pop()
            self.writer.close_list()
        elif self.items and self.items[-1] is element:
            self.items.pop()
            self.writer.close()
        elif self.quotes and self.quotes[-1] is element:
            self.quotes.pop()
            self.writer.close()

    def _end_mark(self, element: Element, tag: str) -> None:
        _, first = self.marks.pop()
        text = "".join(self.parts[first:])
        if tag in _CODE:
            made = code_span(squeezed(text))
        elif tag == "a":
            made = link(text, element.get("href", ""))
        elif tag == "q":
            made = f"“{text.strip()}”"
        elif tag == "sup":
            made = f"^{text.strip()}" if re.fullmatch(r"\s*[-+−]?\w\s*", text) else text
        else:
            made = marked(text, _MARKS[tag])
        self.parts[first:] = [made]

    def _write_code(self, element: Element) -> None:
        code = shown_text(element)
        if not code.strip():
            return
        if self.flat:
            self.parts.append(code_span(squeezed(code)))
        else:
            self.writer.block(fenced(code, _language(element)))

    def _write_table(self, element: Element) -> None:
        caption = element.find("caption")
        if caption is not None:
            self.writer.block(paragraph(_cell_text(caption)))
        rows = table_rows(element, _cell_text)
        if rows:
            self.writer.block(table(rows))


def shown_text(element: Element) -> str:
    """The text in an element as it stands, without buttons, numbers of lines and the like."""
    pieces: list[str] = []
    events = etree.iterwalk(element, events=("start", "end"))
    for event, inner in events:
        if event == "end":
            if inner is not element:
                pieces.append(inner.tail or "")
        elif inner is not element and is_furniture(inner, inside=True):
            events.skip_subtree()
        else:
            pieces.append("\n" if inner.tag == "br" else inner.text or "")
    return "".join(pieces).replace("\r\n", "\n").replace("\xa0", " ")


def _language(element: Element) -> str:
    """The language that a code block, what it holds or what holds it names; else nothing."""
    near = [element.find("code"), element, *list(element.iterancestors())[:2]]
    for place in near:
        if place is None:
            continue
        found = _LANGUAGE.search(place.get("class", ""))
        if found and found[1] not in _NO_LANGUAGE:
            return found[1]
    return ""


def _admonition(element: Element, tag: str) -> str:
    """The kind of an admonition that an element is; nothing where it is none."""
    names = element.get("class", "").lower()
    if tag not in ("div", "aside", "section") or not ADMONITION.search(names):
        return ""
    found = set(re.split(r"[\s_-]+", names))
    return next((kind for kind in _KINDS if kind in found), "")


def _replaced(element: Element) -> str:
    """What stands for an image or a formula in running text."""
    if element.tag == "math":
        source = element.findtext(".//annotation[@encoding='application/x-tex']")
        formula = squeezed(source or element.get("alttext") or "").strip()
        return f"${formula}$" if formula else squeezed(all_text(element))
    if element.tag == "img" and _has_words_beside(element):
        return prose(squeezed(element.get("alt", "")))
    return ""


def _has_words_beside(image: Element) -> bool:
    """Whether an image stands in a sentence, which lacks a word without it."""
    parent = image.getparent()
    if parent is None or parent.tag not in ("p", "span", "b", "strong", "em", "i", "li", "td"):
        return False
    return bool((parent.text or "").strip() or any((each.tail or "").strip() for each in parent))
