"""What the command line shows: progress on standard error, tables on standard output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

OUT = Console(highlight=False, soft_wrap=True)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)


class ConsoleProgress:
    """One bar a stage on a terminal; one line a stage elsewhere."""

    def __init__(self) -> None:
        """Draws nothing before the first stage starts."""
        self._bars = Progress(
            TextColumn("{task.description:<17}"), BarColumn(), MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"), console=ERR,
        )  # fmt: skip
        self._tasks: dict[str, TaskID] = {}
        self._counts: dict[str, int] = {}

    def start(self, stage: str, total: int) -> None:
        """Add the stage's bar."""
        self._counts[stage] = 0
        if ERR.is_terminal:
            self._bars.start()
            self._tasks[stage] = self._bars.add_task(stage, total=total, note="")

    def advance(self, stage: str, note: str) -> None:
        """Move the stage's bar by one."""
        self._counts[stage] += 1
        if stage in self._tasks:
            self._bars.update(self._tasks[stage], advance=1, note=note)

    def finish(self, stage: str) -> None:
        """Leave the bar as it stands."""
        if stage in self._tasks:
            self._bars.update(self._tasks[stage], note="")
            self._bars.stop()
        else:
            ERR.print(f"{stage:<17} {self._counts[stage]} done")


def print_table(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table whose cells are shown as they are; numbers stand to the right."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    listed = [list(row) for row in rows]
    for at, name in enumerate(header):
        number = all(isinstance(row[at], int | float) for row in listed)
        table.add_column(name, justify="right" if number else "left")
    for row in listed:
        table.add_row(*(Text(_cell(value)) for value in row))
    OUT.print(table)


def print_counts(title: str, header: tuple[str, str], counts: Mapping[str, int]) -> None:
    """Counts, largest first."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    print_table(title, header, ordered)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
