"""People's rulings on a project's examples, by partition. No Dagster here."""

from __future__ import annotations

from functools import lru_cache

import pyarrow as pa
from upath import UPath

from ftdata import jsonl
from ftdata.cleaning.pii.redact import open_redact
from ftdata.ingest.reviews import Reviews, read_reviews, reviews_state
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.reviewing.apply import Reviewed, apply_rulings
from ftdata.reviewing.decide import Ruling, rule_on_examples
from ftdata.reviews import Review
from ftdata.settings import section_hash
from ftdata.storage import content_hash
from ftdata.token_count import CountTexts

INPUT = "reviews"  # among the inputs of `validated_splits`


def project_reviews(project: Project) -> Reviews:
    """What people said, read again only where a file has changed."""
    data = project.store.data
    return _read(data, project.settings.extraction.max_line_bytes, reviews_state(data))


def rulings_of(project: Project, key: PartitionKey) -> list[Ruling]:
    """The rulings on one partition's examples, by id."""
    data = project.store.data
    limit = project.settings.extraction.max_line_bytes
    of_key = _by_partition(data, limit, reviews_state(data)).get(key, [])
    return rule_on_examples(of_key, project.settings.review)


def partitions_to_review(project: Project) -> list[PartitionKey]:
    """Built partitions whose splits were made without the present rulings, in canonical order."""
    found = []
    for key in project.store.keys("validated_splits"):
        record = project.store.read_record("validated_splits", key)
        if record is not None and record.inputs.get(INPUT, "") != reviews_input(project, key):
            found.append(key)
    return found


def reviews_input(project: Project, key: PartitionKey) -> str:
    """Hash of the rulings on one partition's examples; empty where there are none.

    Of edits it tells with which settings they are taken in as well.
    """
    rulings = rulings_of(project, key)
    if not rulings:
        return ""
    told = [
        [one.id, one.is_rejected, one.base, list(one.reviewers),
         [[edit.message, edit.content] for edit in one.edits]]
        for one in rulings
    ]  # fmt: skip
    if any(one.edits for one in rulings):
        # Other settings may find nothing new in what was cleaned, and yet something in an edit.
        settings = project.settings
        told.append([section_hash(settings.cleaning.pii), settings.formatting.max_tokens])
    return content_hash(jsonl.canonical(told))


def reviewed_examples(
    project: Project, key: PartitionKey, augmented: pa.Table, count: CountTexts
) -> Reviewed | None:
    """The examples after people's rulings; None where there is none on this partition."""
    rulings = rulings_of(project, key)
    if not rulings:
        return None
    redact = open_redact(project.settings.cleaning.pii)
    return apply_rulings(augmented, rulings, count, redact, project.settings.formatting.max_tokens)


@lru_cache(maxsize=4)
def _read(data: UPath, max_line_bytes: int, state: object) -> Reviews:
    del state  # what makes it be read again
    return read_reviews(data, max_line_bytes)


@lru_cache(maxsize=4)
def _by_partition(
    data: UPath, max_line_bytes: int, state: object
) -> dict[PartitionKey | None, list[Review]]:
    by_partition: dict[PartitionKey | None, list[Review]] = {}
    for placed in _read(data, max_line_bytes, state).latest:
        by_partition.setdefault(placed.review.key, []).append(placed.review)
    return by_partition
