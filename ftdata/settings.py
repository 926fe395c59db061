"""`ftdata.yaml` as frozen models: one section per stage, every field with default, range and line.

The models carry the documentation: `ftdata init` writes it into a new settings file, and a test
holds the two together. Loading it is in `settings_file.py`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, StringConstraints, field_validator, model_validator

from ftdata import jsonl
from ftdata.cron import check_cron
from ftdata.keys import SOURCE_NAME, SourceKind
from ftdata.settings_augmentation import Augmentation
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_dedup import Dedup, SourceDedup
from ftdata.settings_documents import Documents, Generation, Synthetic
from ftdata.settings_exports import Custom, PromptCompletion, Recipe, TargetName
from ftdata.settings_formatting import Formatting
from ftdata.settings_judge import Judge
from ftdata.settings_llm import Llm
from ftdata.settings_report import Report
from ftdata.settings_review import Review
from ftdata.settings_section import Section, idle
from ftdata.settings_selection import Selection
from ftdata.settings_splits import Splits
from ftdata.settings_training import Training

SourceName = Annotated[str, StringConstraints(pattern=f"^{SOURCE_NAME.pattern}$")]
LogField = Literal[
    "id", "conversation_id", "timestamp", "prompt", "response", "messages", "user_rating",
    "category", "model", "error", "user_id", "metadata", "tools",
]  # fmt: skip


class Partitions(Section):
    """Which dates are partitions."""

    start: dt.date = Field(dt.date(2025, 1, 1), description="First date that is a partition.")


class Source(Section):
    """One folder below data/raw; none needs to be listed."""

    kind: SourceKind | None = Field(
        None, description="logs, examples, documents or synthetic; null leaves it to the files."
    )
    fields: dict[LogField, str] = Field(
        default_factory=dict,
        description="This source's names for the record fields; a dot reaches into objects.",
    )
    snapshot: Literal["latest", "all"] = Field(
        "latest",
        description="Of a documents source: newest form of each document, or those of all dates.",
    )
    dedup: SourceDedup = Field(
        default=SourceDedup(), description="What differs from cleaning.dedup for this source."
    )
    synthetic: Synthetic = Field(
        default=Synthetic(), description="Of a synthetic source: what is to be written."
    )
    licence: str | None = Field(
        None, min_length=1, max_length=200,
        description="SPDX id or text: how its examples may be used; null: nobody has said.",
    )  # fmt: skip


# Kinds of source that heed a field; where a source gives none, its files tell whether it is logs,
# examples or documents.
_HEEDED_BY: dict[str, tuple[SourceKind | None, ...]] = {
    "fields": (None, "logs", "examples"),
    "snapshot": (None, "documents"),
    "synthetic": ("synthetic",),
}


class Extraction(Section):
    """raw_logs: which records are taken from the raw files."""

    group_turns: bool = Field(
        True, description="Join the turns of a conversation; false makes one example per turn."
    )
    start: dt.datetime | None = Field(None, description="First instant taken (inclusive).")
    end: dt.datetime | None = Field(None, description="Last instant taken (inclusive).")
    min_rating: float | None = Field(
        None, ge=-1e6, le=1e6, description="Drop records rated lower than this; null keeps all."
    )
    keep_unrated: bool = Field(True, description="Keep records without a rating.")
    max_prompt_chars: int = Field(
        100_000, ge=1, le=10_000_000, description="Drop records with a longer prompt."
    )
    max_response_chars: int = Field(
        100_000, ge=1, le=10_000_000, description="Drop records with a longer response."
    )
    max_line_bytes: int = Field(
        4_194_304, ge=1_024, le=268_435_456, description="Quarantine longer lines unread."
    )
    max_quarantine_share: float = Field(
        0.1, ge=0, le=1, description="Fail a partition when a larger share of lines is malformed."
    )

    @field_validator("start", "end", mode="before")
    @classmethod
    def _whole_days(cls, value: object) -> object:
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            raise ValueError("write an instant with its zone, such as 2025-03-01T00:00:00Z")
        return value

    @model_validator(mode="after")
    def _window_holds(self) -> Self:
        for name in ("start", "end"):
            instant = getattr(self, name)
            if instant is not None and instant.tzinfo is None:
                raise ValueError(f"{name} needs a zone, such as 2025-03-01T00:00:00Z")
        if self.start and self.end and self.start > self.end:
            raise ValueError("start is after end: swap them")
        return self


class Contamination(Section):
    """dataset: overlap with the evaluation sets in data/evals/*.jsonl."""

    action: Literal["report", "flag", "drop"] = Field(
        "report", description="What happens to a contaminated example: report, flag or drop it."
    )
    ngram: int = Field(13, ge=3, le=50, description="Words in a row that count as overlap.")
    min_coverage: float = Field(
        0.5, gt=0, le=1, description="Least share of an evaluation item's text that is covered."
    )


class Dataset(Section):
    """dataset: what is written."""

    name: str = Field("ftdata", min_length=1, max_length=200, description="Title of the card.")
    exports: tuple[TargetName, ...] = Field(
        ("openai", "prompt_completion", "openai_dpo", "trl_preference"),
        description="Targets below exports/; those of pairs where there are preference pairs.",
    )
    keep_versions: int = Field(
        5, ge=1, le=10_000, description="Older versions than these are removed."
    )
    contamination: Contamination = Field(
        default=Contamination(), description="Overlap with evaluation sets."
    )
    prompt_completion: PromptCompletion = Field(
        default=PromptCompletion(), description="What stands around prompts and completions."
    )
    custom: Custom = Field(default=Custom(), description="The rows of the target custom.")
    recipe: Recipe = Field(default=Recipe(), description="Settings of trainers, with reasons.")


class Checks(Section):
    """Thresholds of the asset checks."""

    min_tokens: int = Field(2, ge=1, le=1_000_000, description="Warn about shorter examples.")
    max_duplicate_share: float = Field(
        0.5, ge=0, le=1, description="Warn when a larger share of a partition was a duplicate."
    )
    max_drop_share: float = Field(
        0.6,
        ge=0,
        le=1,
        description="Warn when raw_logs, cleaned or formatted drops a larger share of a partition.",
    )
    max_ratio_gap: float = Field(
        0.1,
        ge=0,
        le=1,
        description="Warn when a split's share is further than this from its ratio.",
    )
    max_group_share: float = Field(
        0.05, gt=0, le=1, description="Warn when one group of tied examples is a larger share."
    )
    min_examples: int = Field(50, ge=1, le=10**9, description="Warn when the dataset is smaller.")


class Automation(Section):
    """Sensor and schedule."""

    watch_seconds: int = Field(
        30, ge=5, le=86_400, description="Seconds between looks at data/raw."
    )
    settle_seconds: int = Field(
        30, ge=0, le=86_400, description="A file must be unchanged this long before it is built."
    )
    dataset_cron: str = Field(
        "0 3 * * *",
        max_length=100,
        description="When the dataset is refreshed (UTC): minute hour day month weekday.",
    )
    dataset_on_change: bool = Field(
        True, description="Refresh the dataset after partition runs, where automation is on."
    )
    running: bool = Field(
        False, description="Start sensor and schedule with the server instead of by hand."
    )
    push_to: str | None = Field(
        None, pattern=r"^[a-z0-9+]+://.",
        description="URL that each version is copied to, such as s3://bucket/shop; null: none.",
    )  # fmt: skip

    @field_validator("dataset_cron")
    @classmethod
    def _is_cron(cls, text: str) -> str:
        check_cron(text)
        return text


class Settings(Section):
    """The whole of ftdata.yaml."""

    data_dir: str = Field(
        "data", min_length=1, description="Folder or URL (s3://…, gs://…) that holds raw/."
    )
    partitions: Partitions = Field(default=Partitions(), description="Partitions.")
    sources: dict[SourceName, Source] = Field(
        default_factory=dict, description="Sources that need more than the defaults."
    )
    extraction: Extraction = Field(default=Extraction(), description="raw_logs.")
    documents: Documents = Field(default=Documents(), description="documents.")
    generation: Generation = Field(default=Generation(), description="generated_examples.")
    llm: Llm = Field(default=Llm(), description="The provider's chat model.")
    cleaning: Cleaning = Field(default=Cleaning(), description="cleaned.")
    formatting: Formatting = Field(default=Formatting(), description="formatted.")
    augmentation: Augmentation = Field(default=Augmentation(), description="augmented.")
    judge: Judge = Field(default=Judge(), description="validated_splits: scores by a model.")
    splits: Splits = Field(default=Splits(), description="validated_splits.")
    review: Review = Field(default=Review(), description="data/reviews and review.html.")
    selection: Selection = Field(default=Selection(), description="dataset: which of train stay.")
    dataset: Dataset = Field(default=Dataset(), description="dataset.")
    training: Training = Field(default=Training(), description="ftdata check.")
    checks: Checks = Field(default=Checks(), description="Asset checks.")
    report: Report = Field(default=Report(), description="dataset_report: what is warned about.")
    automation: Automation = Field(default=Automation(), description="Automation.")

    @field_validator("sources")
    @classmethod
    def _all_is_heeded(cls, sources: dict[str, Source]) -> dict[str, Source]:
        for name, source in sources.items():
            for field in sorted(source.model_fields_set & _HEEDED_BY.keys()):
                kinds = _HEEDED_BY[field]
                if source.kind not in kinds:
                    fixes = " or ".join(f"`kind: {kind}`" for kind in kinds if kind)
                    raise idle(
                        f"{name}.{field}", f"nothing heeds it here: write {fixes}, or take it out"
                    )
        return sources


def dedup_of(settings: Settings, source: str) -> Dedup:
    """What counts as a duplicate in one source: cleaning.dedup with the source's own values."""
    own = settings.sources.get(source, Source()).dedup
    return settings.cleaning.dedup.model_copy(update=own.model_dump(exclude_none=True))


def cleaning_of(settings: Settings, source: str) -> Cleaning:
    """The section cleaning as it holds for one source."""
    return settings.cleaning.model_copy(update={"dedup": dedup_of(settings, source)})


def section_hash(*sections: BaseModel | dict[str, Source]) -> str:
    """12 hex digits that change exactly when a value in one of the sections does."""
    plain = [
        {name: source.model_dump(mode="json") for name, source in section.items()}
        if isinstance(section, dict)
        else section.model_dump(mode="json")
        for section in sections
    ]
    return hashlib.blake2b(jsonl.canonical(plain), digest_size=6).hexdigest()
