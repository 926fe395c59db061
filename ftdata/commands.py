"""What the commands do. Dagster is imported when a command needs it, so that `--help` is quick."""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import click

from ftdata.console import ConsoleProgress
from ftdata.errors import UsageError
from ftdata.interrupts import noted_interrupts
from ftdata.project import Project, open_project
from ftdata.settings_file import DEFAULT_NAME
from ftdata.show import (
    Answer,
    Place,
    build_answer,
    init_answer,
    sources_answer,
    status_answer,
)
from ftdata.show_index import index_answer


@dataclass(frozen=True)
class Options:
    """What every command takes."""

    settings: Path  # absolute
    data_dir: str | None  # absolute, or a URL

    @property
    def place(self) -> Place:
        """How to call the project in what is shown."""
        return Place(self.settings, self.data_dir)


def common_options(command: Callable[..., Answer]) -> Callable[..., Answer]:
    """Add --settings, --data-dir and --json. What a command prints is not what it answers.

    The settings file is looked for in the command's FOLDER, or here where it takes none.
    """

    @click.option(
        "--settings",
        "settings_path",
        type=click.Path(path_type=Path, dir_okay=False),
        help=f"Settings file (default: {DEFAULT_NAME}).",
    )
    @click.option("--data-dir", help="Data folder or URL, instead of the settings'.")
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
    @functools.wraps(command)
    def wrapped(
        settings_path: Path | None, data_dir: str | None, as_json: bool, **arguments: Path
    ) -> Answer:
        folder = arguments.get("folder", Path())
        settings = (settings_path or folder / DEFAULT_NAME).absolute()
        with contextlib.ExitStack() as stack:
            # Dagster announces the beta parts of its interface on import; our tests pin them.
            stack.enter_context(warnings.catch_warnings())
            warnings.simplefilter("ignore")
            if as_json:
                stack.enter_context(contextlib.redirect_stdout(sys.stderr))
            return command(Options(settings, _absolute(data_dir)), **arguments)

    return wrapped


def _absolute(data_dir: str | None) -> str | None:
    if data_dir == "":
        raise UsageError("--data-dir is empty: name a folder or a URL")
    if data_dir is None or "://" in data_dir:
        return data_dir
    return str(Path(data_dir).absolute())


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ftdata")
def commands() -> None:
    """Turn production logs, documents and expert-written examples into fine-tuning datasets."""
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
    # It logs the traceback of an interrupt that reaches it while it closes a connection.
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)


@commands.command()
@common_options
def build(options: Options) -> Answer:
    """Build what is missing or stale, then the dataset."""
    return _build(options)


@commands.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
@common_options
def demo(options: Options, folder: Path) -> Answer:
    """Build the sample logs and documents end to end, in FOLDER (here by default)."""
    from ftdata.init import write_project
    from ftdata.sample.generate import sample_settings, write_sample

    data = options.data_dir or str(folder.absolute() / "data")
    if "://" in data:
        raise UsageError("the demo is written to a local folder: leave the URL out")
    if not Path(data, "raw").exists():
        write_project(options.settings, data, settings=sample_settings())
        write_sample(Path(data, "raw"))
    is_usual = options.data_dir is None and options.settings.parent == folder.absolute()
    return _build(Options(options.settings, None if is_usual else data))


@commands.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@common_options
def init(options: Options, folder: Path) -> Answer:
    """Write a project folder: settings, Dagster's files and data/."""
    from ftdata.init import write_project

    if options.settings.parent != folder.absolute():
        raise UsageError(f"{options.settings} is not in {folder}: name a file in that folder")
    return init_answer(options.place, write_project(options.settings, options.data_dir))


@commands.command()
@common_options
def status(options: Options) -> Answer:
    """Show what is built, stale, blocked or missing; changes nothing."""
    from ftdata.defs.batches import waiting_partitions
    from ftdata.defs.dataset_steps import dataset_state
    from ftdata.defs.duplicate_index import index_state
    from ftdata.defs.erasing import unfinished_erasures
    from ftdata.defs.raw_files import look_at_raw, partition_statuses
    from ftdata.defs.rejections import rejections

    project = opened_project(options)
    inventory = look_at_raw(project)
    statuses = partition_statuses(project, inventory)
    rejected = rejections(project, statuses.values())
    state, index = dataset_state(project, inventory), index_state(project)
    batches = waiting_partitions(project)
    unfinished, _ = unfinished_erasures(project)
    return status_answer(
        options.place, inventory, statuses, rejected, state, index, batches, unfinished
    )


@commands.command()
@common_options
def index(options: Options) -> Answer:
    """Check the duplicate index byte by byte, and make it anew from the built partitions."""
    from ftdata.defs.duplicate_index import index_state, rebuild_index

    with noted_interrupts() as check, ConsoleProgress(check) as progress:
        project = opened_project(options, progress)
        before = index_state(project, thorough=True)
        rebuild_index(project)
        check()
    return index_answer(before, index_state(project, thorough=True))


@commands.command()
@common_options
def sources(options: Options) -> Answer:
    """List the sources found and register them with Dagster."""
    from ftdata.defs.build import open_instance, register_sources
    from ftdata.defs.raw_files import look_at_raw

    project = opened_project(options)
    inventory = look_at_raw(project)
    with at_home(options), open_instance(options.settings.parent) as instance:
        registered = register_sources(instance, inventory)
    return sources_answer(inventory, registered)


def _build(options: Options) -> Answer:
    from ftdata.defs.build import build as build_project
    from ftdata.defs.build import open_instance

    with noted_interrupts() as check, ConsoleProgress(check) as progress:
        project = opened_project(options, progress)
        with (
            at_home(options),
            project.store.only_build(),
            open_instance(options.settings.parent) as instance,
        ):
            # What one build asks of a model is held under llm.max_cost_per_run.
            report = build_project(replace(project, run=uuid4().hex), instance)
        check()
    return build_answer(options.place, report)


def opened_project(options: Options, progress: ConsoleProgress | None = None) -> Project:
    """The project that a command is called for. Raises UsageError and SettingsError."""
    project = open_project(options.settings, options.data_dir, progress)
    project.require_data()
    return project


def at_home(options: Options) -> contextlib.chdir[Path]:
    """In the project folder: dagster.yaml names its storage relative to that."""
    return contextlib.chdir(options.settings.parent)
