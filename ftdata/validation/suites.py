"""Validates the partitions of a stage many at a time, and tells each partition its own results.

One validation costs about the same for 300 rows as for 4,000, so partitions are put together up to
a bound on their rows; what is unexpected is then traced back to the partition it came from.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ftdata.keys import PartitionKey
from ftdata.tables import Stage
from ftdata.validation.expectations import Verdict, judge
from ftdata.validation.frames import PartitionFrames
from ftdata.validation.rules import Rule
from ftdata.validation.rules.rule import Over

SAMPLES = 5
CHUNK_ROWS = 20_000


@dataclass(frozen=True)
class RuleResult:
    """What one rule says of one partition.

    `samples` names up to five of the `unexpected` rows by id and value, never by text. Where the
    expectation itself failed, the rule has not passed and `observed` says why.
    """

    rule: Rule
    partition: PartitionKey
    passed: bool
    observed: str | int | float
    expected: str
    samples: tuple[str, ...]
    unexpected: int


def validate(
    stage: Stage,
    rules: Sequence[Rule],
    partitions: Iterable[PartitionFrames],
    chunk_rows: int = CHUNK_ROWS,
) -> list[RuleResult]:
    """A result for every rule and partition, partitions in the order given.

    Frames are taken from the iterable as they are needed: at most `chunk_rows` rows, or those of
    one partition where it is larger, are held at a time.
    """
    return [
        result
        for chunk in _chunks(partitions, chunk_rows)
        for result in _validate_chunk(stage, rules, chunk)
    ]


def _chunks(
    partitions: Iterable[PartitionFrames], chunk_rows: int
) -> Iterator[list[PartitionFrames]]:
    chunk: list[PartitionFrames] = []
    held = 0
    for partition in partitions:
        size = max(1, len(partition.rows))
        if chunk and held + size > chunk_rows:
            yield chunk
            chunk, held = [], 0
        chunk.append(partition)
        held += size
    if chunk:
        yield chunk


@dataclass(frozen=True)
class _Judged:
    """One frame of a chunk and what the rules over it found.

    `owners[i]` is the place in the chunk of row i's partition; it never falls.
    """

    frame: pd.DataFrame
    owners: npt.NDArray[np.int64]
    verdicts: dict[str, Verdict]


def _validate_chunk(
    stage: Stage, rules: Sequence[Rule], chunk: Sequence[PartitionFrames]
) -> Iterator[RuleResult]:
    sizes = [len(partition.rows) for partition in chunk]
    frames = [partition.rows for partition in chunk if len(partition.rows)]
    rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    profiles = pd.DataFrame([partition.profile for partition in chunk])
    judged: dict[Over, _Judged] = {
        "rows": _judge(stage, rules, "rows", rows, sizes),
        "partitions": _judge(stage, rules, "partitions", profiles, [1] * len(chunk)),
    }
    for rule in rules:
        yield from _attribute(rule, judged[rule.over], [partition.key for partition in chunk])


def _judge(
    stage: Stage, rules: Sequence[Rule], over: Over, frame: pd.DataFrame, sizes: Sequence[int]
) -> _Judged:
    chosen = [rule for rule in rules if rule.over == over]
    verdicts = judge(stage, frame, chosen) if chosen and len(frame) else {}
    return _Judged(frame, np.repeat(np.arange(len(sizes)), sizes), verdicts)


def _attribute(rule: Rule, judged: _Judged, keys: Sequence[PartitionKey]) -> Iterator[RuleResult]:
    """The rule's result for each partition of a chunk."""
    nothing = Verdict(np.zeros(0, dtype=np.int64))
    verdict = nothing if judged.frame.empty else judged.verdicts[rule.name]
    counts = np.bincount(judged.owners, minlength=len(keys)).tolist()
    tolerated = _tolerated(rule, judged, len(keys))
    blamed = judged.owners[verdict.unexpected]
    first = 0
    for i, key in enumerate(keys):
        rows = judged.frame.iloc[first : first + counts[i]]
        unexpected = judged.frame.iloc[verdict.unexpected[blamed == i]]
        first += counts[i]
        error = verdict.error if counts[i] else None
        yield RuleResult(
            rule=rule,
            partition=key,
            passed=error is None and len(unexpected) <= tolerated[i],
            observed=f"not judged: {error}" if error else _observed(rule, rows, len(unexpected)),
            expected=rule.claim.expected,
            samples=_samples(rule, unexpected),
            unexpected=len(unexpected),
        )


def _tolerated(rule: Rule, judged: _Judged, partitions: int) -> list[int]:
    """How many rows of each partition may be unexpected: those that `mostly` leaves."""
    if rule.mostly >= 1 or judged.frame.empty:
        return [0] * partitions
    present = judged.frame[list(rule.claim.columns)].notna().all(axis=1).to_numpy()
    counts = np.bincount(judged.owners[present], minlength=partitions)
    return [math.floor((1 - rule.mostly) * count + 1e-9) for count in counts.tolist()]


def _observed(rule: Rule, rows: pd.DataFrame, unexpected: int) -> str | int | float:
    if rows.empty:
        return "no rows"
    if rule.over == "rows":
        return f"{unexpected} of {len(rows)} rows fail"
    values = {column: rows[column].iloc[0] for column in rule.claim.columns}
    value = next(iter(values.values()))
    if len(values) > 1:
        return _shown(values)
    return "too little to judge" if pd.isna(value) else round(float(value), 6)


def _samples(rule: Rule, unexpected: pd.DataFrame) -> tuple[str, ...]:
    if unexpected.empty:
        return ()
    subject = ["id"] if rule.over == "rows" else []
    columns = dict.fromkeys([*subject, *rule.claim.columns])
    rows = unexpected[[*columns]].drop_duplicates().head(SAMPLES).to_dict("records")
    return tuple(_shown({str(name): value for name, value in row.items()}) for row in rows)


def _shown(values: Mapping[str, object]) -> str:
    texts = (
        f"{value:.4g}" if isinstance(value, float) else str(value) for value in values.values()
    )
    return ", ".join(f"{name} {text}" for name, text in zip(values, texts, strict=True))
