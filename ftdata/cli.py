"""The `ftdata` command. Dagster is imported when a command needs it, so that `--help` is quick."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click

from ftdata.console import ConsoleProgress
from ftdata.errors import FtdataError, SettingsError, UsageError
from ftdata.progress import Progress
from ftdata.project import Project, open_project
from ftdata.settings_file import DEFAULT_NAME
from ftdata.show import show_build, show_init, show_sources, show_status

FAILED = 1
MISUSE = 2


@dataclass(frozen=True)
class Options:
    """What every command takes."""

    settings: Path
    data_dir: str | None
    as_json: bool


def common_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add --settings, --data-dir and --json, and turn a user's mistake into a message."""

    @click.option(
        "--settings",
        "settings_path",
        default=DEFAULT_NAME,
        show_default=True,
        type=click.Path(path_type=Path, dir_okay=False),
        help="Settings file.",
    )
    @click.option("--data-dir", default=None, help="Data folder or URL, instead of the settings'.")
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
    @functools.wraps(command)
    def wrapped(
        settings_path: Path, data_dir: str | None, as_json: bool, **arguments: object
    ) -> None:
        if data_dir is not None and "://" not in data_dir:
            data_dir = str(Path(data_dir).absolute())
        try:
            command(Options(settings_path.absolute(), data_dir, as_json), **arguments)
        except FtdataError as error:
            _stop(str(error), as_json, MISUSE if _is_misuse(error) else FAILED)

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ftdata")
def main() -> None:
    """Turn production logs and documents into LLM fine-tuning datasets."""
    # Dagster announces the beta parts of its interface on import; they are pinned by our tests.
    warnings.simplefilter("ignore")
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")


@main.command()
@common_options
def build(options: Options) -> None:
    """Build what is missing or stale, then the dataset."""
    _build(options)


@main.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
@common_options
def demo(options: Options, folder: Path) -> None:
    """Build the sample logs end to end, in FOLDER (here by default)."""
    from ftdata.init import write_project
    from ftdata.sample.generate import sample_settings, write_sample

    raw = folder / "data" / "raw"
    if not raw.exists():
        write_project(folder, settings=sample_settings())
        write_sample(raw)
    _build(Options((folder / DEFAULT_NAME).absolute(), options.data_dir, options.as_json))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@common_options
def init(options: Options, folder: Path) -> None:
    """Write a project folder: settings, Dagster's files and data/."""
    from ftdata.init import write_project

    written = write_project(folder)
    show_init(options.as_json, folder, written)


@main.command()
@common_options
def status(options: Options) -> None:
    """Show what is built, stale, blocked or missing; changes nothing."""
    from ftdata.defs.build import partition_statuses
    from ftdata.defs.dataset_steps import dataset_state
    from ftdata.ingest.inventory import scan_raw

    project = _open(options)
    inventory = scan_raw(project.store.data, project.settings)
    statuses = partition_statuses(project, inventory)
    show_status(options.as_json, inventory, statuses, dataset_state(project, inventory))


@main.command()
@common_options
def sources(options: Options) -> None:
    """List the sources found and register them with Dagster as partitions."""
    from ftdata.defs.build import open_instance, register_sources
    from ftdata.ingest.inventory import scan_raw

    project = _open(options)
    inventory = scan_raw(project.store.data, project.settings)
    with _at_home(options), open_instance(options.settings.parent) as instance:
        registered = register_sources(instance, inventory)
    show_sources(options.as_json, inventory, registered)


def _build(options: Options) -> None:
    from ftdata.defs.build import build as build_project
    from ftdata.defs.build import open_instance

    project = _open(options, ConsoleProgress())
    with _at_home(options), open_instance(options.settings.parent) as instance:
        report = build_project(project, instance)
    show_build(options.as_json, report)
    if not report.succeeded:
        sys.exit(FAILED)


def _open(options: Options, progress: Progress | None = None) -> Project:
    return open_project(options.settings, options.data_dir, progress)


def _at_home(options: Options) -> contextlib.chdir[Path]:
    # dagster.yaml names its storage relative to the project folder.
    return contextlib.chdir(options.settings.parent)


def _stop(message: str, as_json: bool, code: int) -> NoReturn:
    if as_json:
        click.echo(json.dumps({"error": message}))
    click.secho(f"ftdata: {message}", err=True, fg="red")
    sys.exit(code)


def _is_misuse(error: FtdataError) -> bool:
    return isinstance(error, UsageError | SettingsError)
