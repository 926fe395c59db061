"""The section `training` of `ftdata.yaml`: what a training run costs, for `ftdata check`."""

from __future__ import annotations

from pydantic import Field

from ftdata.settings_section import Section


class Training(Section):
    """training: the price of a training run, which `ftdata check` tells; reaches no data."""

    price_per_million: float | None = Field(
        None, ge=0, le=100_000,
        description="Price of a million tokens trained on, in any currency; null: unknown.",
    )  # fmt: skip
    epochs: int = Field(3, ge=1, le=1_000, description="Times that a run goes through the file.")
