"""The targets of a dataset, by the names that `dataset.exports` knows, and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, PrivateAttr, StringConstraints, model_validator

from ftdata.settings_section import Section, idle

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
    "parquet",
    "custom",
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


ValueName = Literal[
    "id", "split", "source", "tags", "tokens", "messages", "tools", "system", "prompt", "completion"
]
"""What a custom row can tell of an example: `messages` and `tools` as in `train.jsonl`, `system`
the text of the first system message, `prompt` that of the last user's, `completion` that of the
last message."""
ValuePath = Annotated[
    str, StringConstraints(pattern=rf"^(?:{'|'.join(get_args(ValueName))})(?:\.[^.]+)*$")
]


class Custom(Section):
    """dataset: the rows of the target `custom`."""

    fields: dict[str, ValuePath] = Field(
        {"messages": "messages", "tools": "tools"},
        min_length=1,
        description="Key of a row: where its value stands, as messages.0.content; or use template.",
    )
    template: str | None = Field(
        None, min_length=1,
        description="Jinja file beside ftdata.yaml that writes a row as JSON; null: fields does.",
    )  # fmt: skip
    json_schema: str | None = Field(
        None, min_length=1,
        description="JSON Schema file beside ftdata.yaml that each row must meet; null: none.",
    )  # fmt: skip
    _folder: str = PrivateAttr("")

    @model_validator(mode="after")
    def _one_is_heeded(self) -> Self:
        if self.template is not None and "fields" in self.model_fields_set:
            raise idle("fields", "template is set, so nothing heeds it: take one of them out")
        return self

    def beside(self, folder: str) -> Self:
        """The same with its files looked for in that folder, where ftdata.yaml lies."""
        placed = self.model_copy()
        placed._folder = folder
        return placed

    def path(self, name: str) -> Path:
        """Where one of its files is."""
        return Path(self._folder, name)
