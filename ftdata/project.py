"""A project: its settings, where its data lies, and who is told about progress."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from upath import UPath

from ftdata.chat import ChatModel
from ftdata.cleaning.filters.custom import look_beside
from ftdata.cleaning.pii.presidio import check_presidio
from ftdata.errors import UsageError
from ftdata.llm.chat import open_chat
from ftdata.llm.ledger import Spender
from ftdata.message_words import LAYOUT
from ftdata.pii_key import read_key
from ftdata.progress import Progress, SilentProgress
from ftdata.release.exports.custom import custom_exporter
from ftdata.settings import Settings
from ftdata.settings_file import DEFAULT_NAME, load_settings
from ftdata.settings_llm import Llm
from ftdata.storage import PartitionStore
from ftdata.token_count import CountTexts


class CountingModel(ChatModel, Protocol):
    """A chat model that tells what it was asked."""

    def told(self) -> Mapping[str, int | float | str]:
        """Counts and costs by name."""

    def settle(self) -> bool:
        """Whether answers have come since that `complete` did not have: then all is asked again.

        Raises BatchPendingError where answers are on their way.
        """


class OpenChat(Protocol):
    """Opens the model that the settings name, as `llm.chat.open_chat` does."""

    def __call__(
        self,
        options: Llm,
        data: UPath,
        setting: str,
        instead: str,
        spender: Spender,
        count: CountTexts,
        /,
    ) -> CountingModel:
        """Raises SettingsError where no model is named or no key is set."""


SETTINGS_VARIABLE = "FTDATA_SETTINGS"
DATA_DIR_VARIABLE = "FTDATA_DATA_DIR"


@dataclass(frozen=True)
class Project:
    """One settings file and the data folder it names."""

    settings: Settings
    store: PartitionStore
    progress: Progress = field(default_factory=SilentProgress)
    open_chat: OpenChat = open_chat
    run: str = ""  # what is paid for together, and held under llm.max_cost_per_run

    def require_data(self) -> None:
        """Raise UsageError where there is no data folder: a slip in its name builds nothing."""
        data = self.store.data
        if not isinstance(data, os.PathLike) or data.is_dir():
            return
        if data.exists():
            raise UsageError(
                f"{data} is a file: name a folder with --data-dir, or with data_dir in ftdata.yaml"
            )
        raise UsageError(
            f"{data}: no such folder. Make it and {LAYOUT}, or name another folder with --data-dir."
            " `ftdata init DIR` starts a project, `ftdata demo DIR` builds a sample"
        )


def open_project(
    settings_path: Path, data_dir: str | None = None, progress: Progress | None = None
) -> Project:
    """The project of a settings file.

    Raises SettingsError, also where what the settings ask for is not there (a key, a filter, a
    package), and UsageError for its data folder.
    """
    settings = load_settings(settings_path, data_dir=data_dir)
    read_key(settings.cleaning.pii)
    custom_exporter(settings.dataset.custom)
    look_beside(settings_path, settings.cleaning.custom_filters)
    if settings.cleaning.pii.enabled and settings.cleaning.pii.engine == "presidio":
        check_presidio(settings.cleaning.pii)
    if settings.cleaning.dedup.semantic != "off":
        from ftdata.llm.embeddings import check_semantic

        check_semantic(settings.cleaning.dedup)
    return Project(settings, _open_store(settings.data_dir), progress or SilentProgress())


def _open_store(data_dir: str) -> PartitionStore:
    try:
        store = PartitionStore(data_dir)
        _ = store.data.fs  # connects nowhere; loads the file system's package
    except (ValueError, ImportError) as error:
        raise UsageError(f"{data_dir}: cannot be used as data folder: {error}") from error
    return store


def project_from_environment() -> Project:
    """The project of `FTDATA_SETTINGS` (default: ftdata.yaml here) and `FTDATA_DATA_DIR`.

    Dagster's servers and workers load the code location by module name alone, so these variables
    are how a command line hands its `--settings` and `--data-dir` on to the runs it starts.
    """
    path = Path(os.environ.get(SETTINGS_VARIABLE) or DEFAULT_NAME)
    return open_project(path, os.environ.get(DATA_DIR_VARIABLE) or None)
