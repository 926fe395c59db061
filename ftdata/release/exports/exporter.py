"""What an export target is: a record of functions and facts, nothing to inherit from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import pyarrow as pa

from ftdata.release.examples import Example, Message

Status = Literal["live", "sunset", "retired"]
Feature = Literal["system", "tools", "tool_calls", "weights", "history", "names"]
"""What an example may have that not every target can carry: a system message, tools on offer, calls
with their results, a reply not to be trained on, more than one user message, names of speakers."""

Row = dict[str, Any]
EVERYTHING: frozenset[Feature] = frozenset(
    ("system", "tools", "tool_calls", "weights", "history", "names")
)


class Problem(NamedTuple):
    """What is wrong with a row, where, and what to do about it."""

    rule: str  # snake_case: `role_order`
    where: str  # path in the row, `messages[2].role`; empty for the row itself
    message: str
    level: Literal["error", "warning"] = "error"


class Reading(NamedTuple):
    """What a row says, as far as its target can carry it."""

    messages: list[Message]
    tools: list[dict[str, Any]] | None = None
    rejected: str | None = None


@dataclass(frozen=True)
class Limits:
    """What the target's owner says about whole files; None where nothing is said.

    `rows` holds the least and the most by split, `max_bytes` is for one file, `max_tokens` for one
    row.
    """

    rows: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)
    max_bytes: int | None = None
    max_tokens: int | None = None


class Beside(NamedTuple):
    """What a file beside a target's rows may depend on: the files written, and how many rows."""

    name: str  # of the dataset, as in its settings
    files: Mapping[str, int]  # split → rows; splits without a row are not in it
    has_tools: bool
    max_tokens: int  # of the longest example written


def no_files(_: Beside) -> dict[str, bytes]:
    """Nothing beside the rows."""
    return {}


@dataclass(frozen=True)
class Exporter:
    """One target: what is written for it, what it cannot carry, and what a row of it must be.

    `rows` is given plain examples, or preference pairs alone where it `holds` those. Where what is
    wrong would not show in a row, it yields the Problem: an error refuses the example, a warning is
    a loss, counted by its rule. `problems` takes any JSON value that stands in a line and must not
    raise; it is the same rule for rows written here and for files of others. `read` takes a row
    without an error among its problems. An example with a feature that the target neither `carries`
    nor `refuses` is written without it and counted as a loss; one with a feature that it `refuses`
    is left out and counted.
    """

    name: str
    status: Status
    folder: str  # below the version's folder; empty for the top level
    loss: str  # one sentence
    rows: Callable[[Example], Iterator[Row | Problem]]
    problems: Callable[[Any], Iterator[Problem]]
    read: Callable[[Row], Reading]
    holds: Literal["examples", "pairs"] = "examples"
    carries: frozenset[Feature] = EVERYTHING
    refuses: frozenset[Feature] = frozenset()
    limits: Limits = Limits()
    names: Mapping[str, str] = field(default_factory=dict)  # split → file name, where it differs
    schema: pa.Schema | None = None  # rows go to Parquet with these columns, not to JSONL
    beside: Callable[[Beside], dict[str, bytes]] = no_files  # name below `folder` → content

    def file(self, split: str) -> str:
        """Path of a split's file below the version's folder."""
        name = f"{self.names.get(split, split)}.{'jsonl' if self.schema is None else 'parquet'}"
        return self.below(name)

    def below(self, name: str) -> str:
        """Path of a file of the target's folder below the version's folder."""
        return f"{self.folder}/{name}" if self.folder else name


def features_of(example: Example) -> Iterator[Feature]:
    """What the example has that not every target can carry, each once."""
    messages = example.messages
    if any(m.role in ("system", "developer") for m in messages):
        yield "system"
    if example.tools:
        yield "tools"
    if any(m.tool_calls or m.role == "tool" for m in messages):
        yield "tool_calls"
    if any(m.role == "assistant" and m.weight == 0 for m in messages):
        yield "weights"
    if sum(m.role == "user" for m in messages) > 1:
        yield "history"
    if any(m.name for m in messages if m.role != "tool"):
        yield "names"
