"""The section `report` of `ftdata.yaml`: what a dataset shall be for, and what is warned about."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from ftdata.settings_section import Section

Goal = Literal["style", "format", "domain_knowledge", "reasoning", "behaviour"]
# Examples in train from which on fine-tuning for a goal works, and after which more add little.
GOAL_SIZES: dict[Goal, tuple[int, int]] = {
    "style": (50, 500),
    "format": (100, 1_000),
    "domain_knowledge": (500, 5_000),
    "reasoning": (1_000, 10_000),
    "behaviour": (200, 3_000),
}


class Report(Section):
    """dataset_report: sizes, shares and distances from which on it warns."""

    goal: Goal = Field(
        "domain_knowledge", description="What is trained for: it tells how many examples it takes."
    )
    target_tokens: int = Field(
        16_384, ge=16, le=10_000_000, description="Tokens of an example that the target can take."
    )
    max_age_days: int = Field(
        90, ge=1, le=36_500, description="Warn when the newest partition is older."
    )
    min_distinct_prompts: float = Field(
        0.8, ge=0, le=1, description="Warn when a smaller share of the prompts differ."
    )
    min_distinct_completions: float = Field(
        0.5, ge=0, le=1, description="Warn when a smaller share of the completions differ."
    )
    max_prompt_tokens: int = Field(
        4_096, ge=1, le=10_000_000, description="Warn when 5 % of the prompts have more tokens."
    )
    max_completion_tokens: int = Field(
        2_048, ge=1, le=10_000_000, description="Warn when 5 % of the completions have more tokens."
    )
    classes: tuple[str, ...] = Field(
        ("category",), description="Tags whose values shall be about equally frequent."
    )
    max_imbalance: float = Field(
        10, ge=1, le=1e9, description="Warn when a class is so many times as frequent as another."
    )
    max_length_cluster: float = Field(
        0.5, gt=0, le=1,
        description="Warn when a larger share of texts have lengths within a fifth of each other.",
    )  # fmt: skip
    max_structure_share: float = Field(
        0.1, gt=0, le=1,
        description="Warn when a larger share of completions begin with sentences built alike.",
    )  # fmt: skip
    max_opening_share: float = Field(
        0.1, gt=0, le=1,
        description="Warn when a larger share of texts begin with the same three words.",
    )  # fmt: skip
    max_derived_share: float = Field(
        0.5, ge=0, le=1, description="Warn when a larger share of train is derived."
    )
    min_negative_share: float = Field(
        0.01, ge=0, le=1, description="Warn when a smaller share of train declines a request."
    )
    max_psi: float = Field(
        0.2, gt=0, le=100,
        description="Warn when lengths, categories or languages drift further (PSI).",
    )  # fmt: skip
    max_divergence: float = Field(
        0.05, gt=0, le=1,
        description="Warn when vocabularies drift further (Jensen–Shannon divergence).",
    )  # fmt: skip
    sample_examples: int = Field(
        50_000, ge=100, le=1_000_000,
        description="Examples on which vocabulary and sentence structures are computed.",
    )  # fmt: skip

    @field_validator("classes")
    @classmethod
    def _named_once(cls, classes: tuple[str, ...]) -> tuple[str, ...]:
        twice = [name for at, name in enumerate(classes) if name in classes[:at]]
        if twice:
            raise ValueError(f"{twice[0]} stands there twice: take one out")
        return classes
