"""What the web UI shows of reviewers: who said how much, and how far they agree."""

from typing import Any

import dagster as dg

from ftdata.defs.reviewed import project_reviews
from ftdata.project import Project
from ftdata.reviewing.agreement import ReviewerAgreement, reviewer_agreement


def reviewers_metadata(project: Project) -> dict[str, Any]:
    """Counts and agreement; nothing where nobody reviewed."""
    reviews = [placed.review for placed in project_reviews(project).latest]
    if not reviews:
        return {}
    found = reviewer_agreement(reviews)
    told: dict[str, Any] = {
        "reviewed": len({review.id for review in reviews}),
        "reviewers": ", ".join(f"{name or '(none)'} {n}" for name, n in found.reviewers.items()),
        "rejected_and_kept": found.torn,
    }
    if found.shared:
        told["rated_by_several"] = found.shared
        told["krippendorff_alpha"] = "unknown" if found.alpha is None else f"{found.alpha:.2f}"
        told["reviewers_in_pairs"] = _table(found)
    return told


def _table(found: ReviewerAgreement) -> dg.TableMetadataValue:
    names = ("one", "other", "shared", "same rating", "within one point")
    records = [
        dg.TableRecord(
            {
                "one": pair.one,
                "other": pair.other,
                "shared": str(pair.shared),
                "same rating": f"{pair.same:.0%}",
                "within one point": f"{pair.within_one:.0%}",
            }
        )
        for pair in found.pairs
    ]
    return dg.MetadataValue.table(records, dg.TableSchema([dg.TableColumn(n) for n in names]))
