"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

from ftdata.documents.parsed import RejectedDocumentError

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # Word 97 to 2003, and Office files with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SIGNS = (
    (b"%PDF-", "pdf", "a PDF"),
    (b"PK\x03\x04", "docx", "a docx or another zip file"),
    (b"PK\x05\x06", "docx", "an empty zip file"),
    (_OLE, "doc", "an old Word file (doc)"),
    (b"{\\rtf", "rtf", "RTF"),
    (b"\x89PNG", "image", "a PNG image"),
    (b"\xff\xd8\xff", "image", "a JPEG image"),
    (b"GIF8", "image", "a GIF image"),
    (b"\x1f\x8b", "gzip", "a gzip file"),
)
_WHERE = 1_024  # a PDF may begin with other bytes


def check_kind(data: bytes, kind: str) -> None:
    """Raise RejectedDocumentError for a file that is empty, encrypted or of another kind.

    `kind` is html, docx or pdf.
    """
    if not data.strip():
        raise RejectedDocumentError("empty_document", "the file is empty")
    if kind == "docx" and data.startswith(_OLE) and _ENCRYPTED in data:
        raise RejectedDocumentError("encrypted", "has a password; save it without")
    found = next((sign for sign in _SIGNS if data.startswith(sign[0])), None)
    if found is None and kind != "html" and b"%PDF-" in data[:_WHERE]:
        found = _SIGNS[0]
    if found is not None and found[1] == kind:
        return
    if found is not None:
        raise RejectedDocumentError(
            "unreadable", f"seems to be {found[2]}, not {kind}; give it the right ending"
        )
    if kind != "html":
        start = data[:_WHERE].lstrip().lower()
        what = "HTML" if start.startswith((b"<!doctype html", b"<html")) else "damaged"
        raise RejectedDocumentError(
            "unreadable",
            f"seems to be {what}, not {kind}; save it again or give it the right ending",
        )
