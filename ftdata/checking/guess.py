"""Which target's rows a file holds, judged by its first rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ftdata.release.examples import Example, Message
from ftdata.release.exports.exporter import Exporter

GUESSED_ROWS = 100
"""Rows that a format is guessed from."""

_ASKED = Message("user", "Hi", None, None, None, None)
_SAID = Message("assistant", "Hello.", 1, None, None, None)
_CALLS = [{"id": "c00000001", "type": "function", "function": {"name": "f", "arguments": "{}"}}]
_CALLED = Message("assistant", None, 1, _CALLS, None, None)
_TOLD = Message("tool", "1", None, None, "c00000001", None)
_TOOLS = [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}]
_SYSTEM = Message("system", "Be brief.", None, None, None, None)
# What a target's rows look like is told by those that it writes of these.
_PROBES = (
    Example("probe", "train", [_ASKED, _SAID], None),
    Example("probe", "train", [_SYSTEM, _ASKED, _SAID], None),
    Example("probe", "train", [_ASKED, _CALLED, _TOLD, _SAID], _TOOLS),
    Example("probe", "train", [_ASKED, _SAID], None, "What?"),
)


class Guess(NamedTuple):
    """The target that fits best; where its name is None nothing is known of the rows."""

    name: str | None
    rows: int  # looked at
    fitting: int  # of them, without an error
    others: tuple[str, ...]  # targets that fit as well


def guess_format(rows: Sequence[Any], exporters: Mapping[str, Exporter]) -> Guess:
    """The target with the most rows without an error; then that whose rows have the same keys.

    Of those that fit alike the first of `exporters` is taken; one that takes any object, as a form
    of the owner's own without a schema does, cannot be told by its rules.
    """
    looked_at = rows[:GUESSED_ROWS]
    scores = {
        name: (_fitting(looked_at, exporter), _alike(looked_at, exporter))
        for name, exporter in exporters.items()
        if any(exporter.problems({}))
    }
    best = max(scores, key=scores.__getitem__, default=None)
    if best is None or scores[best] == (0, 0.0):
        return Guess(None, len(looked_at), 0, ())
    others = tuple(name for name in scores if name != best and scores[name] == scores[best])
    return Guess(best, len(looked_at), scores[best][0], others)


def _fitting(rows: Sequence[Any], exporter: Exporter) -> int:
    return sum(all(problem.level != "error" for problem in exporter.problems(row)) for row in rows)


def _alike(rows: Sequence[Any], exporter: Exporter) -> float:
    """Mean share of keys that a row has in common with the one it is most like of the target's."""
    written = list(_keys_written(exporter))
    shares = [
        max((_share(row.keys(), keys) for keys in written), default=0.0)
        for row in rows
        if isinstance(row, dict)
    ]
    return round(sum(shares) / max(len(rows), 1), 3)


def _keys_written(exporter: Exporter) -> Iterator[frozenset[str]]:
    for probe in _PROBES:
        if (probe.rejected is not None) == (exporter.holds == "pairs"):
            yield from (frozenset(row) for row in exporter.rows(probe))


def _share(some: Any, others: frozenset[str]) -> float:  # noqa: ANN401  (a view of keys)
    return len(some & others) / max(len(some | others), 1)
