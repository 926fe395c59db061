"""`ftdata review`: the page on which a person reviews the newest dataset."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from ftdata.commands import Options, commands, common_options, opened_project
from ftdata.console import say
from ftdata.show import Answer, near


@commands.command()
@click.option("--size", type=click.IntRange(1, 5_000), help="Examples on the page (review.size).")
@click.option("--open", "is_opened", is_flag=True, help="Open it in the browser.")
@common_options
def review(options: Options, size: int | None, is_opened: bool) -> Answer:
    """Write the page on which a person rates, edits and rejects examples of the newest dataset."""
    from ftdata.defs.review_steps import write_review_page

    page = write_review_page(opened_project(options), size)
    if is_opened and isinstance(page.path, Path):
        webbrowser.open(page.path.absolute().as_uri())
    values = {
        "page": str(page.path),
        "examples": len(page.shown),
        "strata": len(page.sample.of),
        "malformed": list(page.faults),
    }

    def show() -> None:
        for fault in page.faults:
            say(fault)
        say(f"{len(page.shown):,} examples to review: {near(page.path)}")
        say("Open it in a browser; put what it exports into data/reviews, and build.")

    return Answer(values, show)
