"""What is used of an element of lxml, whose package has no types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol


class Element(Protocol):
    """An element of a page or of an XML part; iterating gives its children."""

    text: str | None
    tail: str | None

    @property
    def tag(self) -> str:
        """Its name; with `{namespace}` before it in XML."""

    @property
    def attrib(self) -> dict[str, str]:
        """Its attributes by name."""

    def __iter__(self) -> Iterator[Element]:
        """Its children."""

    def get(self, key: str, default: str = "") -> str:
        """An attribute."""

    def find(self, path: str) -> Element | None:
        """The first element at a path."""

    def findall(self, path: str) -> list[Element]:
        """All elements at a path."""

    def findtext(self, path: str) -> str | None:
        """The text of the first element at a path."""

    def iter(self, *tags: str) -> Iterator[Element]:
        """Itself and all below it, in document order."""

    def iterancestors(self) -> Iterator[Element]:
        """What holds it, the nearest first."""

    def itertext(self, *, with_tail: bool = True) -> Iterator[str]:
        """The texts in it."""

    def remove(self, element: Element) -> None:
        """Take a child out, and the text behind it."""

    def getparent(self) -> Element | None:
        """What holds it."""


def all_text(element: Element) -> str:
    """All text in an element, its tail aside."""
    return "".join(element.itertext(with_tail=False))
