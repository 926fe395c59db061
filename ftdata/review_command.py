"""`ftdata review`: the page on which people review the newest dataset, and other tools' files."""

from __future__ import annotations

import json
import webbrowser
from pathlib import Path

import click
from upath import UPath

from ftdata import jsonl
from ftdata.commands import Options, commands, common_options, opened_project
from ftdata.console import say, warn
from ftdata.errors import UsageError
from ftdata.reviewing.labelling import LABEL_STUDIO_CONFIG, TOOLS, read_labels, tasks_for
from ftdata.reviews import FOLDER, ReviewError, review_line
from ftdata.show import Answer, near
from ftdata.storage import write_atomically

_File = click.Path(path_type=Path, dir_okay=False)
_ReadFile = click.Path(path_type=Path, dir_okay=False, exists=True)


@commands.command()
@click.option("--size", type=click.IntRange(1, 5_000), help="Examples on the page (review.size).")
@click.option("--open", "is_opened", is_flag=True, help="Open it in the browser.")
@click.option("--for", "tool", type=click.Choice(TOOLS), help="Write tasks for this tool instead.")
@click.option("--out", type=_File, help="File of the tasks.")
@click.option("--import", "imported", type=_ReadFile, help="Take in what a tool exported as JSON.")
@common_options
def review(
    options: Options,
    size: int | None,
    is_opened: bool,
    tool: str | None,
    out: Path | None,
    imported: Path | None,
) -> Answer:
    """Write the page on which a person rates, edits and rejects examples of the newest dataset."""
    if (tool is None) != (out is None):
        raise UsageError("--for and --out go together: name the tool and the file for it")
    if imported is not None:
        if size is not None or is_opened or tool is not None:
            raise UsageError("--import writes no page and no tasks: leave the other options out")
        return _import(options, imported)
    if is_opened and tool is not None:
        raise UsageError("--for writes tasks and no page to open: leave --open out")
    from ftdata.defs.review_steps import write_review_page

    page = write_review_page(opened_project(options), size)
    if tool is not None and out is not None:
        return _export(tool, out, page.version, page.shown)
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
            warn(fault)
        say(f"{len(page.shown):,} examples to review: {near(page.path)}")
        say("Open it in a browser; put what it exports into data/reviews, and build.")

    return Answer(values, show)


def _export(tool: str, out: Path, version: str, shown: tuple[dict[str, object], ...]) -> Answer:
    """Write tasks for a labelling tool, and for Label Studio its configuration beside them."""
    known = next(one for one in TOOLS if one == tool)
    tasks = tasks_for(known, version, shown)
    write_atomically(UPath(out), jsonl.pretty(tasks))
    files = [str(out)]
    if known == "label-studio":
        config = out.with_suffix(".xml")
        write_atomically(UPath(config), LABEL_STUDIO_CONFIG.encode())
        files.append(str(config))
    told = f"{len(tasks):,} examples for {tool} written to {' and '.join(files)}"
    return Answer({"files": files, "examples": len(tasks)}, lambda: say(told))


def _import(options: Options, file: Path) -> Answer:
    """Write the reviews of a tool's export into data/reviews."""
    try:
        found = list(read_labels(json.loads(file.read_bytes())))
    except (ValueError, ReviewError) as error:
        raise UsageError(f"{file}: cannot be read ({error}): export it as JSON") from error
    reviews = [one for one in found if not isinstance(one, str)]
    faults = [f"{file}: {one}" for one in found if isinstance(one, str)]
    if not reviews:
        raise UsageError(
            f"{file}: holds no review: {faults[0] if faults else 'nobody said a word'}"
        )
    path = opened_project(options).store.data / FOLDER / f"{file.stem}.jsonl"
    lines = b"".join(jsonl.dumps(review_line(one)) + b"\n" for one in reviews)
    write_atomically(path, lines)

    def show() -> None:
        for fault in faults:
            warn(fault)
        say(f"{len(reviews):,} reviews written to {near(path)}: the next build takes them in.")

    values = {"file": str(path), "reviews": len(reviews), "malformed": faults}
    return Answer(values, show)
