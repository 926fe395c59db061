"""The columns of each stage that its rules over rows judge, computed from the stage's table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.dangling import dangling_phrase
from ftdata.tables import Stage
from ftdata.tagging.values import ORIGINS, tag_sets
from ftdata.text import hash64, same_key
from ftdata.validation.grounding import ungrounded
from ftdata.validation.judgements import judgement_columns

Columns = dict[str, Any]  # name → one value per row
Left = Callable[[Sequence[str | None]], Sequence[str | None]]
DedupTexts = Callable[[Any], Sequence[str]]
# Many an id has the form of a telephone or social security number: `cleaned` leaves those, too.
# Repeats ids.CERTAIN on purpose: the check shares nothing with the redactor. A test compares them.
_CERTAIN_IN_IDS = ("SECRET", "EMAIL", "CREDIT_CARD", "IBAN")
_LETTERS = {"system": "s", "user": "u", "assistant": "a", "tool": "t"}


def stage_columns(stage: Stage, table: pa.Table) -> Columns:
    """The columns of a stage that needs no more than its table."""
    return _STAGES[stage](table)


def cleaned_columns(
    table: pa.Table, pii_left: Left, tokens_left: Left, dedup_texts: DedupTexts
) -> Columns:
    """Lengths in code points, what is left (a name of it, or None) and `text_key`."""
    bounds, flat = _messages(table)
    roles = np.asarray(flat.field("role").to_pylist(), dtype=np.str_)
    texts, calls = (_lengths(flat.field(name)) for name in ("content", "tool_calls"))
    return {
        "prompt_chars": _sums(np.where(roles == "user", texts, 0), bounds),
        "reply_chars": _sums(np.where(roles == "assistant", texts + calls, 0), bounds),
        "chars": _sums(texts + calls, bounds),
        "pii_left": _rows_with_pii(table, pii_left),
        "token_left": _rows_with_token(table, tokens_left),
        "text_key": [_text_key(text) for text in dedup_texts(table.column("messages"))],
    }


def generated_columns(table: pa.Table, sections: pa.Table | None) -> Columns:
    """`not_in_document` names what of an answer has no place in `sections`, its documents."""
    said = [messages[0]["content"] for messages in table.column("messages").to_pylist()]
    return {
        "place": _places(table),
        "roles": _role_letters(table),
        "not_in_document": ungrounded(table, sections),
        "points_outside": [dangling_phrase(text) for text in said],
    }


def _documents(table: pa.Table) -> Columns:
    blocks = table.column("blocks").to_pylist()
    texts = ["\n\n".join(block["text"] for block in own) for own in blocks]
    return {
        "place": _places(table),
        "words": [len(text.split()) for text in texts],
        "points_outside": [dangling_phrase(text) for text in texts],
    }


def _places(table: pa.Table) -> list[str]:
    place = pc.binary_join_element_wise(table.column("date"), table.column("source"), "|")
    return list(place.to_pylist())


def _raw_logs(table: pa.Table) -> Columns:
    return {
        "place": _places(table),
        "roles": _role_letters(table),
        "repeated_records": _repeated_records(table),
    }


def _formatted(table: pa.Table) -> Columns:
    """`odd_tag` says what is wrong with a tag but the domain, else None."""
    domains = pc.map_lookup(table.column("tags"), "domain", "first")
    return {
        "roles": _role_letters(table),
        "tokens": table.column("tokens").to_numpy(),
        "trained_tokens": table.column("trained_tokens").to_numpy(),
        "tags": _tag_names(table),
        "odd_tag": _odd_tags(table),
        "domain": [value or "" for value in domains.to_pylist()],
    }


def _augmented(table: pa.Table) -> Columns:
    """`orphan` (the parent that is not there) and `copy_of` (the parent it repeats), else None.

    A preference pair may repeat its parent; `rejected_as_chosen` is the reply of one that has it
    twice.
    """
    ids, variants, parents = (
        table.column(name).to_pylist() for name in ("id", "variant", "parent_id")
    )
    originals = {ids[i]: i for i, variant in enumerate(variants) if not variant}
    derived = [i for i, variant in enumerate(variants) if variant]
    children = [i for i in derived if parents[i] in originals]
    said = _said(table, children)
    parent_said = _said(table, [originals[parents[i]] for i in children])
    rejected = table.column("rejected").to_pylist()
    copies = {
        i
        for i, own, other in zip(children, said, parent_said, strict=True)
        if own == other and rejected[i] is None
    }
    orphans = set(derived) - set(children)
    return {
        "orphan": [(parents[i] or "no parent") if i in orphans else None for i in range(len(ids))],
        "copy_of": [parents[i] if i in copies else None for i in range(len(ids))],
        "rejected_as_chosen": _rejected_as_chosen(table),
        "provenance": table.column("provenance").to_pylist(),
    }


def _validated_splits(table: pa.Table) -> Columns:
    """`group_sides` counts the splits of the row's group; `held_out_variant` is a variant's.

    `off_scale` names a score of the judge, `unreasoned` a part of its judgement, else None.
    """
    frame = table.select(["split", "group_id", "variant"]).to_pandas()
    held_out = (frame["variant"] > 0) & (frame["split"] != "train")
    return {
        "split": frame["split"],
        "group_sides": frame.groupby("group_id")["split"].transform("nunique"),
        "held_out_variant": frame["split"].where(held_out, None),
        **judgement_columns(table.column("judgement").to_pylist()),
    }


_STAGES: dict[Stage, Callable[[pa.Table], Columns]] = {
    "documents": _documents,
    "raw_logs": _raw_logs,
    "formatted": _formatted,
    "augmented": _augmented,
    "validated_splits": _validated_splits,
}


def _messages(table: pa.Table) -> tuple[npt.NDArray[np.int64], pa.StructArray]:
    """Row i owns the flat messages `bounds[i]` to `bounds[i + 1]` (exclusive)."""
    lists = table.column("messages").combine_chunks()
    return _bounds(lists), lists.flatten()


def _bounds(lists: pa.ListArray) -> npt.NDArray[np.int64]:
    lengths = lists.value_lengths().to_numpy(zero_copy_only=False)
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))


def _sums(values: npt.NDArray[Any], bounds: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    running = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
    sums: npt.NDArray[np.int64] = running[bounds[1:]] - running[bounds[:-1]]
    return sums


def _lengths(texts: pa.StringArray) -> npt.NDArray[np.int64]:
    return np.asarray(pc.fill_null(pc.utf8_length(texts), 0), dtype=np.int64)


def _role_letters(table: pa.Table) -> list[str]:
    """One letter for each message of a row: `sua`; `?` for a role that is none."""
    bounds, flat = _messages(table)
    letters = "".join(_LETTERS.get(role, "?") for role in flat.field("role").to_pylist())
    return [letters[start:end] for start, end in pairwise(bounds.tolist())]


def _repeated_records(table: pa.Table) -> npt.NDArray[np.int64]:
    """How many of a row's records stand elsewhere in the partition, or in the row, too."""
    lists = table.column("record_ids").combine_chunks()
    codes = lists.flatten().dictionary_encode().indices.to_numpy()
    return _sums((np.bincount(codes) > 1)[codes], _bounds(lists))


