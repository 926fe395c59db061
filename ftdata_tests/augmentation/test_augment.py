from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata import tables
from ftdata.augmentation import AUGMENTERS
from ftdata.augmentation.augment import augment_partition
from ftdata.augmentation.facts import keeps_facts
from ftdata.settings_augmentation import DEFAULT_WEIGHTS, Augmentation, AugmenterName
from ftdata.storage import parquet_bytes
from ftdata_tests.augmentation.formatted import formatted_row, formatted_table, message

REQUESTS = [f"Tell me when shop number {i} opens." for i in range(20)]
PARAPHRASES = {**dict.fromkeys(DEFAULT_WEIGHTS, 0), "paraphrase": 1}


def only_paraphrases(max_share: float, **options: Any) -> Augmentation:
    return Augmentation(max_share=max_share, augmenters=PARAPHRASES, **options)


HALF = only_paraphrases(0.5)


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def augmented(table: pa.Table, options: Augmentation = HALF) -> tables.StageResult:
    return augment_partition(table, options, count_words)


def test_a_variant_follows_its_parent_and_says_where_it_comes_from() -> None:
    row = formatted_row("e0", "Tell me when the shop opens.", position=7)
    parent, variant = augmented(tables.from_rows("formatted", [row])).table.to_pylist()
    assert parent == {**row, "tools": None, "scores": None, "rejected": None}
    prompt = variant["messages"][0]["content"]
    assert keeps_facts("Tell me when the shop opens.", prompt) is None
    words = len(prompt.split())
    assert variant == {
        **parent,
        "id": variant["id"],
        "variant": 1,
        "parent_id": "e0",
        "provenance": "paraphrase/rules",
        "messages": [message("user", prompt), parent["messages"][1]],
        "tokens": 3 + (4 + words) + (4 + 2),
        "trained_tokens": 2,
        "tags": [
            ("category", "hours"),
            ("generator", "rules"),
            ("style", dict(variant["tags"])["style"]),
            ("turns", "1"),
        ],
        "tag_origins": [
            ("category", "log"),
            ("generator", "generator"),
            ("style", "generator"),
            ("turns", "rules"),
        ],
    }
    assert len(variant["id"]) == 16
    assert int(variant["id"], 16) >= 0


def test_facts_count_originals_and_derived_on_both_sides() -> None:
    result = augmented(formatted_table(REQUESTS), only_paraphrases(0.2))
    assert result.facts == {"originals": 20, "derived": 5, "derived_by": {"paraphrase": 5}}
    assert result.rows_in == result.rows_out == result.table.num_rows == 25
    assert result.drops.num_rows == 0


@pytest.mark.parametrize(
    ("max_share", "originals", "derived"),
    [(0.1, 9, 1), (0.1, 8, 0), (0.1, 18, 2), (0.0, 20, 0), (0.3, 7, 3), (0.5, 3, 3)],
)
def test_the_share_is_reached_and_never_passed(
    max_share: float, originals: int, derived: int
) -> None:
    result = augmented(
        formatted_table(REQUESTS[:originals]),
        only_paraphrases(max_share),
    )
    assert result.facts["derived"] == derived


def test_switched_off_only_the_originals_pass() -> None:
    table = formatted_table(REQUESTS)
    result = augmented(
        table, Augmentation(augmenters=dict.fromkeys(DEFAULT_WEIGHTS, 0), max_share=0.5)
    )
    assert result.table.drop_columns("rejected").equals(table.drop_columns("worse_reply"))
    assert result.facts == {"originals": 20, "derived": 0, "derived_by": {}}


def test_an_empty_partition_stays_empty() -> None:
    result = augmented(tables.empty("formatted"))
    assert result.table.num_rows == 0
    assert result.table.schema == tables.schema("augmented")


def test_another_seed_chooses_other_parents() -> None:
    chosen = [
        augmented(
            formatted_table(REQUESTS),
            only_paraphrases(0.2, seed=seed),
        ).table
        for seed in (0, 1)
    ]
    first, second = (set(table.column("parent_id").to_pylist()) for table in chosen)
    assert first != second


def test_variants_of_one_parent_differ() -> None:
    table = augmented(
        formatted_table(REQUESTS[:5]),
        only_paraphrases(0.7, max_stratum_share=0.9),
    ).table
    rows = table.to_pylist()
    prompts = [row["messages"][0]["content"] for row in rows]
    assert len(set(prompts)) == len(prompts) > 10
    assert len({row["id"] for row in rows}) == len(rows)
    for i in range(5):
        numbers = [row["variant"] for row in rows if row["position"] == i]
        assert numbers == list(range(len(numbers)))


def test_no_variant_passes_the_token_limit() -> None:
    table = formatted_table(REQUESTS)
    lengths = augmented(table).table.column("tokens").to_pylist()
    limit = min(lengths[1::2])
    result = augment_partition(table, HALF, count_words, max_tokens=limit)
    derived = [row for row in result.table.to_pylist() if row["variant"]]
    assert 0 < len(derived) < 20
    assert all(row["tokens"] <= limit for row in derived)


PROMPTS = st.lists(
    st.sampled_from(
        [
            "Tell me when the shop opens.",
            "Hi! Can you tell me where it is?",
            "I want to book a table for 2.",
            "Thanks so much for the help!",
            "ok",
            "¿Dónde está la tienda de Ana?",
            "def f(x): return x",
            "",
        ]
    ),
    max_size=12,
)
BY_RULES = {one.name: 1 for one in AUGMENTERS if one.by_rules}


def some_options(*augmenters: dict[AugmenterName, int]) -> st.SearchStrategy[Augmentation]:
    return st.builds(
        Augmentation,
        max_share=st.sampled_from([0.0, 0.1, 0.5, 0.9]),
        seed=st.integers(0, 9),
        aim=st.sampled_from(["even", "weak"]),
        augmenters=st.sampled_from(augmenters),
    )


@settings(deadline=None, max_examples=50)
@given(PROMPTS, some_options(PARAPHRASES, BY_RULES), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    prompts: list[str], options: Augmentation, random: Random
) -> None:
    table = formatted_table(prompts)
    order = list(range(len(prompts)))
    random.shuffle(order)
    turned = table.take(pa.array(order, pa.int64()))
    assert parquet_bytes(augmented(table, options).table) == parquet_bytes(
        augmented(turned, options).table
    )


@settings(deadline=None)
@given(PROMPTS, some_options(PARAPHRASES))
def test_originals_pass_and_variants_keep_facts_share_and_weights(
    prompts: list[str], options: Augmentation
) -> None:
    table = formatted_table(prompts)
    result = augmented(table, options)
    rows = result.table.to_pylist()
    plain = table.drop_columns("worse_reply").to_pylist()
    originals = [{**row, "rejected": None} for row in plain]
    assert [row for row in rows if row["variant"] == 0] == originals
    derived = [row for row in rows if row["variant"]]
    assert len(derived) <= options.max_share * len(rows) + 1e-9
    parents = {row["id"]: row for row in rows if row["variant"] == 0}
    for row in derived:
        parent = parents[row["parent_id"]]
        assert keeps_facts(parent["messages"][0]["content"], row["messages"][0]["content"]) is None
        assert [m["weight"] for m in row["messages"]] == [None, 1]
        assert row["tokens"] >= row["trained_tokens"]
        assert dict(parent["tags"]).items() <= dict(row["tags"]).items()


def test_names_are_distinct() -> None:
    names = [augmenter.name for augmenter in AUGMENTERS]
    assert len(set(names)) == len(names)
