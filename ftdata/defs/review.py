"""The asset review_sample: the page on which a person rates, edits and rejects examples."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from ftdata.defs.dataset import ON_CHANGE
from ftdata.defs.partition_runs import mistakes_as_failures
from ftdata.defs.review_steps import ReviewPage, review_version, write_review_page
from ftdata.defs.reviewers import reviewers_metadata
from ftdata.project import Project
from ftdata.reviewing.page import read_embedded

_CLAIMS = {
    "page_shows_text_as_text": "What the page was given stands in it whole, and no character of it"
    " begins a tag or ends a script.",
    "sample_covers_every_stratum": "Every combination of strata and source that is not reviewed yet"
    " has an example on the page.",
    "every_review_is_read": "No line below data/reviews is malformed.",
}
_SPECS = [
    dg.AssetCheckSpec(name, asset="review_sample", description=claim)
    for name, claim in _CLAIMS.items()
]
_SAMPLES = 5
Found = tuple[bool, dict[str, Any]]


def review_asset(project: Project) -> dg.AssetsDefinition:
    """One unpartitioned asset behind `dataset`."""

    @dg.asset(
        deps=["dataset"],
        code_version=review_version(project.settings),
        automation_condition=ON_CHANGE if project.settings.automation.dataset_on_change else None,
        check_specs=_SPECS,
        description="review.html of the newest dataset: a page that needs no network, on which a"
        " person rates, edits and rejects examples. Its export goes into data/reviews.",
        group_name="ftdata",
        kinds={"html"},
    )
    def review_sample(
        project: dg.ResourceParam[Project],
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        with mistakes_as_failures():
            page = write_review_page(project)
        yield from _check_results(page)
        yield dg.MaterializeResult(
            metadata={**_page_metadata(page), **reviewers_metadata(project)},
        )

    return review_sample


def _check_results(page: ReviewPage) -> Iterator[dg.AssetCheckResult]:
    for name, (passed, metadata) in judge_page(page).items():
        yield dg.AssetCheckResult(
            asset_key="review_sample", check_name=name, passed=passed,
            severity=dg.AssetCheckSeverity.WARN, metadata=metadata,
        )  # fmt: skip


def judge_page(page: ReviewPage) -> dict[str, Found]:
    """What holds of a page, by the name of the check."""
    missing = sorted(page.sample.of.keys() - set(page.sample.strata))
    return {
        "page_shows_text_as_text": (_is_embedded(page), {"examples": len(page.shown)}),
        "sample_covers_every_stratum": (
            not missing,
            {
                "strata": len(page.sample.of),
                "missing": len(missing),
                "samples": "; ".join(missing[:_SAMPLES]),
                "to cover them": "raise review.size" if missing else "",
            },
        ),
        "every_review_is_read": (
            not page.faults,
            {"malformed": len(page.faults), "samples": "; ".join(page.faults[:_SAMPLES])},
        ),
    }


def _is_embedded(page: ReviewPage) -> bool:
    """Whether the page's data is what it was given, up to the end of its own block."""
    try:
        embedded = read_embedded(page.content)
    except ValueError:
        return False
    return bool(embedded["examples"] == list(page.shown))


def _page_metadata(page: ReviewPage) -> dict[str, Any]:
    return {
        "page": dg.MetadataValue.path(str(page.path)),
        "examples": len(page.shown),
        "strata": len(page.sample.of),
        "bytes": len(page.content),
    }
