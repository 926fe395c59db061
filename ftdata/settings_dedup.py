"""Sections of `ftdata.yaml` on duplicates."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from ftdata.settings_section import Section

DedupKey = Literal["prompt", "completion", "example"]
ShingleKind = Literal["word", "character"]
Semantic = Literal["off", "minilm", "openai"]
Keep = Literal["earliest", "best_rated", "longest", "distinct_completions"]


class SourceDedup(Section):
    """A source's own values for settings of cleaning.dedup; null takes the value there."""

    enabled: bool | None = Field(None, description="As cleaning.dedup.enabled.")
    key: DedupKey | None = Field(None, description="As cleaning.dedup.key.")
    shingle: ShingleKind | None = Field(None, description="As cleaning.dedup.shingle.")
    shingle_size: int | None = Field(
        None, ge=1, le=50, description="As cleaning.dedup.shingle_size."
    )
    threshold: float | None = Field(None, ge=0.5, le=1, description="As cleaning.dedup.threshold.")
    min_words: int | None = Field(None, ge=1, le=1_000, description="As cleaning.dedup.min_words.")
    keep: Keep | None = Field(None, description="As cleaning.dedup.keep.")
    keep_completions: int | None = Field(
        None, ge=1, le=1_000, description="As cleaning.dedup.keep_completions."
    )


class Dedup(Section):
    """cleaned and dataset: which examples count as duplicates."""

    enabled: bool = Field(True, description="Drop exact and near-duplicates.")
    key: DedupKey = Field(
        "prompt", description="The text compared: all user turns, all replies, or both."
    )
    shingle: ShingleKind = Field(
        "word", description="What a text is cut into to be compared: words or characters."
    )
    shingle_size: int = Field(
        1, ge=1, le=50, description="Words or characters in a row; with 1 their order is no matter."
    )
    threshold: float = Field(
        0.85, ge=0.5, le=1, description="Jaccard of shingles from which two are near-duplicates."
    )
    min_words: int = Field(
        5, ge=1, le=1_000, description="Texts with fewer distinct shingles: compared exactly only."
    )
    keep: Keep = Field(
        "earliest",
        description="Which of a partition's duplicates stays; of two partitions the earlier wins.",
    )
    keep_completions: int = Field(
        3, ge=1, le=1_000, description="How many stay where keep is distinct_completions."
    )
    semantic: Semantic = Field(
        "off", description="Drop texts that mean the same as well: by a model here, or a provider."
    )
    semantic_threshold: float = Field(
        0.9, ge=0.5, le=1, description="Cosine of embeddings from which two mean the same."
    )
    semantic_model: str = Field(
        "text-embedding-3-small", min_length=1, description="Embedding model, where openai is set."
    )

    @field_validator("semantic", mode="before")
    @classmethod
    def _off_is_a_word(cls, value: object) -> object:
        return "off" if value is False else value  # YAML reads off as false
