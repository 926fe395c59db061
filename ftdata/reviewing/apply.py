"""Applies rulings to the examples of one partition: rejected ones leave, edits replace."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from ftdata.reviewing.decide import Ruling
from ftdata.reviews import text_hash
from ftdata.tables import column_type, drops_table
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

    A rejected example is dropped as `rejected_by_review`, its variants as `parent_rejected`. An
    edited one keeps its id, gets the new texts (redacted), its tokens are counted anew, and the tag
    `edited_by` names the reviewers; variants made of the old text are dropped as `parent_edited`.
    A ruling has no effect where its example is not here any more, was reviewed with another text,
    or would be too long: that is told under `reviews_without_effect`.
    """
    ids: list[str] = augmented.column("id").to_pylist()
    places = {name: row for row, name in enumerate(ids)}
    gone: dict[int, tuple[str, str]] = {}
    edited: dict[int, tuple[Ruling, list[dict[str, Any]]]] = {}
    idle: list[str] = []
    for ruling in rulings:
        row = places.get(ruling.id)
        if row is None:
            idle.append(f"{ruling.id}: is not among the examples of its partition any more")
        elif ruling.is_rejected:
            gone[row] = ("rejected_by_review", _by(ruling))
        else:
            made = _edit(augmented.column("messages")[row].as_py(), ruling, redact)
            if isinstance(made, str):
                idle.append(f"{ruling.id}: {made}")
            else:
                edited[row] = ruling, made
    table, too_long = _with_edits(augmented, edited, count, max_tokens)
    idle += [f"{ids[row]}: the edited text has {n} tokens: shorten it" for row, n in too_long]
    changed = edited.keys() - {row for row, _ in too_long}
    gone |= _of_parents(augmented, ids, gone, {ids[row] for row in changed})
    kept = [row for row in range(len(ids)) if row not in gone]
    return Reviewed(
        table=table.take(pa.array(kept, pa.int64())),
        drops=_drops(ids, gone),
        facts={
            "rejected_by_review": sum(why[0] == "rejected_by_review" for why in gone.values()),
            "edited_by_review": len(changed),
            "reviews_without_effect": idle,
        },
    )


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
    for name in next(iter(changed.values())):
        values = table.column(name).to_pylist()
        for row, new in changed.items():
            values[row] = new[name]
        at = table.schema.get_field_index(name)
        table = table.set_column(at, name, pa.array(values, column_type("augmented", name)))
    return table


def _of_parents(
    table: pa.Table, ids: Sequence[str], gone: Mapping[int, Any], edited: set[str]
) -> dict[int, tuple[str, str]]:
    """Variants of what was rejected or edited; of an edited variant only what derives from it."""
    why = {ids[row]: "parent_rejected" for row in gone} | dict.fromkeys(edited, "parent_edited")
    found: dict[int, tuple[str, str]] = {}
    for row, parent in enumerate(table.column("parent_id").to_pylist()):
        if parent in why and row not in gone and ids[row] not in edited:
            found[row] = (why[parent], f"of {parent}")
            why[ids[row]] = why[parent]
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
