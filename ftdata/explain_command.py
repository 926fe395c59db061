"""`ftdata explain`: where a training row comes from, and what became of a record."""

from __future__ import annotations

import click

from ftdata.commands import Options, commands, common_options, opened_project
from ftdata.show import Answer
from ftdata.show_explain import explain_answer


@commands.command()
@click.argument("name", metavar="ID")
@click.option("--version", help="Dataset version to look at (the newest).")
@common_options
def explain(options: Options, name: str, version: str | None) -> Answer:
    """Tell where a training row comes from, or what became of a record, stage by stage.

    ID is the id of an example, a record, a conversation or a section; a document; a line of a raw
    file (raw/web/2025-03-01.jsonl:12); or a row of a split, counted from 0 (train:17).
    """
    from ftdata.defs.explain import explain as explain_name

    return explain_answer(options.place, explain_name(opened_project(options), name, version))