def _rows_with_pii(table: pa.Table, pii_left: Left) -> list[str | None]:
    """The first kind of personal data in each row: in its texts, labels, metadata and ids."""
    found: list[str | None] = [None] * table.num_rows
    for texts, bounds, is_id in _private_texts(table):
        for place, entity in enumerate(pii_left(texts)):
            if entity is not None and (not is_id or entity in _CERTAIN_IN_IDS):
                row = int(np.searchsorted(bounds, place, side="right")) - 1
                found[row] = found[row] or entity
    return found


def _rows_with_token(table: pa.Table, tokens_left: Left) -> list[str | None]:
    """The first control token in each row's messages, tools and worse reply."""
    tools, worse = (
        tokens_left(table.column(name).to_pylist()) for name in ("tools", "worse_reply")
    )
    found = [one or other for one, other in zip(tools, worse, strict=True)]
    bounds, flat = _messages(table)
    for name in ("content", "tool_calls", "name"):
        for place, token in enumerate(tokens_left(flat.field(name).to_pylist())):
            if token is not None:
                row = int(np.searchsorted(bounds, place, side="right")) - 1
                found[row] = found[row] or token
    return found


def _private_texts(
    table: pa.Table,
) -> Iterator[tuple[list[str | None], npt.NDArray[np.int64], bool]]:
    """Flat texts, the bounds of each row in them, and whether they are ids or file names."""
    bounds, flat = _messages(table)
    for name in ("content", "tool_calls", "tool_call_id", "name"):
        yield flat.field(name).to_pylist(), bounds, False
    every = np.arange(table.num_rows + 1)
    for name in ("category", "model", "metadata", "tools", "worse_reply"):
        yield table.column(name).to_pylist(), every, False
    yield table.column("conversation_id").to_pylist(), every, True
    for name in ("record_ids", "origins"):
        lists = table.column(name).combine_chunks()
        yield lists.flatten().to_pylist(), _bounds(lists), True


def _text_key(text: str) -> str | None:
    """Equal for texts that count as the same; None for a text that says nothing."""
    key = same_key(text)
    return f"{hash64(key):016x}" if key else None


def _tag_names(table: pa.Table) -> list[str]:
    """The names of a row's tags that have a value, in bars: `|category|model|`."""
    return [
        "|".join(["", *(name for name, value in tags if value), ""])
        for tags in table.column("tags").to_pylist()
    ]


def _odd_tags(table: pa.Table) -> list[str | None]:
    """The first tag of each row that is not in its set, or of an origin unknown; else None."""
    columns = (table.column(name).to_pylist() for name in ("tags", "tag_origins"))
    return [_odd_tag(dict(tags), dict(origins)) for tags, origins in zip(*columns, strict=True)]


def _odd_tag(tags: dict[str, str], origins: dict[str, str]) -> str | None:
    for name, values in tag_sets(()).items():
        if name != "domain" and tags.get(name) not in values:
            return f"{name}: {tags.get(name) or 'none'}"
    return next((f"{name}: no origin" for name in tags if origins.get(name) not in ORIGINS), None)


def _rejected_as_chosen(table: pa.Table) -> list[str | None]:
    """The id of each row whose rejected reply says what its last message does, else None."""
    found: list[str | None] = [None] * table.num_rows
    pairs = np.flatnonzero(np.asarray(table.column("rejected").is_valid())).tolist()
    columns = (table.column(name) for name in ("id", "messages", "rejected"))
    taken = (column.take(pa.array(pairs, pa.int64())).to_pylist() for column in columns)
    for row, name, messages, rejected in zip(pairs, *taken, strict=True):
        if same_key(messages[-1]["content"] or "") == same_key(rejected):
            found[row] = name
    return found


def _said(table: pa.Table, rows: Sequence[int]) -> list[list[tuple[str, ...]]]:
    messages = table.column("messages").take(pa.array(rows, pa.int64())).to_pylist()
    return [[(m["role"], m["content"], m["tool_calls"]) for m in row] for row in messages]
