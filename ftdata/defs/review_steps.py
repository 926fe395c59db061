"""The page on which a person reviews the newest dataset. No Dagster here.

`review.html` stands in the version's folder and, like the card, is not hashed in the manifest: it
tells of the version, of the settings and of what was reviewed before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from upath import UPath

from ftdata import jsonl
from ftdata.defs.reviewed import project_reviews
from ftdata.errors import ReleaseError, StorageError
from ftdata.project import Project
from ftdata.release.files import EXAMPLES
from ftdata.release.read import LoadedRelease, read_examples, read_latest
from ftdata.reviewing.page import review_page
from ftdata.reviewing.sample import COLUMNS, Sample, sample_examples
from ftdata.reviews import review_line, text_hash
from ftdata.settings import Settings, section_hash
from ftdata.storage import content_hash, write_atomically

PAGE = "review.html"
STATE = "review.json"  # what the newest page was made of
# Raised when the same dataset and settings give another page.
_CODE = 1
_SHOWN = (
    "id", "split", "source", "date", "parent_id", "provenance", "origins", "tags", "scores",
    "messages", "tools", "rejected",
)  # fmt: skip


@dataclass(frozen=True)
class ReviewPage:
    """A page that was written, and what is on it."""

    path: UPath
    version: str  # of the dataset
    content: bytes
    sample: Sample
    shown: tuple[dict[str, Any], ...]  # what the page was given of each example
    faults: tuple[str, ...]  # about reviews that could not be read


def review_version(settings: Settings) -> str:
    """Version of the page's code and settings."""
    return f"{_CODE}-{section_hash(settings.review)}"


def write_review_page(project: Project, size: int | None = None) -> ReviewPage:
    """Write the page of the newest dataset into its folder; `size` instead of the settings'.

    Raises ReleaseError where there is no dataset, StorageError where it cannot be read or written.
    """
    release = read_latest(project.store.data)
    if release is None:
        raise ReleaseError("there is no dataset to review: build it with `ftdata build`")
    options = project.settings.review
    if size is not None:
        options = options.model_copy(update={"size": size})
    reviews = project_reviews(project)
    table = read_examples(project.store.data, release.version, COLUMNS)
    done = {placed.review.id for placed in reviews.latest}
    sample = sample_examples(table, project.settings.splits.strata, options, done)
    ids = table.column("id").take(pa.array(sample.rows, pa.int64()))
    shown = tuple(_read_examples(release, ids, sample.strata))
    about = {"examples": table.num_rows, "reviewed": len(done), "strata": len(sample.of)}
    name = project.settings.dataset.name
    content = review_page(name, release.version, shown, about)
    write_atomically(release.folder / PAGE, content)
    if size is None:
        made = {"version": release.version, "made_with": _made_with(project)}
        write_atomically(project.store.root / STATE, jsonl.pretty(made))
    path = release.folder / PAGE
    return ReviewPage(path, release.version, content, sample, shown, reviews.faults)


def is_paged(project: Project, release: LoadedRelease) -> bool:
    """Whether the page of a version is there, by the present settings and reviews."""
    path = project.store.root / STATE
    try:
        noted = orjson.loads(path.read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return False
    made = {"version": release.version, "made_with": _made_with(project)}
    return bool(noted == made) and (release.folder / PAGE).exists()


def _made_with(project: Project) -> str:
    """Changes with the settings, and with every review: who was reviewed is not shown again."""
    reviews = [review_line(placed.review) for placed in project_reviews(project).latest]
    return f"{review_version(project.settings)}-{content_hash(jsonl.canonical(reviews))}"


def _read_examples(
    release: LoadedRelease, ids: pa.ChunkedArray, strata: Sequence[str]
) -> list[dict[str, Any]]:
    """What the page shows of these examples, which are in the order of the file."""
    wanted = ids.combine_chunks()
    path = release.folder / EXAMPLES
    rows: list[dict[str, Any]] = []
    try:
        with path.open("rb") as file:
            read = pq.ParquetFile(file)
            for group in range(read.num_row_groups):
                held = read.read_row_group(group, ["id"]).column("id")
                here = pc.is_in(held, value_set=wanted)
                if pc.any(here).as_py():
                    rows += read.read_row_group(group, list(_SHOWN)).filter(here).to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise StorageError(f"{path}: cannot be read ({error}): build the dataset again") from error
    return [_shown(row, stratum) for row, stratum in zip(rows, strata, strict=True)]


def _shown(row: dict[str, Any], stratum: str) -> dict[str, Any]:
    messages = row["messages"]
    return {
        **{name: row[name] for name in ("id", "split", "source", "date", "provenance", "origins")},
        "parent": row["parent_id"],
        "stratum": stratum,
        "base": text_hash(messages),
        "tags": dict(row["tags"]),
        "scores": dict(row["scores"] or ()),
        "messages": [
            {name: message[name] for name in ("role", "content", "weight", "tool_calls", "name")}
            for message in messages
        ],
        "tools": row["tools"],
        "rejected": row["rejected"],
    }
