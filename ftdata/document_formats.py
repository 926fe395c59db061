"""The kinds of document that are read: a line each, with its endings and its reader."""

from __future__ import annotations

from typing import NamedTuple


class DocumentFormat(NamedTuple):
    """A kind of document. What `reader` gets and gives is `documents.readers.Reader`."""

    name: str
    endings: tuple[str, ...]
    reader: str  # module and function below `ftdata.documents`, imported when one is read
    packages: tuple[str, ...]  # whose reading decides outputs as our code does


DOCUMENT_FORMATS = (
    DocumentFormat("md", (".md", ".markdown"), "markdown.read_markdown", ("markdown-it-py",)),
    DocumentFormat("mdx", (".mdx",), "markdown.read_mdx", ("markdown-it-py",)),
    DocumentFormat("html", (".html", ".htm"), "html.read_html", ("lxml", "markdown-it-py")),
    DocumentFormat("rst", (".rst",), "rst.read_rst", ()),
    DocumentFormat("txt", (".txt",), "text_file.read_text", ("markdown-it-py",)),
    DocumentFormat("docx", (".docx",), "docx.read_docx", ("lxml", "markdown-it-py")),
    DocumentFormat("pdf", (".pdf",), "pdf.read_pdf", ("markdown-it-py", "pypdf")),
)
DOCUMENT_ENDINGS = tuple(ending for known in DOCUMENT_FORMATS for ending in known.endings)


def is_document(name: str) -> bool:
    """Whether a file's ending is that of a document."""
    return name.lower().endswith(DOCUMENT_ENDINGS)


def format_of(name: str) -> DocumentFormat | None:
    """The format of a file by the ending of its name; None for a file that is no document."""
    lowered = name.lower()
    return next((known for known in DOCUMENT_FORMATS if lowered.endswith(known.endings)), None)
