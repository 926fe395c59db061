"""The work on one piece of a file, the same in any process: its rows read, checked, counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa

from ftdata.checking.findings import Finding, Tally
from ftdata.checking.guess import GUESSED_ROWS
from ftdata.checking.leaks import RowTies, row_ties
from ftdata.checking.lines import LineReader, too_long
from ftdata.checking.personal import Look, open_look
from ftdata.checking.pieces import Piece
from ftdata.checking.repeats import row_prints
from ftdata.checking.tokens import ESTIMATE, RowTokens, count_tokens, open_tokenizer
from ftdata.cleaning.dedup.fingerprints import Fingerprints
from ftdata.cleaning.dedup.pairs import Rows
from ftdata.release.exports import EXPORTERS, exporters
from ftdata.release.exports.exporter import Exporter, Reading
from ftdata.settings import Dataset
from ftdata.settings_dedup import Dedup
from ftdata.settings_pii import Pii


@dataclass(frozen=True)
class Task:
    """What is looked for; settings are JSON, so that it can be compared and sent elsewhere."""

    format: str  # a target's name
    max_line_bytes: int
    listed: int  # findings kept of each rule
    tokenizer: str | None = None
    pii: str | None = None
    dedup: str | None = None
    with_ties: bool = False
    dataset: str | None = None  # what targets of the owner's own are made of
    folder: str = ""  # where their files are


@dataclass
class Part:
    """What was found in one piece; lines and rows are counted from its beginning."""

    tally: Tally
    size: int = 0  # bytes of the piece
    lines: int = 0
    rows: int = 0  # that hold JSON
    good: Rows = field(default_factory=lambda: np.empty(0, np.int64))  # lines without an error
    tokens: RowTokens | None = None
    prints: Fingerprints | None = None
    ties: RowTies | None = None


def scan_piece(piece: Piece, task: Task) -> Part:
    """Check a piece's lines and rows, and count and compare those that are without an error."""
    part = Part(Tally(task.listed), len(piece.data))
    exporter = exporter_of(task)
    readings: list[Reading] = []
    values: list[Any] = []
    good: list[int] = []
    for line, value in _rows(piece, task, part):
        part.rows += 1
        is_good = True
        for problem in exporter.problems(value):
            part.tally.add_problem(line, problem)
            if problem.level == "error":
                is_good = False
        if is_good:
            readings.append(exporter.read(value))
            good.append(line)
            if task.with_ties:
                values.append(value)
    part.good = np.array(good, np.int64)
    if task.tokenizer is not None:
        part.tokens = count_tokens(readings, open_tokenizer(task.tokenizer).count)
        part.tally.join_all(_too_long_rows(task, part.tokens, good))
    if task.pii is not None:
        part.tally.join_all(_look(task.pii)(readings, good))
    if task.dedup is not None:
        part.prints = row_prints(readings, _dedup(task.dedup))
    if task.with_ties:
        part.ties = row_ties(readings, values, good)
    return part


def first_values(piece: Piece, max_line_bytes: int) -> list[Any]:
    """The first values of a piece, to guess its format from."""
    rows = _rows(piece, Task("", max_line_bytes, 0), Part(Tally(0)))
    return [value for _, value in islice(rows, GUESSED_ROWS)]


def _rows(piece: Piece, task: Task, part: Part) -> Iterator[tuple[int, Any]]:
    """(line from 1, value) of each row, after what is wrong with lines has been noted."""
    if piece.is_too_long:
        part.lines = 1
        part.tally.add_problem(1, too_long(task.max_line_bytes))
    elif piece.is_table:
        for value in pa.ipc.open_stream(piece.data).read_all().to_pylist():
            part.lines += 1
            yield part.lines, _without_nulls(value)
    else:
        yield from _rows_of_lines(piece, task, part)


def _rows_of_lines(piece: Piece, task: Task, part: Part) -> Iterator[tuple[int, Any]]:
    reader = LineReader(piece.data, task.max_line_bytes)
    lines = piece.data.split(b"\n")
    if not lines[-1]:
        lines.pop()
    for number, text in enumerate(lines):
        is_row, value, problems = reader.read(number, text)
        for problem, column in problems:
            rule, where, message, level = problem
            part.tally.add(Finding(number + 1, rule, level, where, message, column))
        if is_row:
            yield number + 1, value
    part.lines = len(lines)
    if piece.ends_file:
        message = "has no line break at its end: end the last line with one"
        part.tally.add(Finding(part.lines, "no_final_newline", "warning", "", message))


def _without_nulls(value: Any) -> Any:  # noqa: ANN401  (JSON of any shape)
    """A value of a table without its null fields: a table has each field in every row."""
    if isinstance(value, dict):
        return {name: _without_nulls(held) for name, held in value.items() if held is not None}
    return [_without_nulls(held) for held in value] if isinstance(value, list) else value


def _too_long_rows(task: Task, tokens: RowTokens, lines: Sequence[int]) -> Iterator[Finding]:
    most = exporter_of(task).limits.max_tokens
    if most is None:
        return
    is_estimate = task.tokenizer == ESTIMATE
    for row in np.flatnonzero(tokens.all > most).tolist():
        about = "about " if is_estimate else ""
        text = f"has {about}{tokens.all[row]:,} tokens, at most {most:,} are allowed: shorten it"
        yield Finding(
            lines[row], "too_many_tokens", "warning" if is_estimate else "error", "", text
        )


@cache
def exporter_of(task: Task) -> Exporter:
    """The target of a task, made as its settings say."""
    if task.dataset is None:
        return EXPORTERS[task.format]
    options = Dataset.model_validate_json(task.dataset)
    custom = options.custom.beside(task.folder)
    return exporters(options.model_copy(update={"custom": custom}))[task.format]


@cache
def _look(options: str) -> Look:
    return open_look(Pii.model_validate_json(options))


@cache
def _dedup(options: str) -> Dedup:
    return Dedup.model_validate_json(options)
