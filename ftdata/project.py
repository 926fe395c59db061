"""A project: its settings, where its data lies, and who is told about progress."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from ftdata.progress import Progress, SilentProgress
from ftdata.settings import Settings
from ftdata.settings_file import DEFAULT_NAME, load_settings
from ftdata.storage import PartitionStore

SETTINGS_VARIABLE = "FTDATA_SETTINGS"
DATA_DIR_VARIABLE = "FTDATA_DATA_DIR"


@dataclass(frozen=True)
class Project:
    """One settings file and the data folder it names."""

    settings: Settings
    store: PartitionStore
    progress: Progress = field(default_factory=SilentProgress)


def open_project(
    settings_path: Path, data_dir: str | None = None, progress: Progress | None = None
) -> Project:
    """The project of a settings file. Raises SettingsError."""
    settings = load_settings(settings_path, data_dir=data_dir)
    return Project(settings, PartitionStore(settings.data_dir), progress or SilentProgress())


def project_from_environment() -> Project:
    """The project of `FTDATA_SETTINGS` (default: ftdata.yaml here) and `FTDATA_DATA_DIR`.

    Dagster's servers and workers load the code location by module name alone, so these variables
    are how a command line hands its `--settings` and `--data-dir` on to the runs it starts.
    """
    path = Path(os.environ.get(SETTINGS_VARIABLE) or DEFAULT_NAME)
    return open_project(path, os.environ.get(DATA_DIR_VARIABLE) or None)
