"""A raw file as stages that read it whole see it: its bytes, and what is noted of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from ftdata.errors import IngestError


class ListedFile(Protocol):
    """A raw file, as the inventory lists it: its path is relative to the data folder."""

    @property
    def path(self) -> str:
        """With `/`."""

    @property
    def size(self) -> int:
        """In bytes."""

    @property
    def mtime_ns(self) -> int:
        """When it was changed."""


def read_bytes(load: Callable[[str], bytes], path: str) -> bytes:
    """The bytes that `load` gives. Raises IngestError where they cannot be had."""
    try:
        return load(path)
    except OSError as error:
        why = error.strerror or str(error)
        raise IngestError(
            f"{path} cannot be read ({why}): make it readable, or remove it"
        ) from error


def fact_of(file: ListedFile, sha256: str) -> dict[str, Any]:
    """What is noted of a file that was read: path, bytes, mtime_ns, sha256."""
    return {"path": file.path, "bytes": file.size, "mtime_ns": file.mtime_ns, "sha256": sha256}
