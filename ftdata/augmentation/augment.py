"""The stage `augmented`: examples in, the same examples and variants derived from them out."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

import pyarrow as pa

from ftdata import tables
from ftdata.augmentation import AUGMENTERS
from ftdata.augmentation.augmenter import NotKept, Variant
from ftdata.augmentation.making import Made, Maker, Redact
from ftdata.augmentation.messages import with_content
from ftdata.augmentation.tags import variant_tags
from ftdata.chat import ChatModel, Refused
from ftdata.settings_augmentation import Augmentation
from ftdata.tables import StageResult
from ftdata.text import hash64
from ftdata.token_count import CountTexts, count_examples

Row = dict[str, Any]


def augment_partition(
    formatted: pa.Table,
    options: Augmentation,
    count: CountTexts,
    max_tokens: int | None = None,
    model: ChatModel | None = None,
    redact: Redact = str,
) -> StageResult:
    """All examples of one partition, each followed by its variants.

    `Picker` deals variants to augmenters and strata until `max_share` of the output is derived or
    nothing more can be. A variant keeps its parent's place, and tags as `variant_tags` has them;
    its id is a hash of parent, augmenter, seed and number. One with more tokens than
    `max_tokens` is not made; of a pair either reply counts. The order of the rows given does not
    matter. With a `model` the augmenters that know how to ask it do so; what it failed to write is
    quarantined under the parent's id. A text that `redact` changes is neither sent to a model nor
    taken from one.

    `rows_in` counts the variants too; facts: originals, derived, derived_by (augmenter).
    Raises ProviderError or StorageError as `ChatModel.complete` does.
    """
    nothing = pa.nulls(formatted.num_rows, pa.string())
    originals = tables.conform("augmented", formatted.append_column("rejected", nothing))
    is_too_long = partial(_is_too_long, count=count, max_tokens=max_tokens)
    made = Maker(formatted, AUGMENTERS, options, is_too_long, model, redact).make()
    rows = _variant_rows(originals, made, options.seed, count)
    drops = [_drop(originals, one) for one in made if not isinstance(one.outcome, Variant)]
    table = _in_order(pa.concat_tables([originals, tables.from_rows("augmented", rows)]))
    by_augmenter = Counter(one.augmenter for one in made if isinstance(one.outcome, Variant))
    return StageResult(
        table=table,
        drops=tables.drops_table(drops),
        rows_in=table.num_rows + len(drops),
        rows_out=table.num_rows,
        facts={
            "originals": originals.num_rows,
            "derived": len(rows),
            "derived_by": dict(sorted(by_augmenter.items())),
        },
    )


def _is_too_long(variant: Variant, count: CountTexts, max_tokens: int | None) -> bool:
    """Whether it has more tokens than that, with either reply where it is a pair."""
    if max_tokens is None:
        return False
    said = [variant.messages]
    if variant.rejected is not None:
        said.append(with_content(variant.messages, len(variant.messages) - 1, variant.rejected))
    return max(each.tokens for each in count_examples(said, count)) > max_tokens


def _variant_rows(originals: pa.Table, made: list[Made], seed: int, count: CountTexts) -> list[Row]:
    """A row of the table for each variant, those of one parent numbered as they were made."""
    variants = [(one, one.outcome) for one in made if isinstance(one.outcome, Variant)]
    counted = count_examples([variant.messages for _, variant in variants], count)
    numbers: Counter[int] = Counter()
    rows = []
    for (one, variant), tokens in zip(variants, counted, strict=True):
        numbers[one.row] += 1
        number = numbers[one.row]
        parent = originals.slice(one.row, 1).to_pylist()[0]
        provenance = f"{one.augmenter}/{one.generator}"
        identity = hash64(f"{parent['id']}\n{provenance}\n{seed}\n{number}")
        tags, origins = variant_tags(parent, variant, one.generator)
        rows.append(
            {
                **parent,
                "id": f"{identity:016x}",
                "variant": number,
                "parent_id": parent["id"],
                "provenance": provenance,
                "messages": variant.messages,
                "rejected": variant.rejected,
                "tokens": tokens.tokens,
                "trained_tokens": tokens.trained_tokens,
                "tags": sorted(tags.items()),
                "tag_origins": sorted(origins.items()),
            }
        )
    return rows


def _drop(originals: pa.Table, made: Made) -> Row:
    """A variant that a model was asked for and that is not there."""
    outcome = made.outcome
    assert isinstance(outcome, NotKept | Refused)
    return {
        "record_id": originals["id"][made.row].as_py(),
        "stage": "augmented",
        "reason": outcome.reason,
        "detail": f"{made.augmenter}: {outcome.detail}",
        "quarantined": True,
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
