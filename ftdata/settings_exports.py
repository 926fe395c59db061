"""The targets of a dataset, by the names that `dataset.exports` knows, and their options."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ftdata.settings_section import Section

TargetName = Literal[
    "openai",
    "prompt_completion",
    "openai_dpo",
    "trl_preference",
    "trl",
    "trl_prompt_completion",
    "trl_unpaired",
    "alpaca",
    "sharegpt",
    "llama_factory",
    "llama_factory_preference",
    "axolotl",
    "axolotl_preference",
    "unsloth",
    "mlx",
    "nemo",
    "anthropic",
    "nova",
    "gemini",
    "gemini_preference",
    "mistral",
    "together",
    "together_preference",
    "fireworks",
    "fireworks_preference",
    "text_chatml",
    "text_gemma",
    "text_llama3",
    "text_mistral",
    "text_qwen",
]
"""One for each entry of `release.exports.EXPORTERS`."""


class Recipe(Section):
    """dataset: the trainers' settings that are written beside the targets."""

    base_model: str | None = Field(
        None,
        min_length=1,
        max_length=200,
        description="What a trainer starts from; null leaves a word to replace.",
    )
    max_length: int | None = Field(
        None, ge=64, le=10_000_000,
        description="Most tokens that the model takes at once; null: no limit of its own.",
    )  # fmt: skip


class PromptCompletion(Section):
    """dataset: what stands around the texts of the target `prompt_completion`."""

    separator: str = Field(
        "", max_length=100, description="Ends each prompt; it must not stand within one."
    )
    prefix: str = Field("", max_length=100, description="Begins each completion, as one space.")
    stop: str = Field(
        "", max_length=100, description="Ends each completion; it must not stand within one."
    )
