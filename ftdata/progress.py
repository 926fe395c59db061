"""What long work says while it runs."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told by the stages how far they are; the command line draws it."""

    def start(self, stage: str, total: int) -> None:
        """`stage` begins; it has `total` steps."""

    def advance(self, stage: str, note: str) -> None:
        """One step of `stage` is done; `note` says which."""

    def finish(self, stage: str) -> None:
        """`stage` is done."""


class SilentProgress:
    """Says nothing: for runs that Dagster starts, whose events tell the same."""

    def start(self, stage: str, total: int) -> None:
        """Say nothing."""

    def advance(self, stage: str, note: str) -> None:
        """Say nothing."""

    def finish(self, stage: str) -> None:
        """Say nothing."""
