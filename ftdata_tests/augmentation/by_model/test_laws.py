"""What holds for every augmenter that asks a model."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.augmentation import AUGMENTERS
from ftdata.augmentation.augmenter import ByModel, Parent
from ftdata.augmentation.back_translation import BACK_TRANSLATION
from ftdata.augmentation.by_model.difficulty import DIFFICULTY_BY_MODEL
from ftdata.augmentation.by_model.multi_turn import MULTI_TURN_BY_MODEL
from ftdata.augmentation.by_model.negatives import NEGATIVES_BY_MODEL
from ftdata.augmentation.by_model.paraphrase import PARAPHRASE_BY_MODEL
from ftdata.augmentation.by_model.preferences import PREFERENCES_BY_MODEL
from ftdata.augmentation.by_model.synonyms import SYNONYMS_BY_MODEL
from ftdata.augmentation.reasoning import REASONING
from ftdata.prompt_files import prompt_versions
from ftdata.settings_augmentation import Augmentation
from ftdata_tests.augmentation.by_model.given import (
    CONVERSATION,
    OPTIONS,
    PARENT,
    PROMPT,
    TAGS,
    TOOLS,
    UNTRAINED,
    by_model_of,
    request_of,
    saying,
)
from ftdata_tests.augmentation.formatted import message, turn

REWRITE = {
    "paraphrase": PARAPHRASE_BY_MODEL,
    "synonyms": SYNONYMS_BY_MODEL,
    "back_translation": by_model_of(BACK_TRANSLATION),
}
GO_ON = {
    "difficulty": DIFFICULTY_BY_MODEL,
    "multi_turn": MULTI_TURN_BY_MODEL,
    "negatives": NEGATIVES_BY_MODEL,
    "preferences": PREFERENCES_BY_MODEL,
    "reasoning": by_model_of(REASONING),
}
ALL = [pytest.param(by_model, id=name) for name, by_model in {**REWRITE, **GO_ON}.items()]
SEEDS = st.integers(0, 2**64 - 1)


@pytest.mark.parametrize("by_model", ALL)
@given(seed=SEEDS)
def test_a_request_holds_the_material_and_nothing_else_of_the_record(
    by_model: ByModel, seed: int
) -> None:
    request = request_of(by_model, seed)
    assert PROMPT in request.user
    assert request.answer_like
    assert request == request_of(by_model, seed)
    sent = request.system + request.user
    assert TAGS["category"] not in sent
    assert TAGS["model"] not in sent
    assert "${" not in sent


@pytest.mark.parametrize("by_model", [pytest.param(one, id=name) for name, one in REWRITE.items()])
def test_who_rewrites_a_prompt_sees_no_other_message(by_model: ByModel) -> None:
    request = request_of(by_model)
    others = [one["content"] for one in CONVERSATION if one["content"] != PROMPT]
    assert not [text for text in others if text in request.user]


@pytest.mark.parametrize("by_model", ALL)
def test_what_looks_like_a_place_of_the_prompt_is_text(by_model: ByModel) -> None:
    prompt = "Explain to me what ${message} and $x mean in a shell, for $5."
    assert prompt in request_of(by_model, parent=saying(prompt)).user


@pytest.mark.parametrize("by_model", ALL)
@pytest.mark.parametrize(
    "messages",
    [
        UNTRAINED.messages[2:],
        turn("Odeon", "Which?"),
        turn("Tell me all about it. " * 1000),
        [message("user", PROMPT)],
        [],
    ],
    ids=["untrained", "short", "too long", "no reply", "empty"],
)
def test_there_are_examples_that_no_model_is_asked_about(
    by_model: ByModel, messages: list[dict[str, object]]
) -> None:
    if by_model is NEGATIVES_BY_MODEL and len(messages) == 2 and messages[0]["content"] == "Odeon":
        return  # any conversation can be followed by what is to be declined
    assert by_model.request(Parent(messages, TAGS), 0, OPTIONS) is None


@pytest.mark.parametrize("by_model", [pytest.param(one, id=name) for name, one in GO_ON.items()])
@pytest.mark.parametrize("parent", [TOOLS, UNTRAINED])
def test_no_model_goes_on_where_tools_are_called_or_the_last_reply_is_not_trained_on(
    by_model: ByModel, parent: Parent
) -> None:
    assert [by_model.request(parent, seed, OPTIONS) for seed in range(9)] == [None] * 9


def test_every_prompt_file_is_asked_from() -> None:
    parents = [PARENT, saying(PROMPT)]
    asked = {
        request.prompt_version
        for by_model in (*REWRITE.values(), *GO_ON.values())
        for parent in parents
        for seed in range(60)
        if (request := by_model.request(parent, seed, OPTIONS))
    }
    assert asked == set(prompt_versions("augmentation"))
    assert all(re.fullmatch(r"\w+ \d+ [0-9a-f]{12}", version) for version in asked)


def test_an_augmenter_is_made_by_rules_or_by_a_model() -> None:
    assert all(one.by_rules or one.by_model for one in AUGMENTERS)
    needing = {one.name for one in AUGMENTERS if one.by_rules is None}
    weights = dict.fromkeys(needing, 1)
    with pytest.raises(ValueError, match="writer: model"):
        Augmentation.model_validate({"augmenters": weights})
