"""A Word file of headings, paragraphs and lists: the same bytes wherever it is written."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape

_OOXML = "http://schemas.openxmlformats.org"
_WORD = f'xmlns:w="{_OOXML}/wordprocessingml/2006/main"'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MARK = re.compile(r"(?:##? |\d+\. |- )?")
_STEPS, _BULLETS = "1", "2"  # lists in the part `numbering`
_STYLES = {"# ": "Heading1", "## ": "Heading2"}
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip file can tell
_UNIX = 3


def docx_bytes(text: str) -> bytes:
    """The Word file of a text whose lines are paragraphs; empty lines only part them.

    `# ` and `## ` begin headings, `1. ` a step, `- ` an item. All steps of a file are one list
    that is counted on. Nothing is compressed, since zlib's output depends on its version.
    """
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, content in _parts(text).items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = _UNIX
            package.writestr(entry, f'<?xml version="1.0" encoding="UTF-8"?>\n{content}')
    return data.getvalue()


def _parts(text: str) -> dict[str, str]:
    body = "".join(_paragraph(line) for line in text.splitlines() if line.strip())
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": _relations(styles="styles.xml", numbering="numbering.xml"),
        "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(),
    }


def _paragraph(line: str) -> str:
    words = _MARK.sub("", line, count=1)
    mark = line.removesuffix(words)
    if mark in _STYLES:
        kind = f'<w:pStyle w:val="{_STYLES[mark]}"/>'
    elif mark:
        number = _BULLETS if mark == "- " else _STEPS
        kind = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    else:
        kind = ""
    return f"<w:p><w:pPr>{kind}</w:pPr><w:r><w:t>{escape(words)}</w:t></w:r></w:p>"


def _content_types() -> str:
    parts = {"document": "document.main", "styles": "styles", "numbering": "numbering"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    return (
        f'<Types xmlns="{_OOXML}/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(**targets: str) -> str:
    relations = "".join(
        f'<Relationship Id="rId{place}" Target="{target}"'
        f' Type="{_OOXML}/officeDocument/2006/relationships/{kind}"/>'
        for place, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_OOXML}/package/2006/relationships">{relations}</Relationships>'


def _styles() -> str:
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{40 - 8 * level}"/></w:rPr></w:style>'
        for level in (1, 2)
    )
    return f"<w:styles {_WORD}>{headings}</w:styles>"


def _numbering() -> str:
    kinds = ((_STEPS, "decimal", "%1."), (_BULLETS, "bullet", "•"))
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{name}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{sign}"/>'
        '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
        for name, form, sign in kinds
    )
    numbers = "".join(
        f'<w:num w:numId="{name}"><w:abstractNumId w:val="{name}"/></w:num>' for name, _, _ in kinds
    )
    return f"<w:numbering {_WORD}>{lists}{numbers}</w:numbering>"
