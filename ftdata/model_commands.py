"""`ftdata estimate` and `ftdata cache`: what models will cost, and what they have answered."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from ftdata.chat import Answer as Filled
from ftdata.commands import Options, commands, common_options, opened_project
from ftdata.console import ConsoleProgress
from ftdata.errors import UsageError
from ftdata.interrupts import noted_interrupts
from ftdata.llm.cache_file import cache_folder
from ftdata.llm.chat_cache import ChatCache
from ftdata.llm.journal import Entry, entry_of, line_of
from ftdata.show import Answer
from ftdata.show_costs import counted_answer, estimate_answer

_File = click.Path(path_type=Path, dir_okay=False)


@commands.command()
@common_options
def estimate(options: Options) -> Answer:
    """Tell what `ftdata build` would ask of the model: requests, tokens and cost. Sends nothing."""
    from ftdata.defs.estimate import estimate as estimate_project
    from ftdata.defs.raw_files import look_at_raw

    with noted_interrupts() as check, ConsoleProgress(check) as progress:
        project = opened_project(options, progress)
        progress.start("estimate", len(look_at_raw(project).partitions))
        found = estimate_project(project, say=lambda key: progress.advance("estimate", str(key)))
        progress.finish("estimate")
        check()
    return estimate_answer(options.place, found)


@commands.group()
def cache() -> None:
    """Answers of models: paid for once, kept below the data folder."""


@cache.command("export")
@click.argument("file", type=_File)
@common_options
def export_cache(options: Options, file: Path) -> Answer:
    """Write all answers to FILE, as JSON lines; compressed where it ends in .gz."""
    count = 0
    with _written(file) as out:
        for entry in _cache_of(options).entries():
            out.write(line_of(entry))
            count += 1
    return counted_answer("exported", count, f"{count:,} answers written to {file}")


@cache.command("import")
@click.argument("file", type=_File)
@common_options
def import_cache(options: Options, file: Path) -> Answer:
    """Take over the answers of FILE that are not here yet; those that are stay as they are."""
    entries = list(_read(file))
    new = _cache_of(options).take_over(entries)
    return counted_answer("imported", new, f"{new:,} of {len(entries):,} answers were new")


@cache.command("repair")
@common_options
def repair_cache(options: Options) -> Answer:
    """Make a damaged cache anew from its journal; nothing is asked again."""
    kept = _cache_of(options).repair()
    return counted_answer("kept", kept, f"{kept:,} answers are there again")


@cache.command("retry")
@common_options
def retry_refused(options: Options) -> Answer:
    """Forget what models refused or wrote amiss, so that the next build asks, and pays, again."""
    held = _cache_of(options)
    refused = [entry.key for entry in held.entries() if not entry.is_answer]
    held.forget(refused)
    told = f"{len(refused):,} refused requests will be asked again by `ftdata build`"
    return counted_answer("forgotten", len(refused), told)


@cache.command("prune")
@common_options
def prune_cache(options: Options) -> Answer:
    """Remove answers and embeddings of which nobody knows any more who asked for them.

    An erasure cannot tell whether one of them was given to what is erased. What is asked for again
    is paid for again.
    """
    from ftdata.defs.erasure_sweep import erase_unknown

    count = erase_unknown(opened_project(options))
    return counted_answer("removed", count, f"{count:,} answers and embeddings are removed")


def _cache_of(options: Options) -> ChatCache:
    return ChatCache(cache_folder(opened_project(options).store.data))


def _filled(entry: Entry) -> Entry:
    """The entry. Raises ValueError where it holds no filled form, whatever the form is."""
    outcome = entry.outcome
    if isinstance(outcome, Filled) and not isinstance(json.loads(outcome.text), dict):
        raise ValueError("an answer is a JSON object")
    return entry


@contextmanager
def _written(file: Path) -> Iterator[BinaryIO | gzip.GzipFile]:
    """The file, there whole or not at all, and with the same bytes each time."""
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("wb") as raw:
            if file.suffix == ".gz":
                with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
                    yield packed
            else:
                yield raw
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _read(file: Path) -> Iterator[Entry]:
    """The entries of an exported file. Raises UsageError that names a line that is none."""
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield _filled(entry_of(line))
                except ValueError as error:
                    raise UsageError(
                        f"{file}:{number}: is no answer of a cache ({error}): name a file that"
                        " `ftdata cache export` wrote; nothing is taken over"
                    ) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UsageError(f"{file}: is damaged ({error}): export it again") from error
