"""Small Word and PDF files, made in memory for the tests of their readers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = """<Relationships>
<Relationship Id="s" Type="https://x/styles" Target="styles.xml"/>
<Relationship Id="n" Type="https://x/numbering" Target="numbering.xml"/>
<Relationship Id="link" Type="https://x/hyperlink" Target="https://example.com/a"
 TargetMode="External"/>
</Relationships>"""
_STYLES = """<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H2"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Toc"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="C"><w:name w:val="Source Code"/></w:style>"""


def level(number: int, kind: str, text: str, start: int = 1) -> str:
    """One level of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


_NUMBERING = f"""<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.")}
{level(1, "decimal", "%1.%2.")}</w:abstractNum>
<w:abstractNum w:abstractNumId="2">{level(0, "bullet", "-")}</w:abstractNum>
<w:abstractNum w:abstractNumId="3">{level(0, "upperRoman", "%1", 4)}
{level(1, "lowerLetter", "%1-%2", 3)}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"""


def p(text: str, style: str = "", number: tuple[int, int] | None = None, run: str = "") -> str:
    """A paragraph of Word; `number` is a list's id and a level, `run` what its `rPr` holds."""
    item = (
        f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
        if number
        else ""
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{item}</w:pPr>'
        f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def docx(body: str, *, namespace: str = _W, **parts: str) -> bytes:
    """A Word file with a body; `parts` are further parts by name."""
    spaces = f'xmlns:w="{namespace}" xmlns:r="r" xmlns:m="m"'
    files = {
        "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _RELATIONS,
        "word/styles.xml": f"<w:styles {spaces}>{_STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {spaces}>{_NUMBERING}</w:numbering>",
        **parts,
    }
    return zipped(files)


def zipped(files: dict[str, str]) -> bytes:
    """A zip file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def pdf(*pages: Sequence[tuple[str, float, float, float]], title: str = "") -> bytes:
    """A PDF; each line of a page is its text, x, y and size. `**` before a text sets it in bold."""
    fonts = "/F1 4 0 R /F2 5 0 R"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        f"<< /Title ({title}) >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
    ]
    kids = []
    for page in pages:
        content = "\n".join(_shown(*line) for line in page)
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R"
            f" /Resources << /Font << {fonts} >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects)


def scanned_pdf() -> bytes:
    """A PDF of one page with one picture."""
    picture = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8"
    content = "q 600 0 0 800 0 0 cm /I Do Q"
    return _file(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
            f"{picture} /ColorSpace /DeviceGray /Length 1 >>\nstream\n0\nendstream",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
            " /Resources << /XObject << /I 3 0 R >> >> >>",
        ]
    )


def _shown(text: str, x: float, y: float, size: float) -> str:
    bold = text.startswith("**")
    words = text.removeprefix("**").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F{2 if bold else 1} {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET"


def _file(objects: list[str]) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(objects) + 1
    return (
        data
        + (
            f"xref\n0 {count}\n0000000000 65535 f \n{table}"
            f"trailer << /Size {count} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{len(data)}\n%%EOF"
        ).encode()
    )
