"""The section splits: which example goes where."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from ftdata.keys import SOURCE_NAME
from ftdata.settings_section import Section, idle

SourceName = Annotated[str, StringConstraints(pattern=f"^{SOURCE_NAME.pattern}$")]


class Ratios(Section):
    """Shares of the three splits; they add up to 1."""

    train: float = Field(0.8, ge=0, le=1, description="Share of train.")
    validation: float = Field(0.1, ge=0, le=1, description="Share of validation.")
    test: float = Field(0.1, ge=0, le=1, description="Share of test.")

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        total = self.train + self.validation + self.test
        if abs(total - 1) > 1e-9:
            raise ValueError(f"train, validation and test add up to {total:g}: make it 1")
        return self


class Borders(Section):
    """First dates of validation and test; everything earlier is train."""

    validation_from: dt.date | None = Field(
        None, description="First date in validation; null puts none there."
    )
    test_from: dt.date | None = Field(None, description="First date in test.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        first, second = self.validation_from, self.test_from
        if first is not None and second is not None and first >= second:
            raise ValueError("validation_from is not before test_from: the newest go to test")
        return self


class Sides(Section):
    """Sources that are validation or test; every other is train."""

    validation: tuple[SourceName, ...] = Field((), description="Sources that are validation.")
    test: tuple[SourceName, ...] = Field((), description="Sources that are test.")

    @model_validator(mode="after")
    def _apart(self) -> Self:
        both = sorted({*self.validation} & {*self.test})
        if both:
            raise ValueError(f"{both[0]} stands under validation and test: take it out of one")
        return self


class Splits(Section):
    """validated_splits and dataset: which example goes where."""

    by: Literal["groups", "time", "source"] = Field(
        "groups",
        description="groups deals tied examples by the ratios, time by date, source by source.",
    )
    ratios: Ratios = Field(default=Ratios(), description="Shares of the splits, by groups.")
    time: Borders = Field(default=Borders(), description="First dates, where it is by time.")
    source: Sides = Field(default=Sides(), description="Sources, where it is by source.")
    strata: tuple[str, ...] = Field(
        ("category",), description="Tags whose combinations are spread evenly over the splits."
    )
    leak_threshold: float = Field(
        0.7, ge=0.5, le=1, description="Word-set Jaccard of prompts from which examples are tied."
    )
    derived_in_validation: bool = Field(
        False, description="Let derived variants into validation and test."
    )
    seed: int = Field(0, ge=0, le=2**31, description="Seed of the dealing order.")
    pin: str | None = Field(
        None, pattern="^[0-9a-f]{16}$",
        description="Dataset version whose examples keep the split they have there.",
    )  # fmt: skip
    holdout: str | None = Field(
        None, pattern=r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$",
        description="File in the data folder with ids (a line each) that are always in test.",
    )  # fmt: skip

    @model_validator(mode="after")
    def _all_is_heeded(self) -> Self:
        for name, by in (("ratios", "groups"), ("time", "time"), ("source", "source")):
            is_given = getattr(self, name) != Splits.model_fields[name].default
            if is_given and self.by != by:
                raise idle(name, f"nothing heeds it here: write `by: {by}`, or take it out")
        if self.by == "time" and self.time.test_from is None:
            raise ValueError("by is time: name the first date of test, as time.test_from")
        if self.by == "source" and not self.source.test:
            raise ValueError("by is source: name a source that is test, as source.test")
        return self
