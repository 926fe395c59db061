"""Which reader takes a file, by its ending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePosixPath
from typing import cast

from ftdata.documents.parsed import Parsed, RejectedDocumentError
from ftdata.settings_documents import Documents

Reader = Callable[[bytes, Documents], Parsed]

# Late imports: a folder of Markdown needs neither lxml nor pypdf.
READERS: Mapping[str, tuple[str, str, str]] = {  # ending: format, module, function
    ".md": ("md", "ftdata.documents.markdown", "read_markdown"),
    ".markdown": ("md", "ftdata.documents.markdown", "read_markdown"),
    ".mdx": ("mdx", "ftdata.documents.markdown", "read_mdx"),
    ".txt": ("txt", "ftdata.documents.text_file", "read_text"),
    ".rst": ("rst", "ftdata.documents.rst", "read_rst"),
    ".html": ("html", "ftdata.documents.html", "read_html"),
    ".htm": ("html", "ftdata.documents.html", "read_html"),
    ".docx": ("docx", "ftdata.documents.docx", "read_docx"),
    ".pdf": ("pdf", "ftdata.documents.pdf", "read_pdf"),
}


def format_of(document: str) -> str | None:
    """`md`, `mdx`, `txt`, `rst`, `html`, `docx` or `pdf`; None for another ending."""
    known = READERS.get(PurePosixPath(document).suffix.lower())
    return known[0] if known else None


def parse_document(document: str, data: bytes, options: Documents) -> Parsed:
    """What the reader for the file's ending makes of `data`.

    Raises RejectedDocumentError with the reader's reason, and `unreadable` where its library fails
    in whatever way: damaged files make third-party parsers raise almost anything.
    """
    known = READERS.get(PurePosixPath(document).suffix.lower())
    if known is None:
        endings = ", ".join(READERS)
        raise RejectedDocumentError("unreadable", f"unknown ending; one of {endings} is read")
    _, module, function = known
    read = cast(Reader, getattr(import_module(module), function))
    try:
        return read(data, options)
    except RejectedDocumentError:
        raise
    except MemoryError as error:
        raise RejectedDocumentError("unreadable", "it takes more memory than there is") from error
    except Exception as error:
        detail = f"the parser failed ({type(error).__name__}); open the file and save it again"
        raise RejectedDocumentError("unreadable", detail) from error
