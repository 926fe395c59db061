"""Checks a file that anybody made: rules of its format, tokens, duplicates, leaks, PII."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from ftdata.checking.findings import Finding, Tally
from ftdata.checking.guess import Guess, guess_format
from ftdata.checking.leaks import RowTies, find_leaks
from ftdata.checking.limits import file_findings, layout_finding
from ftdata.checking.pieces import STDIN, Piece, read_pieces
from ftdata.checking.repeats import NEAR_ROWS, RepeatFinder
from ftdata.checking.scan import Part, Task, exporter_of, first_values
from ftdata.checking.spread import SPREAD_FROM, scan_pieces
from ftdata.checking.tokens import AUTO_BYTES, ESTIMATE, TokenStatistics, open_tokenizer
from ftdata.errors import IngestError
from ftdata.release.exports import EXPORTERS, exporters
from ftdata.settings import Dataset
from ftdata.settings_dedup import Dedup
from ftdata.settings_pii import Pii

AUTO = "auto"
_OWN = ("prompt_completion", "custom")  # targets whose rows the owner's settings shape


@dataclass(frozen=True)
class CheckOptions:
    """What to check, and how; None where something is not to be looked for."""

    format: str = AUTO
    tokenizer: str = AUTO
    dataset: Dataset = field(default_factory=Dataset)  # for targets of the owner's own
    dedup: Dedup | None = field(default_factory=Dedup)
    pii: Pii | None = field(default_factory=Pii)
    leak_threshold: float = 0.7
    near_rows: int = NEAR_ROWS
    max_line_bytes: int = 4_194_304
    listed: int = 20  # findings of each rule
    workers: int = 1


@dataclass(frozen=True)
class Checked:
    """What was found in one file."""

    path: str
    format: str
    guess: Guess | None  # None where the format was given
    lines: int
    rows: int
    good: int  # rows without an error: what was counted and compared
    size: int | None  # bytes; None for standard input
    tally: Tally
    tokenizer: str
    tokens: TokenStatistics
    has_exact: bool  # whether duplicates were looked for
    has_near: bool  # and near-duplicates
    kinds: tuple[str, ...]  # of personal data that were looked for
    compared: int | None  # rows of the other file that could be compared with; None without one


class Other(NamedTuple):
    """A file that others are held against: what ties its rows."""

    path: str
    ties: list[RowTies]


class _Gathered:
    """What the parts of a file held, added in their order."""

    def __init__(self, options: CheckOptions) -> None:
        self.tally = Tally(options.listed)
        self.tokens = TokenStatistics()
        self.ties: list[RowTies] = []
        self.lines = self.rows = self.good = 0
        self.repeats = RepeatFinder(options.dedup or Dedup(), options.near_rows)

    def add(self, part: Part) -> None:
        self.tally.join(part.tally, self.lines)
        if part.tokens is not None:
            self.tokens.add(part.tokens)
        if part.prints is not None:
            self.repeats.add(part.prints, part.good + self.lines)
        if part.ties is not None:
            self.ties.append(part.ties.after(self.lines))
        self.lines += part.lines
        self.rows += part.rows
        self.good += part.good.size


def check_file(
    path: str,
    options: CheckOptions,
    other: Other | None = None,
    say: Callable[[int], None] = lambda _: None,
) -> Checked:
    """All that is wrong with a file, and its figures; `-` is standard input.

    `say` is told the bytes of each piece that is done, unpacked.

    Damage within the file is a finding, and what stands before it is checked. Raises UsageError for
    a file that cannot be opened, and SettingsError where a package is missing.
    """
    gathered = _Gathered(options)
    size = _size(path)
    damage: list[Finding] = []
    pieces = _until_damage(read_pieces(path, options.max_line_bytes), damage)
    name, guess, pieces = _known_format(pieces, options, damage)
    tokenizer = _tokenizer(options.tokenizer, size)
    task = _whole_task(name, options, tokenizer, with_ties=other is not None)
    for part in scan_pieces(pieces, task, _workers(options, size)):
        gathered.add(part)
        say(part.size)
    tally = gathered.tally
    tally.join_all(damage or file_findings(exporter_of(task), path, gathered.rows, size))
    tally.join_all(gathered.repeats.findings())
    if other is not None:
        tally.join_all(find_leaks(gathered.ties, other.ties, other.path, options.leak_threshold))
    return Checked(
        path, name, guess, gathered.lines, gathered.rows, gathered.good, size, tally,
        tokenizer=open_tokenizer(tokenizer).name,
        tokens=gathered.tokens,
        has_exact=options.dedup is not None,
        has_near=options.dedup is not None and gathered.repeats.has_near,
        kinds=() if options.pii is None else options.pii.precedence(),
        compared=None if other is None else sum(len(ties.lines) for ties in other.ties),
    )  # fmt: skip


def read_other(path: str, options: CheckOptions) -> Other:
    """What ties the rows of a file without an error; nothing else of it is looked at.

    Raises UsageError for a file that cannot be opened, IngestError for one that is damaged.
    """
    pieces = read_pieces(path, options.max_line_bytes)
    name, _, pieces = _known_format(pieces, options, [])
    task = replace(_task(name, options), with_ties=True)
    gathered = _Gathered(options)
    for part in scan_pieces(pieces, task, _workers(options, _size(path))):
        gathered.add(part)
    return Other(path, gathered.ties)


def _task(name: str, options: CheckOptions) -> Task:
    """Reading by the rules of the target of that name, and nothing besides."""
    is_own = name in _OWN
    return Task(
        format=name,
        max_line_bytes=options.max_line_bytes,
        listed=options.listed,
        dataset=options.dataset.model_dump_json() if is_own else None,
        folder=str(options.dataset.custom.path("")) if is_own else "",
    )


def _whole_task(name: str, options: CheckOptions, tokenizer: str, *, with_ties: bool) -> Task:
    """All that the options ask for."""
    return replace(
        _task(name, options),
        tokenizer=tokenizer,
        pii=None if options.pii is None else options.pii.model_dump_json(),
        dedup=None if options.dedup is None else options.dedup.model_dump_json(),
        with_ties=with_ties,
    )


def _size(path: str) -> int | None:
    """Bytes of a file, as it is packed; None for standard input."""
    file = Path(path)
    return file.stat().st_size if path != STDIN and file.is_file() else None


def _workers(options: CheckOptions, size: int | None) -> int:
    return 1 if size is None or size < SPREAD_FROM else options.workers


def _until_damage(pieces: Iterator[Piece], damage: list[Finding]) -> Iterator[Piece]:
    """The pieces before the place where a file cannot be read any further, which is noted."""
    try:
        yield from pieces
    except IngestError as error:
        damage.append(Finding(0, "damaged_file", "error", "", str(error)))


def _known_format(
    pieces: Iterator[Piece], options: CheckOptions, faults: list[Finding]
) -> tuple[str, Guess | None, Iterator[Piece]]:
    """The format, where it had to be guessed from what, and the pieces; none of a file of no lines.

    A file that is one JSON value and not one to a line is told in `faults`.
    """
    first = list(islice(pieces, 1))
    wrong = next(filter(None, map(layout_finding, first)), None)
    if wrong is not None:
        faults.append(wrong)
        pieces, first = iter(()), []
    if options.format != AUTO:
        return options.format, None, chain(first, pieces)
    values = [value for piece in first for value in first_values(piece, options.max_line_bytes)]
    guess = guess_format(values, exporters(options.dataset))
    return guess.name or next(iter(EXPORTERS)), guess, chain(first, pieces)


def _tokenizer(choice: str, size: int | None) -> str:
    """The choice that holds for a file of that size; `estimate` where o200k is not installed."""
    if choice == AUTO and size is not None and size > AUTO_BYTES:
        return ESTIMATE
    return ESTIMATE if open_tokenizer(choice).name == ESTIMATE else choice
