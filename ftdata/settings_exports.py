"""The targets of a dataset, by the names that `dataset.exports` knows, and their options."""

from __future__ import annotations

from typing import Literal

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
]
"""One for each entry of `release.exports.EXPORTERS`."""
