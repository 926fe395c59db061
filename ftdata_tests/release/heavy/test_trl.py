"""TRL trains on our files: row counts, rendered text and what the loss covers are as told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ftdata import jsonl
from ftdata.release.examples import Example
from ftdata.release.exports import EXPORTERS
from ftdata.release.recipes import RECIPES
from ftdata_tests.release.exports.conversations import FIRST_IS_BAD
from ftdata_tests.release.heavy.tiny import (
    CALLS,
    EXAMPLES,
    learnt,
    model,
    rendered,
    spans,
    tokenizer,
    write,
)
from ftdata_tests.release.recipes.given import fit, read

pytestmark = pytest.mark.filterwarnings("default")
PLAIN = [one for one in EXAMPLES if one is not FIRST_IS_BAD]
WANTED = {"report_to": "none", "use_cpu": True, "bf16": False, "max_steps": 1, "logging_steps": 1}


@pytest.fixture
def trl() -> Any:
    return pytest.importorskip("trl", reason="the extra `validators` is not installed")


def loaded(path: Path) -> Any:
    from datasets import load_dataset

    return load_dataset("json", data_files=str(path), split="train", cache_dir=str(path.parent))


def same(text: str, expected: str) -> bool:
    """TRL leaves out what the template puts after the last mark of an end."""
    return text.removesuffix("\n") == expected.removesuffix("\n")


def pairs_of(examples: list[Example]) -> list[Example]:
    return [one._replace(rejected="Something else.") for one in examples]


def trained(trl: Any, path: Path, **options: Any) -> tuple[Any, Any]:
    words = tokenizer()
    config = trl.SFTConfig(output_dir=str(path.parent), max_length=None, **WANTED, **options)
    trainer = trl.SFTTrainer(
        model(words), args=config, train_dataset=loaded(path), processing_class=words
    )
    assert trainer.train().training_loss > 0
    return words, trainer.train_dataset


@pytest.mark.parametrize("name", ["trl", "unsloth", "nemo"])
def test_messages_are_rendered_as_they_were_said(trl: Any, tmp_path: Path, name: str) -> None:
    examples = [*PLAIN, *CALLS]
    words, rows = trained(trl, write(tmp_path, name, examples), assistant_only_loss=True)
    assert len(rows) == len(examples)
    for row, one in zip(rows, examples, strict=True):
        assert same(words.decode(row["input_ids"]), rendered(one.messages, one.tools))
        on = [label != -100 for label in row["labels"]]
        assert spans(words, row["input_ids"], on) == learnt(one.messages)


def test_without_the_recipes_setting_every_token_is_learnt(trl: Any, tmp_path: Path) -> None:
    words, rows = trained(trl, write(tmp_path, "trl", PLAIN[:1]))
    row = rows[0]
    assert "labels" not in row or -100 not in row["labels"]
    assert words.decode(row["input_ids"]).startswith("<|im_start|>user")


def test_completions_alone_are_learnt(trl: Any, tmp_path: Path) -> None:
    examples = [*EXAMPLES, *CALLS]
    path = write(tmp_path, "trl_prompt_completion", examples)
    words, rows = trained(trl, path, completion_only_loss=True)
    told = [
        (one, place)
        for one in examples
        for place, message in enumerate(one.messages)
        if message.is_trained
    ]
    assert len(rows) == len(told)
    for row, (one, place) in zip(rows, told, strict=True):
        text = words.decode(row["input_ids"])
        assert same(text, rendered(one.messages[: place + 1], one.tools))
        on = [label != -100 for label in row["labels"]]
        (said,) = spans(words, row["input_ids"], on)
        assert same(said, learnt(one.messages[place : place + 1])[0])


def test_dpo_takes_every_pair(trl: Any, tmp_path: Path) -> None:
    examples = pairs_of([*PLAIN, *CALLS])
    path = write(tmp_path, "trl_preference", examples)
    words = tokenizer()
    config = trl.DPOConfig(output_dir=str(tmp_path), max_length=None, **WANTED)
    trainer = trl.DPOTrainer(
        model(words), model(words), args=config, train_dataset=loaded(path), processing_class=words
    )
    trainer.train()
    rows = trainer.train_dataset
    assert len(rows) == len(examples)
    for row, one in zip(rows, examples, strict=True):
        prompt, chosen = words.decode(row["prompt_ids"]), words.decode(row["chosen_ids"])
        assert same(prompt + chosen, rendered(one.messages, one.tools))
        assert words.decode(row["rejected_ids"]).startswith("Something else.<|im_end|>")


def test_kto_takes_two_rows_of_a_pair(trl: Any, tmp_path: Path) -> None:
    examples = pairs_of([*PLAIN, *CALLS])
    path = write(tmp_path, "trl_unpaired", examples)
    words = tokenizer()
    config = trl.KTOConfig(output_dir=str(tmp_path), max_length=None, **WANTED)
    trainer = trl.KTOTrainer(
        model(words), model(words), args=config, train_dataset=loaded(path), processing_class=words
    )
    trainer.train()
    rows = trainer.train_dataset
    assert len(rows) == 2 * len(examples)
    assert [row["label"] for row in rows] == [True, False] * len(examples)
    for row, one in zip(rows, [one for one in examples for _ in range(2)], strict=True):
        if row["label"]:
            text = words.decode(row["prompt_ids"]) + words.decode(row["completion_ids"])
            assert same(text, rendered(one.messages, one.tools))


def test_a_wrong_role_is_taken_there_and_found_here(trl: Any, tmp_path: Path) -> None:
    wrong = {
        "messages": [{"role": "human", "content": "Hi"}, {"role": "assistant", "content": "Hello."}]
    }
    path = tmp_path / "train.jsonl"
    path.write_bytes(jsonl.dumps(wrong) + b"\n")
    words, rows = trained(trl, path, assistant_only_loss=True)
    assert "human" in words.decode(rows[0]["input_ids"])
    assert [problem.rule for problem in EXPORTERS["trl"].problems(wrong)] == ["unknown_role"]


@pytest.mark.parametrize(
    ("name", "config"),
    [
        ("trl", "SFTConfig"),
        ("trl_prompt_completion", "SFTConfig"),
        ("trl_preference", "DPOConfig"),
        ("trl_unpaired", "KTOConfig"),
    ],
)
def test_its_own_parser_takes_the_recipe(trl: Any, tmp_path: Path, name: str, config: str) -> None:
    (content,) = RECIPES[name].files(fit(name)).values()
    path = tmp_path / "recipe.yaml"
    path.write_bytes(content)
    parser = trl.TrlParser((trl.ScriptArguments, getattr(trl, config), trl.ModelConfig))
    script, training, model_args = parser.parse_args_and_config(
        ["--config", str(path), "--bf16", "false", "--use_cpu", "true"]
    )
    settings = read(name)
    assert script.dataset_name == settings["dataset_name"]
    assert training.max_length == settings["max_length"]
    assert model_args.lora_r == settings["lora_r"]


def test_the_folder_of_a_target_loads_as_its_splits(trl: Any, tmp_path: Path) -> None:
    """The recipe names the folder, and the recipe stands in it."""
    from datasets import load_dataset

    for split, examples in (("train", PLAIN), ("validation", PLAIN[:2])):
        path = write(tmp_path, "trl", examples, split)
    (content,) = RECIPES["trl"].files(fit("trl")).values()
    path.with_name("recipe.yaml").write_bytes(content)
    found = load_dataset(str(path.parent), cache_dir=str(tmp_path / "cache"))
    assert {split: len(rows) for split, rows in found.items()} == {
        "train": len(PLAIN),
        "validation": 2,
    }
