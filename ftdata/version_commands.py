"""`ftdata versions`, `diff`, `verify` and `prune`: the dataset versions that are there."""

from __future__ import annotations

import click

from ftdata.commands import Options, commands, common_options, opened_project
from ftdata.show import Answer
from ftdata.show_versions import diff_answer, prune_answer, verify_answer, versions_answer

LISTS = ("added", "removed", "changed", "retagged", "moved")


@commands.command()
@common_options
def versions(options: Options) -> Answer:
    """List the dataset versions that are there, the newest first."""
    from ftdata.release.read import describe_versions

    project = opened_project(options)
    found = describe_versions(project.store.data, project.settings.splits.pin)
    return versions_answer(options.place, found)


@commands.command()
@click.argument("before", default="previous")
@click.argument("after", default="latest")
@click.option("--list", "listed", type=click.Choice(LISTS), help="Show ids of one kind.")
@click.option("--limit", type=click.IntRange(1), default=20, help="How many ids (20).")
@common_options
def diff(options: Options, before: str, after: str, listed: str | None, limit: int) -> Answer:
    """Tell what differs between two versions: an id, its beginning, `latest` or `previous`."""
    from ftdata.release.diff import compare_versions
    from ftdata.release.read import find_whole_version

    data = opened_project(options).store.data
    found = compare_versions(find_whole_version(data, before), find_whole_version(data, after))
    return diff_answer(found, listed, limit)


@commands.command()
@click.argument("version", default="latest")
@click.option("--inputs", is_flag=True, help="Hash the raw files it was made from as well.")
@common_options
def verify(options: Options, version: str, inputs: bool) -> Answer:
    """Compare a version's files with the hashes in its manifest; exit code 1 where one differs."""
    from ftdata.release.read import altered_inputs, find_version, mismatches

    data = opened_project(options).store.data
    release = find_version(data, version)
    found = mismatches(release.folder)
    if inputs:
        found += altered_inputs(data, release.manifest)
    return verify_answer(release.version, found)


@commands.command()
@click.option("--keep", type=click.IntRange(1), help="How many to keep (dataset.keep_versions).")
@click.option("--dry-run", is_flag=True, help="Only tell which would go.")
@common_options
def prune(options: Options, keep: int | None, dry_run: bool) -> Answer:
    """Remove old versions; never the newest, nor the one that splits.pin names."""
    from ftdata.release.versions import prune_versions

    project = opened_project(options)
    settings = project.settings
    least = keep or settings.dataset.keep_versions
    gone = prune_versions(project.store.data, least, settings.splits.pin, dry_run=dry_run)
    return prune_answer(gone, dry_run=dry_run)
