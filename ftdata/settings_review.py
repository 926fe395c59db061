"""The section review: the page on which people review, and what their words do."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ftdata.settings_section import Section

_Weight = Annotated[float, Field(ge=0, le=100)]


class Oversample(Section):
    """How many times as likely an example is to be on the page as one without anything special."""

    flagged: _Weight = Field(2.0, description="Examples in which cleaning noticed something.")
    low_scored: _Weight = Field(2.0, description="The quarter with the lowest quality.")
    derived: _Weight = Field(1.5, description="Derived variants, and what documents were made to.")


class Review(Section):
    """review_sample and data/reviews."""

    size: int = Field(200, ge=1, le=5_000, description="Examples on the page.")
    seed: int = Field(0, ge=0, le=2**31, description="Another seed shows other examples.")
    oversample: Oversample = Field(
        default=Oversample(), description="What is more likely to be on the page."
    )
    decide: Literal["any", "majority", "unanimous"] = Field(
        "majority",
        description="Who must reject an example, of those who decided on it, for it to leave.",
    )
