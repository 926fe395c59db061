"""The section `judge` of `ftdata.yaml`: whether a model scores examples, by what, and what then."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from ftdata.settings_section import Section, idle

Criterion = Literal["clarity", "completeness", "coherence", "correctness", "style"]


class Calibration(Section):
    """What people would have given, by what the judge gave: the line that `dataset` reports."""

    intercept: float = Field(0.0, ge=-20, le=20, description="Points where the judge gives none.")
    slope: float = Field(1.0, gt=0, le=20, description="Points for each point of the judge.")

    def apply(self, mean: float) -> float:
        """The points that people would have given, from 1 to 5."""
        return min(max(self.intercept + self.slope * mean, 1.0), 5.0)


class Judge(Section):
    """validated_splits: scores of examples by a model, from 1 to 5 by a rubric."""

    enabled: bool = Field(False, description="Let the provider's model score examples.")
    criteria: tuple[Criterion, ...] = Field(
        ("clarity", "completeness", "coherence", "correctness", "style"), min_length=1,
        description="What is scored; the judge's score is the mean.",
    )  # fmt: skip
    share: float = Field(
        1.0, gt=0, le=1, description="Share of the examples that is judged, chosen by their ids."
    )
    pairs: bool = Field(
        True, description="Ask of each preference pair which reply is better, in both positions."
    )
    calibration: Calibration = Field(
        default=Calibration(), description="Line through people's ratings; the default is as it is."
    )
    min_score: float | None = Field(
        None, ge=1, le=5, description="Mean score that is too low below this; null: none is."
    )
    action: Literal["report", "drop"] = Field(
        "report", description="What happens to examples under it and to pairs judged reversed."
    )

    @field_validator("criteria")
    @classmethod
    def _named_once(cls, criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        twice = [name for at, name in enumerate(criteria) if name in criteria[:at]]
        if twice:
            raise ValueError(f"{twice[0]} stands there twice: take one out")
        return criteria

    @model_validator(mode="after")
    def _can_drop(self) -> Self:
        if self.action == "drop" and self.min_score is None and not self.pairs:
            raise idle(
                "action", "nothing would be dropped: set min_score or `pairs: true`, or take it out"
            )
        return self
