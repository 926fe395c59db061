"""What a build's answer says of the dataset's report: which of its claims do not hold."""

from __future__ import annotations

from collections.abc import Sequence

from ftdata.console import warn


def show_warnings(names: Sequence[str], folder: str) -> None:
    """The names, and where it stands what to do about each."""
    if names:
        warn(f"Before you train on it: {', '.join(names)} {_does(names)} not hold")
        warn(f"  {folder}/warnings.json says what was found, and what to do")


def _does(names: Sequence[str]) -> str:
    return "does" if len(names) == 1 else "do"
