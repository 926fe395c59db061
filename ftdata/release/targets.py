"""Writes the files of one export target: what it takes, what it refuses, what it loses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import IO, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from ftdata import jsonl
from ftdata.release.examples import Example
from ftdata.release.exports.exporter import Beside, Exporter, Problem, Row, features_of
from ftdata.tables import SPLITS

_BUFFER = 1 << 20  # bytes


class Refused(NamedTuple):
    """An example that a target does not take, and the first reason."""

    target: str
    example: str
    split: str
    rule: str
    where: str
    message: str


class TargetFiles:
    """The open files of one target; `write` appends the examples that it takes.

    Nothing is opened before the first `open` or `write`: a target of pairs has no file where there
    is no pair.
    """

    def __init__(self, folder: Path, exporter: Exporter, stack: ExitStack) -> None:
        """Files are closed with `stack`."""
        self.exporter = exporter
        self.refused: list[Refused] = []  # since they were last taken
        self.rows: dict[str, int] = {}  # split → rows, once opened
        self._folder = folder
        self._stack = stack
        self._files: dict[str, Any] = {}
        self._losses: Counter[str] = Counter()
        self._broken: Counter[str] = Counter()  # refused examples by rule
        self._has_tools = False
        self._longest = 0

    def open(self) -> None:
        """Open the file of every split."""
        for split in SPLITS:
            path = self._folder / self.exporter.file(split)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._files[split] = self._stack.enter_context(_opened(path, self.exporter.schema))
            self.rows[split] = 0

    def write(self, split: str, examples: Sequence[Example]) -> None:
        """Append one split's examples."""
        if not examples:
            return
        if not self._files:
            self.open()
        rows = self._rows(split, examples)
        if self.exporter.schema is None:
            self.rows[split] += jsonl.write_lines(self._files[split], rows)
        elif taken := list(rows):
            table = pa.Table.from_pylist(taken, schema=self.exporter.schema)
            self._files[split].write_table(table, row_group_size=len(taken))
            self.rows[split] += len(taken)

    def take_refused(self) -> list[Refused]:
        """What was refused since the last time, to be written: a large dataset's is not held."""
        taken, self.refused = self.refused, []
        return taken

    def settle(self) -> dict[str, int]:
        """The files that stay, once closed, with their rows.

        A split without a row has none below `exports/`: loaders stop at an empty file (MLX-LM).
        """
        stay = {}
        for split, rows in self.rows.items():
            path = self.exporter.file(split)
            if rows or not self.exporter.folder:
                stay[path] = rows
            else:
                (self._folder / path).unlink()
        return stay

    def write_beside(self, name: str) -> list[str]:
        """Write what stands beside the rows of the dataset `name`; returns their paths."""
        files = {split: rows for split, rows in self.rows.items() if rows}
        if not files:
            return []
        made = self.exporter.beside(Beside(name, files, self._has_tools, self._longest))
        paths = [self.exporter.below(path) for path in sorted(made)]
        for path, content in zip(paths, map(made.__getitem__, sorted(made)), strict=True):
            (self._folder / path).write_bytes(content)
        return paths

    def report(self) -> dict[str, Any]:
        """Status, rows, refusals by rule, losses by feature, and what of its limits is passed."""
        return {
            "status": self.exporter.status,
            "rows": dict(self.rows),
            "refused": dict(sorted(self._broken.items())),
            "losses": dict(sorted(self._losses.items())),
            "limits": list(self._passed_limits()),
        }

    def _rows(self, split: str, examples: Sequence[Example]) -> Iterator[Row]:
        """The rows of what the target takes; the others are noted."""
        for example in examples:
            features = set(features_of(example))
            made = [] if features & self.exporter.refuses else list(self.exporter.rows(example))
            rows = [row for row in made if not isinstance(row, Problem)]
            told = [row for row in made if isinstance(row, Problem)]
            refusal = self._refusal(example, features, rows, told)
            if refusal is not None:
                self.refused.append(Refused(self.exporter.name, example.id, split, *refusal))
                self._broken[refusal[0]] += 1
                continue
            self._losses.update(features - self.exporter.carries)
            self._losses.update({problem.rule for problem in told})
            self._has_tools = self._has_tools or bool(example.tools)
            self._longest = max(self._longest, example.tokens)
            yield from rows

    def _refusal(
        self, example: Example, features: set[Any], rows: Sequence[Row], told: Sequence[Problem]
    ) -> tuple[str, str, str] | None:
        for feature in sorted(features & self.exporter.refuses):
            return f"no_{feature}", "", f"the target knows no {feature.replace('_', ' ')}"
        most = self.exporter.limits.max_tokens
        if most is not None and example.tokens > most:
            return "too_many_tokens", "", f"{example.tokens} tokens, at most {most} are allowed"
        found = chain(told, chain.from_iterable(map(self.exporter.problems, rows)))
        for problem in found:
            if problem.level == "error":
                return problem.rule, problem.where, problem.message
        if not rows:
            return "nothing_to_write", "", "the target has no row for it"
        return None

    def _passed_limits(self) -> Iterator[str]:
        for split, rows in self.rows.items():
            least, most = self.exporter.limits.rows.get(split, (0, None))
            if rows < least:
                yield f"{split}: {rows:,} rows, the target asks for {least:,} at least"
            if most is not None and rows > most:
                yield f"{split}: {rows:,} rows, the target takes {most:,} at most"
            limit = self.exporter.limits.max_bytes
            if limit is None or not rows:
                continue
            size = (self._folder / self.exporter.file(split)).stat().st_size
            if size > limit:
                yield f"{split}: {size:,} bytes, the target takes {limit:,} at most"


def _opened(path: Path, schema: pa.Schema | None) -> IO[bytes] | pq.ParquetWriter:
    return path.open("wb", buffering=_BUFFER) if schema is None else parquet_writer(path, schema)


def parquet_writer(path: Path, schema: pa.Schema) -> Any:  # noqa: ANN401  (pyarrow has no types)
    """A ParquetWriter with the options of every table here: the same rows give the same bytes."""
    return pq.ParquetWriter(path, schema, compression="zstd", write_statistics=False)
