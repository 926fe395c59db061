"""The text of a file of characters: UTF-8, else Windows-1252."""

from __future__ import annotations

import codecs

from ftdata.documents.parsed import RejectedDocumentError

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_text(data: bytes) -> str:
    """The characters of a file, without a byte order mark; line ends stay as they are.

    Raises RejectedDocumentError: `empty_document` for white space alone, `unreadable` for what is
    no text.
    """
    text = _decoded(data)
    if "\0" in text:
        raise RejectedDocumentError("unreadable", "binary data, not text")
    if not text.strip():
        raise RejectedDocumentError("empty_document", "nothing but white space")
    return text


def _decoded(data: bytes) -> str:
    try:
        if data.startswith(_UTF16):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if data.startswith(_UTF16):
            raise RejectedDocumentError("unreadable", "damaged UTF-16 text") from error
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise RejectedDocumentError(
            "unreadable", "neither UTF-8 nor Windows-1252; save it as UTF-8"
        ) from error
