"""The section `llm` of `ftdata.yaml`: the chat model that stages may use."""

from __future__ import annotations

from pydantic import Field

from ftdata.settings_section import Section


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
    concurrency: int = Field(8, ge=1, le=64, description="Requests under way at one time.")
    timeout_s: float = Field(
        120, ge=1, le=3_600, description="Seconds until a request without an answer is tried again."
    )
    retries: int = Field(
        5, ge=0, le=20,
        description="Tries after the first where the provider is busy, fails or is out of reach.",
    )  # fmt: skip
