"""Hands a file to the reader of its format."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from ftdata.document_formats import DOCUMENT_ENDINGS, format_of
from ftdata.documents.parsed import Parsed, RejectedDocumentError
from ftdata.settings_documents import Documents

Reader = Callable[[bytes, Documents], Parsed]


def parse_document(document: str, data: bytes, options: Documents) -> Parsed:
    """What the reader for the file's ending makes of `data`.

    Raises RejectedDocumentError with the reader's reason, and `unreadable` where its library fails
    in whatever way: damaged files make third-party parsers raise almost anything.
    """
    known = format_of(document)
    if known is None:
        endings = ", ".join(DOCUMENT_ENDINGS)
        raise RejectedDocumentError("unreadable", f"unknown ending; one of {endings} is read")
    # Imported late: a folder of Markdown needs neither lxml nor pypdf.
    module, _, function = known.reader.partition(".")
    read = cast(Reader, getattr(import_module(f"ftdata.documents.{module}"), function))
    try:
        return read(data, options)
    except RejectedDocumentError:
        raise
    except MemoryError as error:
        raise RejectedDocumentError("unreadable", "it takes more memory than there is") from error
    except Exception as error:
        detail = f"the parser failed ({type(error).__name__}); open the file and save it again"
        raise RejectedDocumentError("unreadable", detail) from error
