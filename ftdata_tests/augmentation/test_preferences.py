from __future__ import annotations

from typing import Any

import pytest

from ftdata import tables
from ftdata.augmentation.augment import augment_partition
from ftdata.augmentation.augmenter import Parent
from ftdata.augmentation.degrading import DEGRADATIONS
from ftdata.augmentation.preferences import pair_replies, without_attempts
from ftdata.settings_augmentation import DEFAULT_WEIGHTS, Augmentation
from ftdata_tests.augmentation.formatted import formatted_row, turn

ASKED = "How do I open the old garden gate?"
REPLY = "You turn the key to the left and pull the door towards you until it gives way."
WORSE = "No idea."
PAIRS = Augmentation(
    augmenters={**dict.fromkeys(DEFAULT_WEIGHTS, 0), "preferences": 1},
    max_share=0.9,
    max_stratum_share=0.9,
)


def count_words(texts: Any) -> list[int]:
    return [len(text.split()) for text in texts]


def augmented(rows: list[dict[str, Any]], **options: Any) -> tables.StageResult:
    return augment_partition(tables.from_rows("formatted", rows), PAIRS, count_words, **options)


def row(name: str, **fields: Any) -> dict[str, Any]:
    return formatted_row(name, ASKED, **{"messages": turn(ASKED, REPLY), **fields})


def test_the_worse_reply_of_the_log_is_rejected() -> None:
    parent, pair = augmented([row("e0", worse_reply=WORSE)]).table.to_pylist()
    assert parent["rejected"] is None
    assert (pair["parent_id"], pair["provenance"]) == ("e0", "preferences/rules")
    assert pair["messages"] == parent["messages"]
    assert pair["rejected"] == WORSE
    assert dict(pair["tags"])["pair"] == "log"
    assert "worse_reply" not in pair


def test_where_the_log_has_none_rules_make_the_reply_worse() -> None:
    _, *pairs = augmented([row("e0")]).table.to_pylist()
    kinds = {dict(pair["tags"])["pair"] for pair in pairs}
    assert kinds
    assert kinds <= DEGRADATIONS.keys()
    rejected = [pair["rejected"] for pair in pairs]
    assert len({*rejected, REPLY}) == len(rejected) + 1
    assert all(pair["messages"] == turn(ASKED, REPLY) for pair in pairs)


def test_pairs_of_the_log_come_first() -> None:
    rows = [row(f"e{i}", conversation_id=f"c{i}", position=i) for i in range(30)]
    rows[17]["worse_reply"] = WORSE
    options = PAIRS.model_copy(update={"max_share": 0.04})
    result = augment_partition(tables.from_rows("formatted", rows), options, count_words)
    assert [one for one in result.table.column("rejected").to_pylist() if one] == [WORSE]


@pytest.mark.parametrize(
    "fields",
    [
        {"messages": turn(ASKED, REPLY, weight=0), "worse_reply": WORSE},
        {"tags": [("language", "de")]},
        {"messages": turn(ASKED, REPLY.removesuffix(" way."))},
    ],
    ids=["not trained", "not English", "breaks off"],
)
def test_no_pair_where_the_reply_is_not_to_be_chosen(fields: dict[str, Any]) -> None:
    assert augmented([row("e0", **fields)]).facts["derived"] == 0


def test_a_pair_of_the_log_may_be_in_any_language() -> None:
    assert (
        augmented([row("e0", tags=[("language", "de")], worse_reply=WORSE)]).facts["derived"] == 1
    )


def test_both_replies_of_a_pair_fit_the_token_limit() -> None:
    long = row("e0", worse_reply="word " * 100)
    assert augmented([long], max_tokens=100).facts["derived"] == 0
    assert augmented([long], max_tokens=200).facts["derived"] == 1


def test_a_rejected_attempt_is_no_part_of_its_own_prompt() -> None:
    again = [*turn("Hi", "Hello!"), *turn(ASKED, WORSE, 0), *turn(ASKED.lower(), REPLY)]
    _, pair = augmented([row("e0", messages=again, worse_reply=WORSE)]).table.to_pylist()
    assert pair["messages"] == [*turn("Hi", "Hello!"), *turn(ASKED.lower(), REPLY)]
    assert without_attempts(again[:4]) == again[:4]


def test_the_seed_decides() -> None:
    parent = Parent(turn(ASKED, REPLY), {})
    made = [pair_replies(parent, seed, PAIRS) for seed in range(30)]
    assert made == [pair_replies(parent, seed, PAIRS) for seed in range(30)]
    assert len({variant.tags["pair"] for variant in made if variant}) > 2
