"""Recipes of all trainers: they parse, and say what their rows need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
import yaml
from openai.types.fine_tuning.job_create_params import JobCreateParams
from pydantic import TypeAdapter

from ftdata.release.dataset import write_dataset
from ftdata.release.exports import EXPORTERS
from ftdata.release.read import mismatches
from ftdata.release.recipes import RECIPES
from ftdata.release.recipes.recipe import MODEL
from ftdata.release.recipes.sizing import size
from ftdata.settings_exports import Recipe
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import WEB_1, chat, context, put, row, select_all
from ftdata_tests.release.recipes.given import fit, read

YAML = [name for name in RECIPES if not name.startswith("openai")]
TRL = [name for name in YAML if name.startswith("trl")]
LLAMA_FACTORY = ["alpaca", "sharegpt", "llama_factory", "llama_factory_preference"]
NO_VALIDATION = {"train": 1_000}


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for one in value.values() for key in keys(one)}
    return {key for one in value for key in keys(one)} if isinstance(value, list) else set()


@pytest.mark.parametrize("name", YAML)
def test_every_setting_of_a_recipe_has_a_reason_near(name: str) -> None:
    (content,) = RECIPES[name].files(fit(name)).values()
    text = content.decode()
    assert isinstance(yaml.safe_load(text), dict)
    assert MODEL in text
    settings = sum(line[:1].isalpha() for line in text.splitlines())
    assert sum(block.lstrip().startswith("#") for block in text.split("\n\n")) * 2 >= settings


@pytest.mark.parametrize("name", YAML)
def test_without_validation_rows_nothing_is_evaluated(name: str) -> None:
    found = keys(read(name, rows=NO_VALIDATION))
    assert not found & {"eval_steps", "steps_per_eval", "test_datasets", "eval_dataset"}
    assert keys(read(name)) & {"eval_steps", "steps_per_eval"}


@pytest.mark.parametrize("name", TRL)
def test_trl_loads_the_folder(name: str) -> None:
    settings = read(name)
    assert settings["dataset_name"] == EXPORTERS[name].folder
    assert settings["dataset_test_split"] == "validation"


def test_trl_keeps_the_loss_to_what_is_to_be_said() -> None:
    assert read("trl")["assistant_only_loss"] is True
    assert read("trl_prompt_completion")["completion_only_loss"] is True


def test_trl_tells_of_weights_that_it_does_not_know() -> None:
    plain, lossy = (
        RECIPES["trl"].files(fit("trl", losses=losses))["recipe.yaml"]
        for losses in ({}, {"weights": 7})
    )
    assert b"trl_prompt_completion" not in plain
    assert b"trl_prompt_completion" in lossy


def test_kto_has_two_rows_in_a_batch() -> None:
    assert read("trl_unpaired", rows={"train": 1})["per_device_train_batch_size"] == 2


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("trl", "attn_implementation", "flash_attention_2"),
        ("axolotl", "attn_implementation", "flash_attention_2"),
        ("llama_factory", "neat_packing", True),
    ],
)
def test_packed_examples_do_not_see_each_other(name: str, key: str, value: object) -> None:
    short = size(np.array([10] * 98 + [900] * 2), 10_000, "sft", "o200k")
    level = size(np.array([900] * 100), 100, "sft", "o200k")
    assert read(name, sizing=short)[key] == value
    assert key not in read(name, sizing=level)


def test_axolotl_heeds_weights() -> None:
    (source,) = read("axolotl")["datasets"]
    assert source["message_field_training"] == "weight"
    assert source["path"] == "exports/axolotl/train.jsonl"


@pytest.mark.parametrize("name", LLAMA_FACTORY)
def test_llama_factory_names_the_entries_of_its_dataset_info(name: str) -> None:
    settings = read(name)
    assert settings["dataset"] == "help_2025_train"
    assert settings["eval_dataset"] == "help_2025_validation"
    assert settings["stage"] == ("dpo" if EXPORTERS[name].holds == "pairs" else "sft")


def test_llama_factory_trains_on_the_last_reply_where_some_are_bad() -> None:
    assert read("llama_factory")["mask_history"] is False
    assert read("llama_factory", losses={"weights": 1})["mask_history"] is True


def test_mlx_has_no_batch_larger_than_a_split() -> None:
    assert read("mlx", rows={"train": 1_000, "validation": 2})["batch_size"] == 2


@pytest.mark.parametrize("name", ["openai", "openai_dpo"])
def test_the_job_is_one_that_openais_own_types_take(name: str) -> None:
    files = RECIPES[name].files(fit(name, rows={"train": 1_000, "validation": 100, "test": 90}))
    job = orjson.loads(files["job.json"])
    TypeAdapter(JobCreateParams).validate_python(job, extra="forbid")
    assert ("validation_file" in job) == (b"validation.jsonl" in files["job.md"])
    assert b"test.jsonl" not in files["job.md"]


def test_recipes_stand_beside_the_chosen_targets_and_are_hashed(tmp_path: Path) -> None:
    store = PartitionStore(str(tmp_path))
    rejected = {"rejected": "No.", "parent_id": "web-01-0", "tags": [("pair", "rules")]}
    pair = row(WEB_1, 1, chat("Hi", "Hello."), id="pair", **rejected)
    put(store, WEB_1, [row(WEB_1, 0, chat("Hi", "Hello.")), pair])
    told = context(
        store,
        exports=("trl", "mlx", "trl_preference", "nova"),
        recipe=Recipe(base_model="org/base"),
    )
    release = write_dataset(store, select_all(store), told)
    recipes = sorted(str(path.parent.name) for path in release.folder.rglob("recipe.yaml"))
    assert recipes == ["mlx", "trl", "trl_preference"]
    settings = yaml.safe_load((release.folder / "exports/trl/recipe.yaml").read_text())
    assert settings["model_name_or_path"] == "org/base"
    assert "exports/trl/recipe.yaml" in release.manifest["content"]["outputs"]
    assert not mismatches(release.folder)
