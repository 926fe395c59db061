"""What `ftdata export` and `ftdata push` answer, for a person and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ftdata.console import print_table, say, warn
from ftdata.release.target_reports import TargetReport, complaints, counted
from ftdata.show import Answer, near

if TYPE_CHECKING:
    from ftdata.release.export import Exported
    from ftdata.release.exports.exporter import Exporter
    from ftdata.release.push import Pushed

_MOST_NAMED = 5


def targets_answer(known: Mapping[str, Exporter]) -> Answer:
    """Every target with its status, what it holds, and what it cannot carry."""
    found = [
        {"name": name, "status": one.status, "holds": one.holds, "loss": one.loss}
        for name, one in known.items()
    ]

    def show() -> None:
        print_table(("target", "status", "holds"), [list(one.values())[:3] for one in found])
        say("What each cannot carry: the table of targets in README.md, or --list --json.")

    return Answer({"targets": found}, show)


def export_answer(made: Exported) -> Answer:
    """Rows by split, refusals and losses, and where the files lie."""
    report = TargetReport(
        name=made.target, **{**made.report, "limits": tuple(made.report["limits"])}
    )

    def show() -> None:
        rows = ", ".join(f"{split} {count:,}" for split, count in report.rows.items())
        say(f"{made.target} ({report.status}) of {made.version}: {rows} rows")
        say(f"  {near(made.folder)}: {', '.join(made.files)}")
        if report.losses:
            say(f"  written without: {counted(report.losses)}")
        for complaint in complaints(report):
            warn(complaint)

    values = {
        "version": made.version,
        "target": made.target,
        "folder": str(made.folder),
        "files": list(made.files),
        **made.report,
    }
    return Answer(values, show)


def push_answer(made: Pushed, dry_run: bool) -> Answer:
    """What was sent where, what was there already, and what else is there."""
    size = sum(file.bytes for file in made.sent)
    there = len(made.files) - len(made.sent)

    def show() -> None:
        for file in made.sent if dry_run else ():
            say(f"  {file.path}  {file.bytes:,} bytes")
        done = "would be sent" if dry_run else "sent"
        say(f"{made.version} to {made.place}: {len(made.sent)} files {done}, {size:,} bytes")
        if there:
            say(f"  {there} were there already")
        if made.strangers:
            names = ", ".join(made.strangers[:_MOST_NAMED])
            more = ", …" if len(made.strangers) > _MOST_NAMED else ""
            warn(f"not of this version, and left there: {names}{more}")

    values = {
        "version": made.version,
        "place": made.place,
        "dry_run": dry_run,
        "sent": [file.path for file in made.sent],
        "already_there": there,
        "bytes": size,
        "strangers": list(made.strangers),
    }
    return Answer(values, show)
