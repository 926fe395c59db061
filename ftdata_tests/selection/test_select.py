"""Which examples of train stay."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.selection.select import COLUMNS, Selected, select_examples
from ftdata.settings_selection import Caps, Selection
from ftdata.tables import schema


def table(rows: list[dict[str, Any]]) -> pa.Table:
    plain = {"source": "web", "tags": [], "scores": None, "words": [], "dedup_vector": None}
    stage = schema("validated_splits")
    filled = [{**plain, **row} for row in rows]
    fields = pa.schema([stage.field(name).with_nullable(True) for name in COLUMNS])
    return pa.Table.from_pylist(filled, schema=fields)


def example(name: str, category: str = "a", quality: float = 0.5, **values: Any) -> dict[str, Any]:
    scored = [("quality", quality)]
    return {"id": name, "tags": [("category", category)], "scores": scored, **values}


def reasons(found: Selected) -> dict[str, int]:
    return dict(Counter(one.reason for one in found.left_out))


DRAWN = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.sampled_from(["web", "app"]), st.floats(0, 1),
        st.lists(st.integers(0, 30), max_size=8),
    ),
    min_size=1, max_size=40,
)  # fmt: skip
OPTIONS = st.sampled_from(
    [
        Selection(weights={"category=a": 0.5, "source=app": 0.3}),
        Selection(caps=Caps(max_examples=4)),
        Selection(caps=Caps(by=("category", "source"), max_share=0.4)),
        Selection(mixture={"app": 0.2}),
        Selection(target_size=7),
        Selection(target_size=5, method="k_center", caps=Caps(max_ratio=1.5)),
        Selection(weights={"category=b": 0}, caps=Caps(max_examples=9), mixture={"web": 0.5}),
    ]
)


def drawn_table(drawn: list[tuple[str, str, float, list[int]]]) -> pa.Table:
    return table(
        [
            example(f"e{at}", category, quality, source=source, words=sorted(set(words)))
            for at, (category, source, quality, words) in enumerate(drawn)
        ]
    )


@settings(max_examples=60)
@given(DRAWN, OPTIONS)
def test_every_row_stays_or_has_one_reason_and_counts_agree(drawn, options):
    found = select_examples(drawn_table(drawn), options)
    rows = [one.row for one in found.left_out]
    assert len(rows) == len(set(rows))
    before = len(drawn)
    for rule in found.rules:
        assert rule.before == before
        before = rule.after
    assert before == len(drawn) - len(rows)
    if options.target_size:
        assert before <= options.target_size


@settings(max_examples=40)
@given(DRAWN, st.integers(1, 9))
def test_a_cap_holds_and_holds_again(drawn, most):
    options = Selection(caps=Caps(max_examples=most))
    given_table = drawn_table(drawn)
    gone = {one.row for one in select_examples(given_table, options).left_out}
    kept = given_table.take(pa.array([row for row in range(len(drawn)) if row not in gone]))
    assert not select_examples(kept, options).left_out
    sizes = Counter(category for category, *_ in drawn)
    left = Counter(dict(tags)["category"] for tags in kept["tags"].to_pylist())
    assert left == {name: min(size, most) for name, size in sizes.items()}


@settings(max_examples=40)
@given(DRAWN, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_decides_nothing_in_strata(drawn, random):
    options = Selection(caps=Caps(max_share=0.5), weights={"category=a": 0.7})
    rows = drawn_table(drawn)
    order = list(range(len(drawn)))
    random.shuffle(order)
    moved = rows.take(pa.array(order))

    def gone(of: pa.Table) -> set[str]:
        left_out = select_examples(of, options).left_out
        return {of["id"][one.row].as_py() for one in left_out}

    assert gone(rows) == gone(moved)


def test_the_best_stay_and_what_leaves_says_why():
    rows = [example(f"e{n}", quality=n / 10) for n in range(4)] + [example("other", "b")]
    found = select_examples(table(rows), Selection(caps=Caps(max_examples=2)))
    assert [(one.row, one.reason) for one in found.left_out] == [(0, "over_cap"), (1, "over_cap")]
    assert found.left_out[0].detail == "category=a: 4 of 4, 2 stay"
    (rule,) = found.rules
    assert (rule.rule, rule.before, rule.after) == ("caps", 5, 3)
    assert rule.by == {"category=a": (4, 2)}


def test_rules_take_what_the_one_before_left():
    rows = [example(f"a{n}") for n in range(8)] + [example(f"b{n}", "b") for n in range(4)]
    options = Selection(weights={"category=a": 0.5}, caps=Caps(max_examples=3), target_size=5)
    found = select_examples(table(rows), options)
    assert reasons(found) == {"weighted_down": 4, "over_cap": 2, "less_diverse": 1}
    assert [(rule.before, rule.after) for rule in found.rules] == [(12, 8), (8, 6), (6, 5)]


def test_a_weight_of_nothing_is_told():
    found = select_examples(table([example("e")]), Selection(weights={"category=zoo": 0.5}))
    assert found.left_out == []
    assert found.rules[0].note == "no example of train has category=zoo"


def test_a_weight_beside_a_smaller_one_is_no_weight_of_nothing():
    weights = {"category=a": 0.5, "source=web": 0.9}
    found = select_examples(table([example("e"), example("f")]), Selection(weights=weights))
    assert reasons(found) == {"weighted_down": 1}
    assert found.rules[0].note == ""


def test_strata_by_a_tag_that_nothing_has_are_told():
    options = Selection(caps=Caps(by=("categori",), max_examples=1))
    found = select_examples(table([example("e"), example("f")]), options)
    assert found.rules[0].note == "no example of train has categori"


def test_braces_in_a_tag_are_told_as_they_are():
    rows = [example("e", "{x}", 1), example("f", "{x}", 0)]
    found = select_examples(table(rows), Selection(caps=Caps(max_examples=1)))
    assert [one.detail for one in found.left_out] == ["category={x}: 2 of 2, 1 stay"]


def test_what_is_less_diverse_names_what_it_is_like():
    rows = [example(f"e{n}", words=[1, 2, 3, 4, 5 + n // 5], quality=1 - n / 9) for n in range(6)]
    rows += [example("far", words=[90, 91, 92, 93])]
    rows += [example(f"x{n}", words=[200 + 9 * n + k for k in range(5)]) for n in range(30)]
    found = select_examples(table(rows), Selection(target_size=32))
    details = {one.row: one.detail for one in found.left_out}
    assert set(details) <= set(range(6))
    assert all(detail.startswith("like e") for detail in details.values())


def test_embeddings_that_were_not_made_are_an_error():
    options = Selection(target_size=1, vectors="embeddings")
    with pytest.raises(ValueError, match="an example has none"):
        select_examples(table([example("e"), example("f")]), options)
