"""`ftdata export` and `ftdata push`: a version in another form, and in another place."""

from __future__ import annotations

from pathlib import Path

import click

from ftdata.commands import Options, commands, common_options, opened_project
from ftdata.console import ConsoleProgress
from ftdata.errors import UsageError
from ftdata.interrupts import noted_interrupts
from ftdata.show import Answer
from ftdata.show_export import export_answer, push_answer, targets_answer
from ftdata.tables import SPLITS


@commands.command()
@click.option("--format", "name", metavar="NAME", help="The target.")
@click.option("--version", default="latest", help="Version id, its beginning, latest or previous.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder (default: NAME-VERSION here).")
@click.option("--split", "splits", multiple=True, type=click.Choice(SPLITS), help="Only this one.")
@click.option("--force", is_flag=True, help="Replace files of the same names.")
@click.option("--list", "listed", is_flag=True, help="List the targets.")
@common_options
def export(
    options: Options,
    name: str | None,
    version: str,
    out: Path | None,
    splits: tuple[str, ...],
    force: bool,
    listed: bool,
) -> Answer:
    """Write a version in the form of one target, without building anything."""
    from ftdata.release.export import export_version
    from ftdata.release.exports import EXPORTERS, exporters
    from ftdata.release.read import find_whole_version

    if listed:
        return targets_answer(EXPORTERS)
    if name not in EXPORTERS:
        known = ", ".join(f"{one.name} ({one.status})" for one in EXPORTERS.values())
        unknown = f" {name}: no such target" if name else ""
        raise UsageError(f"--format{unknown}: name one of {known}")
    with noted_interrupts() as check, ConsoleProgress(check) as progress:
        project = opened_project(options, progress)
        dataset = project.settings.dataset
        release = find_whole_version(project.store.data, version)
        folder = out or Path(f"{name}-{release.version}")
        total = len(release.manifest["content"]["stages"]["partitions"]["validated_splits"])
        progress.start("export", total)
        made = export_version(
            release, exporters(dataset)[name], folder.absolute(), splits or SPLITS, dataset.name,
            force, lambda done, _: progress.advance("export", str(done)),
        )  # fmt: skip
        check()
    return export_answer(made)


@commands.command()
@click.option(
    "--to", required=True, metavar="URL", help="hf://datasets/ORG/NAME, s3://…, file:///…"
)
@click.option("--version", default="latest", help="Version id, its beginning, latest or previous.")
@click.option("--public", is_flag=True, help="On the hub: for everybody to read.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be sent.")
@common_options
def push(options: Options, to: str, version: str, public: bool, dry_run: bool) -> Answer:
    """Copy a version to a place where others read it; nothing is deleted there."""
    from ftdata.release.push_hub import push_version
    from ftdata.release.read import find_whole_version

    with noted_interrupts() as check, ConsoleProgress(check) as progress:
        release = find_whole_version(opened_project(options).store.data, version)
        made = push_version(release, to, public, dry_run, progress)
        check()
    return push_answer(made, dry_run)
