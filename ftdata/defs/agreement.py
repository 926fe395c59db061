"""The judge held against people's ratings, over the partitions of a dataset. No Dagster here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ftdata.defs.reviewed import project_reviews
from ftdata.judging.agreement import Agreement, measure_agreement
from ftdata.judging.verdicts import mean_of
from ftdata.keys import PartitionKey
from ftdata.project import Project


@dataclass(frozen=True)
class Reviewed:
    """What people's ratings say of the judge; the agreement is None where they share no example."""

    rated: int  # examples
    agreement: Agreement | None
    faults: tuple[str, ...]  # sentences about reviews that could not be read


def review_judge(project: Project, keys: Sequence[PartitionKey]) -> Reviewed:
    """The agreement over all judged examples of these partitions.

    What the judge had dropped is not among them, so that of a strict threshold it tells less.
    """
    found = project_reviews(project)
    ratings = found.ratings()
    means: dict[str, float] = {}
    for key in keys if ratings else ():
        table = project.store.read_table("validated_splits", key, ["id", "judgement"])
        columns = (table.column(name).to_pylist() for name in ("id", "judgement"))
        for name, judgement in zip(*columns, strict=True):
            mean = mean_of(judgement) if name in ratings else None
            if mean is not None:
                means[name] = mean
    agreement = measure_agreement(means, ratings)
    return Reviewed(len(ratings), agreement, found.faults)
