"""The stage `augmented`: examples in, the same examples and variants derived from them out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pyarrow as pa

from ftdata import tables
from ftdata.augmentation import AUGMENTERS
from ftdata.augmentation.augmenter import Augmenter
from ftdata.settings import Augmentation
from ftdata.tables import StageResult
from ftdata.text import hash64
from ftdata.token_count import CountTexts, Message, count_examples

MAX_VARIANTS = 3  # of one parent


def augment_partition(
    formatted: pa.Table,
    options: Augmentation,
    count: CountTexts,
    max_tokens: int | None = None,
) -> StageResult:
    """All examples of one partition, each followed by its variants.

    Parents are taken in the order of a hash of seed and id, one variant each and then a second and
    a third, until `max_share` of the output is derived or nothing more can be. A variant keeps its
    parent's place and tags, with the tag `generator`; its id is a hash of parent, augmenter, seed
    and number. One with more tokens than `max_tokens` is not made. The order of the rows given
    does not matter. `rows_in` counts the variants too; facts: originals and derived.
    """
    originals = tables.conform("augmented", formatted)
    limit = _most_derived(originals.num_rows, options.max_share)
    rows: list[dict[str, Any]] = []
    for row in _derive(originals, options) if limit else ():
        (tokens,) = count_examples([row["messages"]], count)
        if max_tokens is None or tokens.tokens <= max_tokens:
            rows.append({**row, "tokens": tokens.tokens, "trained_tokens": tokens.trained_tokens})
        if len(rows) == limit:
            break
    table = _in_order(pa.concat_tables([originals, tables.from_rows("augmented", rows)]))
    return StageResult(
        table=table,
        drops=tables.drops_table([]),
        rows_in=table.num_rows,
        rows_out=table.num_rows,
        facts={"originals": originals.num_rows, "derived": len(rows)},
    )


def _most_derived(originals: int, max_share: float) -> int:
    """The largest d with d / (d + originals) at most `max_share`, free of rounding."""
    share = Fraction(str(max_share))
    return int(share * originals / (1 - share))


def _derive(originals: pa.Table, options: Augmentation) -> Iterator[dict[str, Any]]:
    """Rows of variants, tokens not yet counted, in the order in which they are wanted."""
    enabled = [augmenter for augmenter in AUGMENTERS if augmenter.is_enabled(options)]
    ids = originals.column("id").to_pylist()
    places = sorted(range(len(ids)), key=lambda i: (hash64(f"{options.seed}\n{ids[i]}"), ids[i]))
    made: dict[int, list[list[Message]]] = {}
    for attempt in range(1, MAX_VARIANTS + 1):
        for augmenter in enabled:
            for place in places:
                messages = made.setdefault(place, [originals["messages"][place].as_py()])
                seed = hash64(f"{options.seed}\n{ids[place]}\n{augmenter.provenance}\n{attempt}")
                variant = augmenter.derive(messages[0], seed)
                if variant is not None and variant not in messages:
                    messages.append(variant)
                    parent = originals.slice(place, 1).to_pylist()[0]
                    yield _variant_row(parent, variant, len(messages) - 1, augmenter, options.seed)


def _variant_row(
    parent: dict[str, Any], messages: list[Message], number: int, augmenter: Augmenter, seed: int
) -> dict[str, Any]:
    identity = hash64(f"{parent['id']}\n{augmenter.provenance}\n{seed}\n{number}")
    tags = {**dict(parent["tags"]), "generator": augmenter.generator}
    return {
        **parent,
        "id": f"{identity:016x}",
        "variant": number,
        "parent_id": parent["id"],
        "provenance": augmenter.provenance,
        "messages": messages,
        "tags": sorted(tags.items()),
    }


def _in_order(table: pa.Table) -> pa.Table:
    columns = [
        table.column(name).to_pylist() for name in ("position", "id", "parent_id", "variant")
    ]
    keys = [
        (position, parent or identity, variant)
        for position, identity, parent, variant in zip(*columns, strict=True)
    ]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return table.take(pa.array(order, pa.int64())).combine_chunks()
