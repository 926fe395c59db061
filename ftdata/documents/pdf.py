"""PDF files with a text layer, as Markdown."""

from __future__ import annotations

import io
import logging
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from ftdata.documents.markdown import parse_markdown
from ftdata.documents.markup import squeezed
from ftdata.documents.office import check_kind
from ftdata.documents.parsed import Parsed, RejectedDocumentError
from ftdata.documents.pdf_blocks import write_lines
from ftdata.documents.pdf_layout import body_lines
from ftdata.documents.pdf_lines import Line, PageText, page_lines, page_text, whole_characters
from ftdata.settings_documents import Documents

# What pypdf raises on damaged files beside its own errors.
_DAMAGE = (
    PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError,
    RecursionError, NotImplementedError, EOFError, OSError, struct.error, zlib.error,
)  # fmt: skip


def read_pdf(data: bytes, options: Documents) -> Parsed:
    """Read a PDF; its text is the Markdown made of it.

    Headers, footers and page numbers are left out. A file with an empty password is opened.

    Raises RejectedDocumentError: `scanned` where pages hold pictures alone, `empty_document`,
    `encrypted`, or `unreadable` with the page that is damaged.
    """
    text, title = pdf_markdown(data)
    return replace(parse_markdown(text, options), title=title)


def pdf_markdown(data: bytes) -> tuple[str, str | None]:
    """The Markdown of a PDF, and the title among its properties."""
    check_kind(data, "pdf")
    with _silence():
        reader = _opened(data)
        pages, pictures = _read_pages(reader)
        title = _title(reader)
    text = write_lines(body_lines(pages))
    if not text.strip():
        if pictures:
            count = "1 page" if pictures == 1 else f"{pictures} pages"
            raise RejectedDocumentError(
                "scanned", f"{count} of pictures without text; run OCR on it"
            )
        raise RejectedDocumentError("empty_document", "the pages hold no text")
    return text, title


@contextmanager
def _silence() -> Iterator[None]:
    """Keep pypdf's remarks on a file's small faults from the user, who can do nothing with them."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _opened(data: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RejectedDocumentError("encrypted", "has a password; save it without")
    except _DAMAGE as error:
        raise RejectedDocumentError(
            "unreadable", "damaged PDF; open it in a viewer and print it to a new PDF"
        ) from error
    return reader


def _read_pages(reader: PdfReader) -> tuple[list[list[Line]], int]:
    """The lines of each page, and how many pages hold pictures."""
    pages: list[list[Line]] = []
    pictures = 0
    for number, (page, has_picture) in enumerate(_page_texts(reader), 1):
        pages.append(page_lines(page, number))
        pictures += has_picture
    return pages, pictures


def _page_texts(reader: PdfReader) -> Iterator[tuple[PageText, bool]]:
    """What pypdf finds on each page, and whether there is a picture on it."""
    read = 0
    try:
        for page in reader.pages:
            yield page_text(page), _has_picture(page)
            read += 1
    except _DAMAGE as error:
        raise RejectedDocumentError(
            "unreadable", f"page {read + 1} is damaged; print the file to a new PDF"
        ) from error


def _has_picture(page: PageObject) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    if objects is None:
        return False
    kinds = (each.get_object().get("/Subtype") for each in objects.get_object().values())
    return any(kind == "/Image" for kind in kinds)


def _title(reader: PdfReader) -> str | None:
    try:
        title = reader.metadata.title if reader.metadata else None
    except _DAMAGE:
        return None  # properties are no part of the text
    return squeezed(whole_characters(title)).strip() or None if isinstance(title, str) else None
