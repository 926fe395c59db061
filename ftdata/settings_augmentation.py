"""The section `augmentation` of `ftdata.yaml`: which variants are derived, and how many."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from ftdata.chat import stripped
from ftdata.settings_section import Section

AugmenterName = Literal[
    "paraphrase", "synonyms", "typos", "difficulty", "multi_turn", "negatives", "preferences",
    "back_translation", "reasoning",
]  # fmt: skip
DEFAULT_WEIGHTS: Mapping[AugmenterName, float] = MappingProxyType(
    {
        "paraphrase": 4, "synonyms": 2, "typos": 1, "difficulty": 1, "multi_turn": 1,
        "negatives": 1, "preferences": 0, "back_translation": 0, "reasoning": 0,
    }
)  # fmt: skip
MODEL_ONLY: frozenset[AugmenterName] = frozenset({"back_translation", "reasoning"})
Weight = Annotated[float, Field(ge=0, le=100)]
Language = Annotated[str, StringConstraints(pattern="^[a-z]{2}$")]


class Augmentation(Section):
    """augmented: variants derived from examples."""

    augmenters: dict[AugmenterName, Weight] = Field(
        default_factory=dict,
        description="Weight of each augmenter among the variants; 0 turns it off.",
    )
    writer: Literal["rules", "model"] = Field(
        "rules", description="Who derives variants: rules, or the provider's model where it can."
    )
    max_share: float = Field(
        0.1, ge=0, le=0.9, description="Largest share of a partition's examples that is derived."
    )
    strata: tuple[str, ...] = Field(
        ("category",), description="Tags whose combinations are strata of their own here."
    )
    max_stratum_share: float = Field(
        0.5, ge=0, le=0.9, description="Largest share of a stratum's examples that is derived."
    )
    aim: Literal["even", "weak"] = Field(
        "even", description="Spread variants evenly over the strata, or fill up the weakest first."
    )
    pivots: tuple[Language, ...] = Field(
        ("de", "fr", "es"), min_length=1, max_length=20,
        description="Languages that back_translation goes through, taken in turn.",
    )  # fmt: skip
    decline: str = Field(
        "I'm sorry, but I can't help with that here.", min_length=1, max_length=1_000,
        description="Sentence by which negatives decline politely.",
    )  # fmt: skip
    _not_blank = field_validator("decline")(stripped)
    seed: int = Field(0, ge=0, le=2**31, description="Seed of the choice of parents and rules.")

    def weight(self, name: AugmenterName) -> float:
        """Weight of an augmenter, its default where none is given."""
        return self.augmenters.get(name, DEFAULT_WEIGHTS[name])

    @model_validator(mode="after")
    def _has_a_model(self) -> Self:
        asked = sorted(name for name in MODEL_ONLY if self.weight(name))
        if asked and self.writer == "rules":
            raise ValueError(
                f"{', '.join(asked)}: needs a model: write `writer: model`, or give it weight 0"
            )
        return self
