"""What the command line shows: progress and complaints on standard error, answers on output."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

OUT = Console(highlight=False, soft_wrap=True)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)
# Control characters, escape sequences' first, and the marks that turn the writing direction: file
# names and log texts may hold them.
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class ConsoleProgress:
    """One bar a stage on a terminal; one line a stage elsewhere. Close it by leaving its block."""

    def __init__(self, check: Callable[[], None]) -> None:
        """Draws nothing before the first stage starts. `check` is called at every step."""
        self._check = check
        self._bar: Progress | None = None
        self._task = TaskID(0)
        self._done = self._total = 0

    def __enter__(self) -> Self:
        """Draw on standard error."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Give the terminal back, whatever happened."""
        self._close()

    def start(self, stage: str, total: int) -> None:
        """Add the stage's bar."""
        self._check()
        self._close()
        self._done, self._total = 0, total
        if ERR.is_terminal:
            self._bar = Progress(
                TextColumn("{task.description:<17}"), BarColumn(), MofNCompleteColumn(),
                TextColumn("{task.fields[note]}"), console=ERR,
            )  # fmt: skip
            self._task = self._bar.add_task(stage, total=total, note="")
            self._bar.start()

    def advance(self, stage: str, note: str) -> None:
        """Move the stage's bar by one."""
        del stage
        self._check()
        self._done += 1
        if self._bar is not None:
            self._bar.update(self._task, advance=1, note=note)

    def finish(self, stage: str) -> None:
        """Leave the bar as it stands."""
        if self._bar is None:
            ERR.print(f"{stage:<17} {self._done} of {self._total} partitions")
        self._close()

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.update(self._task, note="")
            self._bar.stop()
            self._bar = None


def say(text: str = "") -> None:
    """A line of the answer, shown as it is."""
    OUT.print(Text(plain(text)))


def warn(text: str, style: str = "yellow") -> None:
    """A line that is not the answer, on standard error."""
    ERR.print(Text(plain(text), style))


def complain(message: str) -> None:
    """Why a command did not do what it was asked."""
    warn(f"ftdata: {message}", "red")


def plain(text: str) -> str:
    r"""Text that a terminal shows and does not obey: ESC becomes `\x1b`. Line breaks stay."""
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def print_json(value: object) -> None:
    """One JSON object on standard output, in ASCII: it can be written to any terminal or pipe."""
    print(json.dumps(value, indent=2))


def print_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table whose cells are shown as they are; numbers stand to the right."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    listed = [list(row) for row in rows]
    for at, name in enumerate(header):
        number = bool(listed) and all(isinstance(row[at], int | float) for row in listed)
        table.add_column(name, justify="right" if number else "left", no_wrap=True)
    for row in listed:
        table.add_row(*(Text(_cell(value)) for value in row))
    OUT.print(table)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else plain(str(value))
