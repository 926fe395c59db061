"""Axolotl takes our recipe, renders our rows as told and heeds their weights."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.release.examples import Example
from ftdata.release.exports import EXPORTERS
from ftdata.release.exports.axolotl_preference import axolotl_preference_problems
from ftdata_tests.release.exports.conversations import FIRST_IS_BAD, HELLO
from ftdata_tests.release.heavy.tiny import (
    CALLS,
    END,
    EXAMPLES,
    learnt,
    rendered,
    spans,
    tokenizer,
)
from ftdata_tests.release.recipes.given import read

pytestmark = pytest.mark.filterwarnings("default")
REPLIES = {"role": "assistant", "content": "Something else."}


@pytest.fixture
def strategy() -> Any:
    """What turns a row into tokens, by the recipe's own entry for the dataset."""
    module = pytest.importorskip(
        "axolotl.prompt_strategies.chat_template", reason="Axolotl is not installed"
    )
    from axolotl.utils.dict import DictDefault

    settings = read("axolotl")
    words = tokenizer()
    cfg = DictDefault(settings | {"sequence_len": 8_192, "eot_tokens": None})
    return module.load(words, cfg, DictDefault(settings["datasets"][0]))


@pytest.mark.parametrize("one", [*EXAMPLES, *CALLS])
def test_a_row_is_rendered_as_it_was_said(strategy: Any, one: Example) -> None:
    (row,) = EXPORTERS["axolotl"].rows(one)
    made = strategy.tokenize_prompt(dict(row))  # type: ignore[call-overload]
    words = strategy.tokenizer
    assert words.decode(made["input_ids"]) == rendered(one.messages, one.tools)
    on = [label != -100 for label in made["labels"]]
    assert spans(words, made["input_ids"], on) == learnt(one.messages)


def test_a_reply_of_weight_0_is_not_learnt(strategy: Any) -> None:
    (row,) = EXPORTERS["axolotl"].rows(FIRST_IS_BAD)
    made = strategy.tokenize_prompt(dict(row))  # type: ignore[call-overload]
    text = strategy.tokenizer.decode([label for label in made["labels"] if label != -100])
    assert text == f"Hello.{END}"


def test_a_wrong_role_is_taken_there_and_found_here(strategy: Any) -> None:
    wrong = {
        "messages": [{"role": "robot", "content": "Hi"}, {"role": "assistant", "content": "Hello."}]
    }
    assert strategy.tokenize_prompt(wrong)["input_ids"]
    rules = [problem.rule for problem in EXPORTERS["axolotl"].problems(wrong)]
    assert rules == ["unknown_role"]


@pytest.fixture
def transform() -> Any:
    """What turns a preference row into three texts."""
    module = pytest.importorskip(
        "axolotl.prompt_strategies.dpo.chat_template", reason="Axolotl is not installed"
    )
    from axolotl.utils.dict import DictDefault

    found, _ = module.default(DictDefault(read("axolotl_preference")))
    words = tokenizer()
    return lambda row: found(row, tokenizer=words)


@pytest.mark.parametrize("one", EXAMPLES)
def test_a_pair_becomes_three_texts(transform: Any, one: Example) -> None:
    (row,) = EXPORTERS["axolotl_preference"].rows(one._replace(rejected="Something else."))
    made = transform(row)
    last = one.messages[-1].content or ""
    assert made["prompt"] == rendered(one.messages[:-1]) + "<|im_start|>assistant\n"
    assert made["chosen"] == f"{last}{END}"
    assert made["rejected"] == f"Something else.{END}"


def test_a_reply_that_the_template_holds_is_cut_wrong_there_and_refused_here(
    transform: Any,
) -> None:
    (row,) = EXPORTERS["axolotl_preference"].rows(HELLO._replace(rejected="user"))
    assert transform(row)["rejected"] != f"user{END}"
    rules = [problem.rule for problem in axolotl_preference_problems(row)]
    assert rules == ["reply_in_template"]


@pytest.mark.parametrize("name", ["axolotl", "axolotl_preference"])
def test_its_own_schema_takes_the_recipe(name: str) -> None:
    config = pytest.importorskip("axolotl.utils.schemas.config", reason="Axolotl is not installed")
    settings = read(name)
    known = set(config.AxolotlInputConfig.model_fields)
    assert set(settings) <= known
    made = config.AxolotlInputConfig(**settings)
    for key in ("sequence_len", "num_epochs", "lora_r", "gradient_accumulation_steps"):
        assert getattr(made, key) == settings[key]
