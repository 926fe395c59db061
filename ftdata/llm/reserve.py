"""Room on the disk that is set aside before anything is paid for, and given up to keep what was."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ftdata.errors import DiskFullError

_BYTES = 8 * 1_024 * 1_024  # more than the answers under way at one time

T = TypeVar("T")


class Reserve:
    """A file without content that another may take the place of."""

    def __init__(self, path: Path) -> None:
        """Nothing is written before `set_aside`."""
        self._path = path

    def set_aside(self) -> None:
        """Take the room, where it is not taken. Raises DiskFullError before anything is sent."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                file.truncate(min(file.tell(), _BYTES))
                # Bytes that no file system leaves out, unlike those of a hole or zeros.
                while (lack := _BYTES - file.tell()) > 0:
                    file.write(os.urandom(min(lack, 1_048_576)))
        except OSError as error:
            self._path.unlink(missing_ok=True)
            raise DiskFullError(
                f"{self._path.parent}: no room to keep answers in ({error.strerror}): make the data"
                f" folder writable, with {_BYTES // 1_048_576} MiB free, and build again"
            ) from error

    def use(self, write: Callable[[], T]) -> T:
        """What `write` gives; on a full disk it is called again in the room set aside.

        Raises DiskFullError in the end all the same: nothing more should be paid for.
        """
        try:
            return write()
        except DiskFullError:
            self._path.unlink(missing_ok=True)
            write()
            raise
