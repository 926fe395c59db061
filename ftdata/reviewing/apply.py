"""Applies rulings to the examples of one partition: rejected ones leave, edits replace."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from ftdata.reviewing.decide import Ruling
from ftdata.reviews import text_hash
from ftdata.tables import drops_table
from ftdata.token_count import CountTexts, count_examples

TAG = "edited_by"  # aliases, joined by commas
ORIGIN = "review"


@dataclass(frozen=True, eq=False)
class Reviewed:
    """The examples that go on, those that do not, and a sentence for each ruling without effect."""

    table: pa.Table
    drops: pa.Table
    facts: dict[str, Any]


def apply_rulings(
    augmented: pa.Table,
    rulings: Sequence[Ruling],
    count: CountTexts,
    redact: Callable[[str], str],
    max_tokens: int,
) -> Reviewed:
    """The table of `augmented` after people's rulings on its examples.

    A rejected example is dropped as `rejected_by_review`, whatever derives from it as
    `parent_rejected`. An edited one keeps its id, gets the new texts (redacted), its tokens are
    counted anew, and the tag `edited_by` names the reviewers; variants made of the old text are
    dropped as `parent_edited`. A ruling has no effect where its example is not here any more; an
    edit, where it is of another text, makes too long a one, or what the example derives from is
    rejected: that is told under `reviews_without_effect`.
    """
    ids: list[str] = augmented.column("id").to_pylist()
    parents: list[str | None] = augmented.column("parent_id").to_pylist()
    sought = _sort_rulings(augmented, ids, rulings, redact)
    gone = {row: ("rejected_by_review", _by(ruling)) for row, ruling in sought.rejected.items()}
    gone |= _derived(ids, parents, set(gone), "parent_rejected")
    edited = {row: made for row, made in sought.edited.items() if row not in gone}
    idle = [f"{ids[row]}: what it derives from is rejected" for row in sought.edited if row in gone]
    table, too_long = _with_edits(augmented, edited, count, max_tokens)
    idle += [f"{ids[row]}: the edited text has {n} tokens: shorten it" for row, n in too_long]
    changed = edited.keys() - {row for row, _ in too_long}
    gone = _derived(ids, parents, changed, "parent_edited") | gone
    kept = [row for row in range(len(ids)) if row not in gone]
    return Reviewed(
        table=table.take(pa.array(kept, pa.int64())),
        drops=_drops(ids, gone),
        facts={
            "rejected_by_review": len(sought.rejected),
            "edited_by_review": len(changed),
            "reviews_without_effect": [*sought.idle, *idle],
        },
    )


class _Sorted(NamedTuple):
    """Rulings by the row of their example, and a sentence for each that has no effect."""

    rejected: dict[int, Ruling]
    edited: dict[int, tuple[Ruling, list[dict[str, Any]]]]  # with the new messages
    idle: list[str]


def _sort_rulings(
    table: pa.Table, ids: Sequence[str], rulings: Sequence[Ruling], redact: Callable[[str], str]
) -> _Sorted:
    places = {name: row for row, name in enumerate(ids)}
    found = _Sorted({}, {}, [])
    for ruling in rulings:
        row = places.get(ruling.id)
        if row is None:
            found.idle.append(f"{ruling.id}: is not among the examples of its partition any more")
        elif ruling.is_rejected:
            found.rejected[row] = ruling
        else:
            made = _edit(table.column("messages")[row].as_py(), ruling, redact)
            if isinstance(made, str):
                found.idle.append(f"{ruling.id}: {made}")
            else:
                found.edited[row] = ruling, made
    return found


def _by(ruling: Ruling) -> str:
    return f"by {', '.join(ruling.reviewers)}" if ruling.reviewers else ""


def _edit(
    messages: list[dict[str, Any]], ruling: Ruling, redact: Callable[[str], str]
) -> list[dict[str, Any]] | str:
    """The messages with the ruling's texts, or why it does not fit."""
    if text_hash(messages) != ruling.base:
        return "its text has changed since it was edited: review it again"
    for edit in ruling.edits:
        if edit.message >= len(messages) or messages[edit.message]["content"] is None:
            return f"has no text at message {edit.message} to edit: mend the line"
        messages[edit.message]["content"] = redact(edit.content)
    return messages


def _with_edits(
    table: pa.Table,
    edited: Mapping[int, tuple[Ruling, list[dict[str, Any]]]],
    count: CountTexts,
    max_tokens: int,
) -> tuple[pa.Table, list[tuple[int, int]]]:
    """The table with the edited rows, and rows with their tokens that would have too many."""
    if not edited:
        return table, []
    rows = table.take(pa.array(list(edited), pa.int64())).to_pylist()
    counted = count_examples([messages for _, messages in edited.values()], count)
    changed: dict[int, dict[str, Any]] = {}
    too_long = []
    for at, row, tokens, (ruling, messages) in zip(
        edited, rows, counted, edited.values(), strict=True
    ):
        if tokens.tokens > max_tokens:
            too_long.append((at, tokens.tokens))
            continue
        name = ",".join(ruling.reviewers) or "somebody"
        changed[at] = {
            "messages": messages,
            "tokens": tokens.tokens,
            "trained_tokens": tokens.trained_tokens,
            "tags": sorted([*row["tags"], (TAG, name)]),
            "tag_origins": sorted([*row["tag_origins"], (TAG, ORIGIN)]),
        }
    return _replaced(table, changed), too_long


def _replaced(table: pa.Table, changed: Mapping[int, Mapping[str, Any]]) -> pa.Table:
    if not changed:
        return table
    order = np.arange(table.num_rows)
    order[list(changed)] = table.num_rows + np.arange(len(changed))
    for name in next(iter(changed.values())):
        held = table.column(name)
        new = pa.array([values[name] for values in changed.values()], held.type)
        column = pa.chunked_array([*held.chunks, new]).take(pa.array(order))
        table = table.set_column(table.schema.get_field_index(name), name, column)
    return table


def _derived(
    ids: Sequence[str], parents: Sequence[str | None], roots: Collection[int], reason: str
) -> dict[int, tuple[str, str]]:
    """What derives from the roots and is none of them; parents come before their variants."""
    names = {ids[row] for row in roots}
    found: dict[int, tuple[str, str]] = {}
    for row, parent in enumerate(parents):
        if parent in names and row not in roots:
            found[row] = (reason, f"of {parent}")
            names.add(ids[row])
    return found


def _drops(ids: Sequence[str], gone: Mapping[int, tuple[str, str]]) -> pa.Table:
    return drops_table(
        [
            {
                "record_id": ids[row],
                "stage": "validated_splits",
                "reason": gone[row][0],
                "detail": gone[row][1] or None,
            }
            for row in sorted(gone)
        ]
    )
