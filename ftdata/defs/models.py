"""Stages that ask a chat model: with what, for whom, and what is shown of it. No Dagster here."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from ftdata.chat import ChatModel
from ftdata.formatting.tokens import load_tokenizer
from ftdata.keys import PartitionKey
from ftdata.llm.ledger import Spender
from ftdata.project import Project
from ftdata.prompt_files import prompt_versions
from ftdata.settings import Settings, Source
from ftdata.tables import Stage, StageResult

_PACKAGES: dict[Stage, str] = {
    "generated_examples": "generation",
    "formatted": "formatting",
    "augmented": "augmentation",
    "validated_splits": "judging",
}


def with_model(
    project: Project,
    stage: Stage,
    key: PartitionKey,
    asks: str,
    instead: str,
    make: Callable[[ChatModel], StageResult],
) -> StageResult:
    """What a stage makes with the model, and what that cost, for the UI alone.

    `asks` is the setting that wants a model, `instead` what to write where there is none. `make` is
    called once more where a batch has brought answers. Raises SettingsError where no model is set
    up, BatchPendingError where a batch is to bring them yet, else as `make` does.
    """
    settings = project.settings
    model = project.open_chat(
        settings.llm,
        project.store.data,
        asks,
        instead,
        Spender(project.run, stage, key.source, key.date),
        load_tokenizer(settings.formatting.tokenizer).count,
    )
    result = make(model)
    while model.settle():
        result = make(model)
    return replace(result, shown={**result.shown, "model": model.told()})


def asks_a_model(settings: Settings, stage: Stage, source: str) -> bool:
    """Whether a stage of a source's partitions asks a model, as the settings stand."""
    if stage == "generated_examples":
        is_synthetic = settings.sources.get(source, Source()).kind == "synthetic"
        return is_synthetic or settings.generation.writer == "model"
    if stage == "formatted":
        return settings.formatting.tagger == "model"
    if stage == "augmented":
        return settings.augmentation.writer == "model"
    return stage == "validated_splits" and settings.judge.enabled


def prompts_asked(settings: Settings, sources: Collection[str]) -> list[str]:
    """Name, version and hash of the prompts of every stage that asks a model for these sources."""
    return [
        f"{package}/{version}"
        for stage, package in _PACKAGES.items()
        if any(asks_a_model(settings, stage, source) for source in sources)
        for version in prompt_versions(package)
    ]
