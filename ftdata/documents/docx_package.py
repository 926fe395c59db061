"""The parts of a docx file that hold its text, its styles and its numbering.

Elements are known by their local names, so that the Strict and the Transitional namespaces of
ISO/IEC 29500 read alike.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from lxml import etree

from ftdata.documents.elements import Element, all_text
from ftdata.documents.parsed import RejectedDocumentError

_GROWTH = 20  # times its size on disk that a file may unpack to
_ALWAYS_FINE = 67_108_864  # bytes
# What zipfile raises on damaged files; NotImplementedError is a RuntimeError, too.
_FAULTS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, LookupError,
    NotImplementedError, ValueError, OverflowError,
)  # fmt: skip
_LONGEST_NUMBER = 9  # digits
_DAMAGED = "damaged zip file; open it in Word and save it again"
# Text that the document does not show, or shows twice.
_NOT_SHOWN = frozenset(
    ("del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rt", "pPrChange",
     "rPrChange", "tblPrChange", "sectPrChange", "numberingChange", "annotation")
)  # fmt: skip


@dataclass(frozen=True)
class Package:
    """A docx file, unpacked; `links` are targets by the id that the text gives them."""

    body: Element
    styles: Element | None
    numbering: Element | None
    links: dict[str, str]
    title: str | None


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of a name, its first child of the next name, and so on."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def value(element: Element | None, name: str = "val") -> str:
    """An attribute by its local name; empty where there is none."""
    if element is None:
        return ""
    return next(
        (text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), ""
    )


def number_of(text: str) -> int | None:
    """A number as an attribute holds it; None for anything else, and for what counts nothing."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def open_package(data: bytes) -> Package:
    """Unpack a docx file, at most 64 MiB or twenty times its size.

    Raises RejectedDocumentError: `unreadable` where it is damaged or no Word file, `encrypted`, and
    `too_large` where it unpacks to more.
    """
    with _damage_as_rejection():
        archive = zipfile.ZipFile(io.BytesIO(data))
    with archive:
        return _package(_Parts(archive, max(_ALWAYS_FINE, _GROWTH * len(data))))


@contextmanager
def _damage_as_rejection() -> Iterator[None]:
    """For calls of zipfile alone."""
    try:
        yield
    except _FAULTS as error:
        raise RejectedDocumentError("unreadable", _DAMAGED) from error
    except RuntimeError as error:  # how zipfile says that a part has a password
        raise RejectedDocumentError("encrypted", "has a password; save it without") from error


class _Parts:
    """Reads parts of an archive as XML, as long as they stay small together."""

    def __init__(self, archive: zipfile.ZipFile, limit: int) -> None:
        self.archive = archive
        self.left = limit
        self.names = set(archive.namelist())

    def read(self, name: str) -> Element | None:
        """A part's root; None where there is no such part."""
        if name not in self.names:
            return None
        with _damage_as_rejection(), self.archive.open(name) as part:
            data = part.read(self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise RejectedDocumentError(
                "too_large", f"{name} unpacks to far more than the file; split the document"
            )
        return _root(data, name)


def _root(data: bytes, name: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        tree = etree.parse(io.BytesIO(data), parser)
    except etree.LxmlError as error:
        raise RejectedDocumentError(
            "unreadable", f"{name} is no well-formed XML; open it in Word and save it again"
        ) from error
    if tree.docinfo.doctype:
        raise RejectedDocumentError("unreadable", f"{name} declares entities, as no docx may")
    root: Element = tree.getroot()
    return root


def _package(parts: _Parts) -> Package:
    main = _main_part(parts)
    document = parts.read(main)
    body = child(document, "body")
    if body is None:
        raise RejectedDocumentError("unreadable", f"no Word document: {_seems(parts.names)}")
    _forget_not_shown(body)
    folder = dirname(main)
    relations = _relations(parts, f"{folder}/_rels/{main.rpartition('/')[2]}.rels", folder)
    core = parts.read("docProps/core.xml")
    title = child(core, "title")
    return Package(
        body,
        _related(parts, relations, "styles"),
        _related(parts, relations, "numbering"),
        {key: target for key, (_, target) in relations.items()},
        (" ".join(all_text(title).split()) or None) if title is not None else None,
    )


def _main_part(parts: _Parts) -> str:
    for kind, target in _relations(parts, "_rels/.rels", "").values():
        if kind == "officeDocument":
            return target
    return "word/document.xml"


def _relations(parts: _Parts, name: str, folder: str) -> dict[str, tuple[str, str]]:
    """Kind and target of each relation of a part, by id; targets in the file are part names."""
    found: dict[str, tuple[str, str]] = {}
    root = parts.read(name)
    for each in root if root is not None else ():
        target = value(each, "Target")
        if value(each, "TargetMode") != "External":
            target = normpath(join("/", folder, target)).lstrip("/")
        found[value(each, "Id")] = value(each, "Type").rpartition("/")[2], target
    return found


def _related(parts: _Parts, relations: dict[str, tuple[str, str]], kind: str) -> Element | None:
    target = next((target for found, target in relations.values() if found == kind), "")
    return parts.read(target)


def _seems(names: set[str]) -> str:
    for folder, what in (("xl/", "an Excel file"), ("ppt/", "a PowerPoint file")):
        if any(name.startswith(folder) for name in names):
            return f"seems to be {what}; save it as docx or pdf"
    return "seems to be a zip file; unpack it"


def _forget_not_shown(body: Element) -> None:
    for element in list(body.iter()):
        if local(element) in _NOT_SHOWN:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
