"""The stage with a model: who is asked, what is kept, what is quarantined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from ftdata import tables
from ftdata.augmentation.augment import augment_partition
from ftdata.augmentation.augmenter import Augmenter, ByModel, Variant
from ftdata.augmentation.back_translation import BackTranslation
from ftdata.augmentation.by_model.rewriting import Message
from ftdata.augmentation.making import Maker
from ftdata.augmentation.reasoning import Reasoning
from ftdata.chat import Asked, ChatRequest, Refused
from ftdata.errors import ProviderError
from ftdata.settings_augmentation import DEFAULT_WEIGHTS, Augmentation, AugmenterName
from ftdata.storage import parquet_bytes
from ftdata.tables import StageResult
from ftdata_tests.augmentation.formatted import formatted_row, formatted_table
from ftdata_tests.fake_model import FakeModel

REQUESTS = [f"Tell me when shop number {i} opens, please." for i in range(20)]


def options(weights: dict[AugmenterName, float], **others: float) -> Augmentation:
    every = {**dict.fromkeys(DEFAULT_WEIGHTS, 0), **weights}
    return Augmentation.model_validate({"writer": "model", "augmenters": every, **others})


SHARES = {"max_share": 0.7, "max_stratum_share": 0.7}
THREE = options({"paraphrase": 2, "back_translation": 1, "reasoning": 1}, max_share=0.4)


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def number_in(request: ChatRequest) -> str:
    return request.user.partition("number ")[2].partition(" ")[0]


def write(request: ChatRequest) -> Asked | Refused:
    """A good answer to each; a few are refused, or lose their number."""
    number = number_in(request)
    if request.form is Reasoning:
        return Reasoning(follows=True, steps=["Shops open early.", "So does this one."])
    if number == "7":
        return Refused("model_refused", "the model declined", None)
    kept = "zero" if number == "3" else number
    manner = request.user.partition("Manner: ")[2][:7]
    text = f"When does shop number {kept} open?"
    if manner == "longer:":
        text = f"I should very much like to know when it is that shop number {kept} opens."
    if request.form is BackTranslation:
        return BackTranslation(translation=f"Wann öffnet Laden {kept}?", back_translation=text)
    return Message(message=text)


def augmented(model: FakeModel, chosen: Augmentation = THREE) -> StageResult:
    return augment_partition(formatted_table(REQUESTS), chosen, count_words, model=model)


def test_shares_are_kept_and_each_variant_is_one_request() -> None:
    model = FakeModel(write)
    result = augmented(model)
    assert len(model.sent) == 13 == result.facts["derived"] + result.drops.num_rows
    asked = Counter(request.prompt_version.split()[0] for request in model.sent)
    assert asked == {"paraphrase": 7, "back_translation": 3, "reasoning": 3}
    assert result.rows_in == result.rows_out + result.drops.num_rows
    derived = [row for row in result.table.to_pylist() if row["variant"]]
    assert {row["provenance"].partition("/")[2] for row in derived} == {"writer-1"}
    assert {dict(row["tags"])["generator"] for row in derived} == {"writer-1"}
    assert result.facts["derived_by"] == dict(
        sorted(Counter(row["provenance"].partition("/")[0] for row in derived).items())
    )


def test_what_was_not_written_is_quarantined_under_its_parent() -> None:
    chosen = options({"paraphrase": 1}, max_share=0.5)
    result = augmented(FakeModel(write), chosen)
    drops = {drop["record_id"]: drop for drop in result.drops.to_pylist()}
    assert drops.keys() == {"e3", "e7"}
    assert (drops["e3"]["reason"], drops["e3"]["detail"]) == ("fact_lost", "paraphrase: numbers")
    assert drops["e7"]["reason"] == "model_refused"
    assert drops["e7"]["detail"] == "paraphrase: the model declined"
    assert all(drop["quarantined"] and drop["stage"] == "augmented" for drop in drops.values())
    assert result.facts["derived"] == 18


def test_personal_data_is_neither_sent_to_a_model_nor_taken_from_one() -> None:
    model = FakeModel(write)

    def redact(text: str) -> str:
        return text.replace("number 4 ", "[SECRET] ").replace("Shops open early", "[PERSON]")

    chosen = options({"paraphrase": 1, "reasoning": 1}, max_share=0.5)
    result = augment_partition(
        formatted_table(REQUESTS), chosen, count_words, model=model, redact=redact
    )
    assert "4" not in map(number_in, model.sent)
    told = [drop["detail"] for drop in result.drops.to_pylist()]
    assert told.count("reasoning: holds what would be redacted") > 5
    assert "reasoning" not in result.facts["derived_by"]
    assert result.facts["derived_by"]["paraphrase"] > 5
    assert result.rows_in == result.rows_out + result.drops.num_rows


def test_the_same_answers_give_the_same_bytes_in_any_order_of_rows() -> None:
    table = formatted_table(REQUESTS)
    turned = table.take(list(range(len(REQUESTS)))[::-1])
    first, second = (
        augment_partition(one, THREE, count_words, model=FakeModel(write))
        for one in (table, turned)
    )
    assert parquet_bytes(first.table) == parquet_bytes(second.table)
    assert parquet_bytes(first.drops) == parquet_bytes(second.drops)


def test_of_a_reply_that_may_comply_with_harm_there_is_no_variant() -> None:
    rows = [
        formatted_row("complies", "Tell me how I steal the car of my boss."),
        formatted_row("declines", "Tell me how I steal a car.", tags=[("refusal", "decline")]),
        formatted_row("harmless", "Tell me how I sell a car."),
    ]
    table = tables.from_rows("formatted", rows)
    model = FakeModel(write)
    chosen = options({"paraphrase": 1, "reasoning": 1}, **SHARES)
    augment_partition(table, chosen, count_words, model=model)
    assert [request for request in model.sent if "boss" in request.user] == []
    by_rules = {"writer": "rules", "augmenters": {"reasoning": 0, "paraphrase": 1}, **SHARES}
    made = augment_partition(table, Augmentation.model_validate(by_rules), count_words).table
    assert set(made.column("parent_id").to_pylist()) == {None, "declines", "harmless"}


def test_one_parent_is_never_asked_the_same_twice() -> None:
    chosen = options({"reasoning": 1}, max_share=0.75, max_stratum_share=0.75)
    model = FakeModel(write)
    result = augmented(model, chosen)
    assert len(model.sent) == len(set(model.sent)) == 20
    assert result.facts["derived"] == 20
    assert result.drops.num_rows == 0


def test_where_there_is_nothing_to_ask_rules_derive() -> None:
    table = formatted_table(REQUESTS[:3])
    augmenter = Augmenter(
        "synonyms",
        by_rules=lambda parent, *_: Variant(list(parent.messages), rejected="At some time."),
        by_model=ByModel(lambda *_: None, lambda *_: Variant([])),
    )
    model = FakeModel(write)
    chosen = options({"synonyms": 1}, max_share=0.5)
    made = Maker(table, [augmenter], chosen, lambda _: False, model).make()
    assert model.sent == []
    assert [one.generator for one in made] == ["rules"] * 3


def test_a_variant_that_is_too_long_is_quarantined() -> None:
    chosen = options({"reasoning": 1}, max_share=0.5)
    result = augment_partition(
        formatted_table(REQUESTS[:2]), chosen, count_words, max_tokens=24, model=FakeModel(write)
    )
    assert result.facts["derived"] == 0
    assert set(result.drops.column("detail").to_pylist()) == {
        "reasoning: longer than formatting.max_tokens"
    }


def test_a_provider_that_fails_stops_the_stage() -> None:
    def fail(_: ChatRequest) -> Asked:
        raise ProviderError("out of reach")

    with pytest.raises(ProviderError, match="out of reach"):
        augmented(FakeModel(fail))
