"""`ftdata check`: the rules of the targets, for a file that anybody made. Needs no project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from ftdata import jsonl
from ftdata.commands import Options, commands, common_options
from ftdata.errors import UsageError
from ftdata.settings import Settings
from ftdata.settings_file import load_settings
from ftdata.settings_pii import Pii
from ftdata.show import Answer
from ftdata.show_check import Cost, check_answer, shown_progress

if TYPE_CHECKING:
    from ftdata.checking.check import Checked, CheckOptions

_NAMES = ("PERSON", "USER")
_Report = click.Path(path_type=Path, dir_okay=False)


class Wanted(TypedDict):
    """The options of the command."""

    format: str
    tokenizer: str | None
    against: str | None
    no_duplicates: bool
    near_rows: int | None
    no_pii: bool
    names: bool
    max_errors: int
    strict: bool
    price_per_million: float | None
    epochs: int | None
    workers: int | None
    junit: Path | None
    sarif: Path | None


@commands.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", default="auto", help="Target whose rules hold; auto guesses it.")
@click.option("--tokenizer", help="auto, o200k, estimate, or a tokenizer.json (the settings').")
@click.option("--against", metavar="FILE", help="Look for rows that leak into or from this file.")
@click.option("--no-duplicates", is_flag=True, help="Do not look for repeated rows.")
@click.option(
    "--near-rows", type=click.IntRange(0),
    help="Most rows that near-duplicates are looked for among (100,000; about 2 kB each).",
)  # fmt: skip
@click.option("--no-pii", is_flag=True, help="Do not look for personal data and secrets.")
@click.option("--names", is_flag=True, help="Look for names of persons, too: slow, and unsure.")
@click.option(
    "--max-errors", type=click.IntRange(1), default=20, help="Findings listed of each rule (20)."
)
@click.option("--strict", is_flag=True, help="Warnings fail the check as errors do.")
@click.option(
    "--price-per-million", type=click.FloatRange(0), help="Price of a million trained tokens."
)
@click.option("--epochs", type=click.IntRange(1), help="Epochs of a training run (3).")
@click.option("--workers", type=click.IntRange(1), help="Processes (one a core, 8 at most).")
@click.option("--junit", type=_Report, help="Write the findings as JUnit XML.")
@click.option("--sarif", type=_Report, help="Write the findings as SARIF 2.1.0.")
@common_options
def check(options: Options, files: tuple[str, ...], **wanted: Unpack[Wanted]) -> Answer:
    """Check fine-tuning files for the errors that a trainer or provider would refuse, or let pass.

    A FILE is JSON lines (plain, gzip or zstd), Parquet, or - for standard input. Exit code: 0 where
    there are at most warnings, 1 where there are errors, 2 for misuse.
    """
    from ftdata.checking.check import check_file, read_other

    settings = load_settings(options.settings)
    _refuse_misuse(files, wanted["against"])
    chosen = _check_options(settings, wanted)
    against = wanted["against"]
    other = None if against is None else read_other(against, chosen)
    found = []
    for path in files:
        with shown_progress(path) as say:
            found.append(check_file(path, chosen, other, say))
    _write_reports(found, wanted)
    price = wanted["price_per_million"]
    cost = Cost(
        settings.training.price_per_million if price is None else price,
        wanted["epochs"] or settings.training.epochs,
    )
    return check_answer(found, cost, strict=wanted["strict"])


def _refuse_misuse(files: tuple[str, ...], against: str | None) -> None:
    named = [*files, *([against] if against is not None else [])]
    if named.count("-") > 1:
        raise UsageError("standard input can be read once: name - once, or files instead")


def _check_options(settings: Settings, wanted: Wanted) -> CheckOptions:
    from ftdata.checking.check import AUTO, CheckOptions
    from ftdata.checking.repeats import NEAR_ROWS
    from ftdata.checking.spread import usual_workers
    from ftdata.release.exports import EXPORTERS

    name = wanted["format"]
    if name != AUTO and name not in EXPORTERS:
        known = ", ".join(EXPORTERS)
        raise UsageError(f"--format {name}: no such format: write {AUTO}, or one of {known}")
    dedup, near_rows = settings.cleaning.dedup, wanted["near_rows"]
    return CheckOptions(
        format=name,
        dataset=settings.dataset,
        tokenizer=wanted["tokenizer"] or settings.formatting.tokenizer,
        dedup=None if wanted["no_duplicates"] or not dedup.enabled else dedup,
        pii=None if wanted["no_pii"] else _pii(settings.cleaning.pii, names=wanted["names"]),
        leak_threshold=settings.splits.leak_threshold,
        near_rows=NEAR_ROWS if near_rows is None else near_rows,
        max_line_bytes=settings.extraction.max_line_bytes,
        listed=wanted["max_errors"],
        workers=wanted["workers"] or usual_workers(),
    )


def _pii(options: Pii, *, names: bool) -> Pii | None:
    """The settings, without names where they are not asked for; None where nothing is left."""
    if not options.enabled:
        return None
    kinds = tuple(kind for kind in options.entities if names or kind not in _NAMES)
    return options.model_copy(update={"entities": kinds}) if kinds else None


def _write_reports(found: list[Checked], wanted: Wanted) -> None:
    from importlib.metadata import version

    from ftdata.checking.junit import junit_xml
    from ftdata.checking.sarif import sarif_log

    if wanted["junit"] is not None:
        wanted["junit"].write_bytes(junit_xml(found, strict=wanted["strict"]))
    if wanted["sarif"] is not None:
        wanted["sarif"].write_bytes(jsonl.pretty(sarif_log(found, version("ftdata"))))
