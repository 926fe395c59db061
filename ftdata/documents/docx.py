"""Word files (docx): headings, paragraphs, lists, tables, code and equations, as Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ftdata.documents.docx_lists import Item, Numbering
from ftdata.documents.docx_outline import DocxBlock, write_blocks
from ftdata.documents.docx_package import child, local, number_of, open_package, value
from ftdata.documents.docx_runs import Paragraph, RunReader
from ftdata.documents.docx_styles import Styles
from ftdata.documents.docx_tables import only_cell, table_rows, unwrapped
from ftdata.documents.elements import Element
from ftdata.documents.markdown import parse_markdown
from ftdata.documents.markup import squeezed
from ftdata.documents.office import check_kind
from ftdata.documents.parsed import Parsed, RejectedDocumentError
from ftdata.settings_documents import Documents

_CODE_SIGNS = re.compile(r"[{}()\[\];=<>$|\\#&*@+]|_\w|\w_|\w/\w|^\s{2,}|^\s*--?\w")


def read_docx(data: bytes, options: Documents) -> Parsed:
    """Read a Word file; its text is the Markdown made of it.

    Headers, footers, comments, notes, deleted and hidden text are left out, and so is a table of
    contents. Nothing is fetched, and no entity is expanded.

    Raises RejectedDocumentError: `empty_document`, `encrypted`, `too_large`, or `unreadable`.
    """
    text, title = docx_markdown(data)
    return replace(parse_markdown(text, options), title=title)


def docx_markdown(data: bytes) -> tuple[str, str | None]:
    """The Markdown of a Word file, and its title."""
    check_kind(data, "docx")
    package = open_package(data)
    styles = Styles(package.styles)
    reader = _Reader(styles, Numbering(package.numbering, styles), RunReader(styles, package.links))
    blocks = reader.blocks(package.body)
    text = write_blocks(blocks)
    if not text.strip():
        raise RejectedDocumentError("empty_document", "the document holds no text")
    titles = [squeezed(block.text).strip() for block in blocks if block.heading == 0]
    return text, titles[0] if titles else package.title


@dataclass(frozen=True)
class _Reader:
    styles: Styles
    numbering: Numbering
    runs: RunReader

    def blocks(self, body: Element) -> list[DocxBlock]:
        """What stands in a body, boxes of text behind the paragraph that holds them."""
        made: list[DocxBlock] = []
        waiting = list(reversed(unwrapped(body)))
        while waiting:
            each = waiting.pop()
            name = local(each)
            if name == "p":
                block, boxes = self._paragraph(each)
                if block is not None:
                    made.append(block)
                for box in reversed(boxes):
                    waiting += reversed(unwrapped(box))
            elif name == "tbl":
                cell = only_cell(each)
                if cell is not None:
                    waiting += reversed(unwrapped(cell))
                else:
                    made.append(DocxBlock(rows=table_rows(each, self._cell)))
            elif name in ("oMath", "oMathPara"):
                made.append(DocxBlock(text=self.runs.paragraph(body, "").markdown))
        return made

    def _paragraph(self, element: Element) -> tuple[DocxBlock | None, tuple[Element, ...]]:
        properties = child(element, "pPr")
        style = value(child(properties, "pStyle")) or self.styles.default
        item = self.numbering.item(properties, style)
        read = self.runs.paragraph(element, style)
        if re.match(r"toc \d|toc heading|table of figures", self.styles.name(style)):
            return None, ()
        if not read.text.strip():
            return DocxBlock(), read.boxes
        heading = self._heading(properties, style)
        if heading is not None:
            label = f"{item.label or f'{item.number}.'} " if item and item.ordered else ""
            return DocxBlock(text=label + _unmarked(read), heading=heading), read.boxes
        if self.styles.is_code(style):
            return DocxBlock(code=read.text, text=read.markdown), read.boxes
        if read.code and item is None:
            sure = _CODE_SIGNS.search(read.text) is not None
            return DocxBlock(code=read.text, text=read.markdown, sure=sure), read.boxes
        return DocxBlock(text=read.markdown, item=item), read.boxes

    def _heading(self, properties: Element | None, style: str) -> int | None:
        outline = number_of(value(child(properties, "outlineLvl")))
        if outline is not None:
            return outline + 1 if outline < 9 else None
        return self.styles.heading(style)

    def _cell(self, cell: Element) -> str:
        """What a cell holds, in one line; a table in it as its words."""
        said: list[str] = []
        for element in cell.iter():
            if local(element) != "p":
                continue
            properties = child(element, "pPr")
            style = value(child(properties, "pStyle")) or self.styles.default
            item = self.numbering.item(properties, style)
            text = squeezed(self.runs.paragraph(element, style).markdown).strip()
            if text:
                said.append(f"{_mark(item)}{text}")
        return " ".join(said)


def _unmarked(read: Paragraph) -> str:
    """A heading's text; equations and links keep their marks, emphasis goes."""
    return read.text if "$" not in read.markdown else read.markdown


def _mark(item: Item | None) -> str:
    if item is None:
        return ""
    return f"{item.label or f'{item.number}.'} " if item.ordered else "- "
