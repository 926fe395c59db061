"""The section `llm` of `ftdata.yaml`: the chat model that stages may use, and what it may cost."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from ftdata.settings_section import Section


class Price(Section):
    """Of one model, per million tokens, in any currency; see the provider's price list."""

    input: float = Field(ge=0, le=100_000, description="Price of a million prompt tokens.")
    cached_input: float | None = Field(
        None, ge=0, le=100_000, description="Of those that the provider had cached; null: as input."
    )
    output: float = Field(
        ge=0, le=100_000, description="Price of a million completion tokens, reasoning included."
    )
    batch_share: float = Field(
        0.5, ge=0, le=1, description="Share of these prices that a batch request costs."
    )


class Llm(Section):
    """llm: the provider's chat model; key and address are OPENAI_API_KEY and OPENAI_BASE_URL."""

    model: str | None = Field(
        None, max_length=200, pattern=r"^\S+$",
        description="Chat model that writes where it is asked to; null leaves all to rules.",
    )  # fmt: skip
    max_completion_tokens: int | None = Field(
        4_096, ge=16, le=1_000_000,
        description="Most tokens of an answer, reasoning included; null leaves it to the provider.",
    )  # fmt: skip
    temperature: float | None = Field(
        None, ge=0, le=2, description="Sampling temperature; null where the model takes none."
    )
    concurrency: int = Field(8, ge=1, le=256, description="Requests under way at one time.")
    requests_per_minute: int | None = Field(
        None, ge=1, le=10_000_000, description="Most requests sent in a minute; null sets no limit."
    )
    tokens_per_minute: int | None = Field(
        None, ge=1, le=10**12, description="Most tokens, as estimated, in a minute; null: no limit."
    )
    timeout_s: float = Field(
        120, ge=1, le=3_600, description="Seconds until a request without an answer is tried again."
    )
    retries: int = Field(
        7, ge=0, le=20,
        description="Tries after the first where the provider is busy, fails or is out of reach.",
    )  # fmt: skip
    batch: bool = Field(
        False, description="Ask by the provider's Batch API: cheaper, and answered within a day."
    )
    prices: dict[str, Price] = Field(
        default_factory=dict, description="Prices by model; without one its cost is unknown."
    )
    max_cost_per_run: float | None = Field(
        None, ge=0, le=10**9, description="A run stops before its requests cost more than this."
    )
    max_cost_per_month: float | None = Field(
        None, ge=0, le=10**9,
        description="Requests stop before those of a calendar month (UTC) cost more than this.",
    )  # fmt: skip

    @property
    def price(self) -> Price | None:
        """Of the model that is asked; None where it is unknown."""
        return self.prices.get(self.model or "")

    @model_validator(mode="after")
    def _can_be_held(self) -> Self:
        is_capped = self.max_cost_per_run is not None or self.max_cost_per_month is not None
        if is_capped and self.model is not None and self.price is None:
            raise ValueError(
                f"max_cost_per_run and max_cost_per_month need the price of {self.model}: add"
                f" `prices: {{{self.model}: {{input: …, output: …}}}}`, per million tokens"
            )
        return self
