"""The section selection: which examples of train are left out to balance it."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from ftdata.settings_section import Section, idle
from ftdata.settings_splits import SourceName

TagName = Annotated[str, StringConstraints(pattern="^[a-z_]+$")]
_Share = Annotated[float, Field(ge=0, le=1)]


class Caps(Section):
    """How large a stratum of train may be; the strictest limit counts."""

    by: tuple[TagName, ...] = Field(
        ("category",), min_length=1, description="Tags (or source) whose combinations are strata."
    )
    max_examples: int | None = Field(
        None, ge=1, le=10**9, description="Most examples of a stratum; null sets no limit."
    )
    max_share: float | None = Field(
        None, gt=0, le=1, description="Largest share of train that a stratum may be."
    )
    max_ratio: float | None = Field(
        None, ge=1, le=1_000, description="Most examples of a stratum, as times the median one's."
    )


class Selection(Section):
    """dataset: which examples of train are kept; validation and test are never touched."""

    weights: dict[str, _Share] = Field(
        default_factory=dict,
        description="Share kept of the examples with a tag, such as `category=billing: 0.5`.",
    )
    caps: Caps = Field(default=Caps(), description="How large a stratum may be.")
    mixture: dict[SourceName, _Share] = Field(
        default_factory=dict,
        description="Largest share of train by source, such as one of general conversations.",
    )
    target_size: int | None = Field(
        None, ge=1, le=10**9, description="Originals to keep for diversity; null keeps all."
    )
    method: Literal["k_center", "facility_location"] = Field(
        "facility_location",
        description="k_center covers the rarest, facility_location stands for the most.",
    )
    vectors: Literal["tfidf", "embeddings"] = Field(
        "tfidf", description="What is compared: words, or vectors of cleaning.dedup.semantic."
    )

    @field_validator("weights")
    @classmethod
    def _name_a_tag(cls, weights: dict[str, float]) -> dict[str, float]:
        for name in weights:
            tag, equals, value = name.partition("=")
            if not (tag and equals and value):
                raise ValueError(f"{name!r}: write a tag and its value, such as category=billing")
        return weights

    @model_validator(mode="after")
    def _all_is_heeded(self) -> Self:
        if sum(self.mixture.values()) > 1 + 1e-9:
            raise ValueError("mixture: the shares add up to more than 1: make them smaller")
        if self.target_size is None:
            for name in ("method", "vectors"):
                if getattr(self, name) != Selection.model_fields[name].default:
                    raise idle(name, "nothing heeds it: give selection.target_size, or take it out")
        return self

    @property
    def is_on(self) -> bool:
        """Whether anything may be left out."""
        return self != Selection(caps=Caps(by=self.caps.by))
