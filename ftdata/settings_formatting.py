"""The section `formatting` of `ftdata.yaml`: the canonical chat example and its tags."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from ftdata.settings_section import Section
from ftdata.tagging.values import GENERAL
from ftdata.text import words

TokenizerName = Literal["auto", "o200k", "estimate"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Formatting(Section):
    """formatted: the canonical chat example."""

    system_prompt: str | None = Field(
        None, max_length=100_000, description="System message put before every example."
    )
    keep_logged_system: bool = Field(
        True, description="Keep a system message that the log itself holds instead."
    )
    train_on: Literal["all", "last"] = Field(
        "all", description="Which assistant turns are trained on: all of them or the last."
    )
    min_trained_rating: float | None = Field(
        3, ge=-1e6, le=1e6,
        description="Turns rated lower stay as context with weight 0; null trains on all.",
    )  # fmt: skip
    max_tokens: int = Field(
        16_384, ge=16, le=10_000_000, description="Drop examples with more tokens."
    )
    tokenizer: TokenizerName = Field(
        "auto",
        description="auto (o200k where its file is found, else estimate), o200k or estimate.",
    )
    tagger: Literal["rules", "model"] = Field(
        "rules",
        description="Who tells task type, domain, complexity and tone where the log does not.",
    )
    domains: dict[Text, tuple[Text, ...]] = Field(
        default_factory=dict, max_length=100,
        description="Domains of your own, each with its words, instead of the usual ones.",
    )  # fmt: skip

    @field_validator("domains")
    @classmethod
    def _tell_apart(cls, domains: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        if GENERAL in domains:
            raise ValueError(f"{GENERAL} is what fits no other: take it out, or name it otherwise")
        of: dict[str, str] = {}
        for domain, listed in domains.items():
            if not listed:
                raise ValueError(f"{domain} has no words: list some, or take it out")
            for word in listed:
                key = " ".join(words(word))
                if not key:
                    raise ValueError(f"{domain}: {word!r} holds no letter and no digit")
                if of.setdefault(key, domain) != domain:
                    raise ValueError(
                        f"{word!r} stands under {of[key]} and {domain}: keep it in one"
                    )
        return domains

    @property
    def own_domains(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The owner's domains in their order, each with its words; empty for the usual ones."""
        return tuple(self.domains.items())
