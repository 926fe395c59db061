"""`ftdata erase`: takes users, conversations or records out of all that is built."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from ftdata.commands import Options, at_home, commands, common_options, opened_project
from ftdata.console import ConsoleProgress, warn
from ftdata.erasures import Erasures, Kind, read_erasures, unfinished
from ftdata.errors import StorageError, UsageError
from ftdata.interrupts import noted_interrupts
from ftdata.show import Answer
from ftdata.show_erase import declined_answer, dry_run_answer, erase_answer, lines_of

if TYPE_CHECKING:
    from ftdata.defs.build import BuildReport
    from ftdata.defs.erasure_search import Asked, Found
    from ftdata.defs.erasure_sweep import Derived
    from ftdata.project import Project


@commands.command()
@click.option("--user", "users", multiple=True, metavar="ID", help="All records of a user.")
@click.option(
    "--conversation", "conversations", multiple=True, metavar="ID", help="A conversation."
)
@click.option("--record", "records", multiple=True, metavar="ID", help="A record, or a document.")
@click.option("--source", help="In this source alone.")
@click.option("--dry-run", is_flag=True, help="Only tell what would go.")
@click.option("--no-build", is_flag=True, help="Only note it: the next build leaves it out.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@common_options
def erase(
    options: Options,
    users: tuple[str, ...],
    conversations: tuple[str, ...],
    records: tuple[str, ...],
    source: str | None,
    dry_run: bool,
    no_build: bool,
    yes: bool,
) -> Answer:
    """Take users, conversations or records out of the dataset and of all that was made of them.

    Any of these options can be given several times, of one kind. What is kept is a salted hash of
    each id, never the id. Raw files stay as they are, and those that hold it are listed.
    """
    given: dict[Kind, tuple[str, ...]] = {
        "user": users, "conversation": conversations, "record": records,
    }  # fmt: skip
    kind, ids = _only(given)
    with noted_interrupts() as check, ConsoleProgress(check) as progress:
        project = opened_project(options, progress)
        asked = _asked(project, kind, ids, source)
        looked = None
        if dry_run or not yes:
            looked = _look(project, asked)
            if dry_run:
                return dry_run_answer(kind, looked, _derived(project, looked))
            if not _is_wanted(kind, looked, _derived(project, looked)):
                return declined_answer()
        found = _request(project, asked, looked)
        check()
        report = None
        if found.partitions and not no_build:
            report = _build(options, project, found)
        check()
        is_done = not unfinished(project.store.data)
    return erase_answer(options.place, kind, found, report, is_done=is_done)


def _only(given: dict[Kind, tuple[str, ...]]) -> tuple[Kind, tuple[str, ...]]:
    """The one kind that ids are given of. Raises UsageError for none or several."""
    kinds = [kind for kind, ids in given.items() if ids]
    if len(kinds) != 1:
        names = ", ".join(f"--{kind}" for kind in given)
        what = "only one of them at a time" if kinds else "what shall be erased"
        raise UsageError(f"name with {names} {what}")
    return kinds[0], given[kinds[0]]


def _asked(project: Project, kind: Kind, ids: tuple[str, ...], source: str | None) -> Asked:
    from ftdata.defs.erasing import require_sound
    from ftdata.defs.erasure_search import Asked
    from ftdata.defs.raw_files import look_at_raw

    asked = Asked(kind, ids, source)
    require_sound(asked, look_at_raw(project), project.settings)
    return asked


def _look(project: Project, asked: Asked) -> Found:
    from ftdata.defs.erasing import look_for

    return look_for(project, asked, _today())


def _request(project: Project, asked: Asked, looked: Found | None) -> Found:
    from ftdata.defs.erasing import request

    return request(project, asked, _today(), looked)


def _derived(project: Project, found: Found) -> Derived:
    from ftdata.defs.erasure_sweep import derived_of

    tombstones = (*read_erasures(project.store.data).tombstones, *found.tombstones)
    return derived_of(project, found.partitions, Erasures(found.salt, tombstones))


def _is_wanted(kind: Kind, found: Found, derived: Derived) -> bool:
    """Ask whether it shall go. Raises UsageError where there is nobody to ask."""
    if not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask at: add --yes, or --dry-run to see first")
    for line in lines_of(kind, found, derived):
        warn(line, "")
    return click.confirm("Erase it?", err=True)


def _build(options: Options, project: Project, found: Found) -> BuildReport:
    from ftdata.defs.build import build, open_instance

    with ExitStack() as stack:
        stack.enter_context(at_home(options))
        try:
            stack.enter_context(project.store.only_build())
        except StorageError as error:
            raise StorageError(
                f"{error}. It is noted what to erase: then run `ftdata build`"
            ) from error
        instance = stack.enter_context(open_instance(options.settings.parent))
        return build(replace(project, run=uuid4().hex), instance, found.partitions)


def _today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()
