"""The section review: what people's words on examples do."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ftdata.settings_section import Section


class Review(Section):
    """data/reviews and review.html."""

    decide: Literal["any", "majority", "unanimous"] = Field(
        "majority",
        description="Who must reject an example, of those who decided on it, for it to leave.",
    )
