"""Hands a file to the reader of its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import cast

from ftdata.document_formats import DOCUMENT_ENDINGS, format_of
from ftdata.documents.parsed import Parsed, RejectedDocumentError
from ftdata.errors import fault_of
from ftdata.settings_documents import Documents

Reader = Callable[[bytes, Documents], Parsed]


def parse_document(document: str, data: bytes, options: Documents) -> Parsed:
    """What the reader for the file's ending makes of `data`.

    Raises RejectedDocumentError with the reader's reason, and `unreadable` for an unknown ending.
    """
    known = format_of(document)
    if known is None:
        endings = ", ".join(DOCUMENT_ENDINGS)
        raise RejectedDocumentError("unreadable", f"unknown ending; one of {endings} is read")
    # Imported late: a folder of Markdown needs neither lxml nor pypdf.
    module, _, function = known.reader.partition(".")
    read = cast(Reader, getattr(import_module(f"ftdata.documents.{module}"), function))
    return read(data, options)


@contextmanager
def faults_as_rejections() -> Iterator[None]:
    """Reject the one file over which our own code fails: the others of its partition are read.

    Raises RejectedDocumentError: `reader_failed`, or `unreadable` where memory does not suffice.
    What libraries raise on damaged files is caught where they are called.
    """
    try:
        yield
    except RejectedDocumentError:
        raise
    except MemoryError as error:
        raise RejectedDocumentError("unreadable", "it takes more memory than there is") from error
    except Exception as error:
        detail = f"{fault_of(error)}: this is a fault of ftdata, please report it"
        raise RejectedDocumentError("reader_failed", detail) from error
