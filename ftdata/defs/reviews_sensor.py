"""The sensor that takes in what people exported from the review page."""

import json
import time
from typing import Any

import dagster as dg

from ftdata.defs.jobs import build_partitions, refresh_dataset
from ftdata.defs.reviewed import partitions_to_review
from ftdata.defs.watching import text_state
from ftdata.ingest.reviews import reviews_state
from ftdata.project import Project


def reviews_sensor(project: Project) -> dg.SensorDefinition:
    """Launch what the files below data/reviews change, once they have settled."""
    options = project.settings.automation
    running = dg.DefaultSensorStatus.RUNNING
    stopped = dg.DefaultSensorStatus.STOPPED

    @dg.sensor(
        name="reviews",
        jobs=[build_partitions, refresh_dataset],
        minimum_interval_seconds=options.watch_seconds,
        default_status=running if options.running else stopped,
        description="Watches data/reviews: examples that people rejected or edited are split anew,"
        " and the review page shows others.",
    )
    def reviews(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        state = text_state(json.dumps(reviews_state(project.store.data)))
        seen: dict[str, Any] = {"state": text_state("[]")}
        if context.cursor:
            seen = json.loads(context.cursor)
        if seen["state"] != state:
            seen = {"state": state, "since": time.time()}
            context.update_cursor(json.dumps(seen))
            return dg.SkipReason("data/reviews has changed: waiting until it stays as it is")
        if "since" not in seen:
            return dg.SkipReason("nothing new in data/reviews")
        if time.time() - seen["since"] < options.settle_seconds:
            return dg.SkipReason("data/reviews has changed a moment ago")
        # A file taken out and put back is a change each time, though the state was seen before.
        change = f"{state}:{seen['since']}"
        return dg.SensorResult(
            run_requests=_requests(project, change), cursor=json.dumps({"state": state})
        )

    return reviews


def _requests(project: Project, change: str) -> list[dg.RunRequest]:
    """A run for each partition that changes; of ratings alone, one of the page.

    The dataset follows its partitions as it does after any run of them.
    """
    changed = [
        dg.RunRequest(
            run_key=f"reviews:{key}:{change}",
            partition_key=str(key),
            job_name=build_partitions.name,
            asset_selection=[dg.AssetKey("validated_splits")],
        )
        for key in partitions_to_review(project)
    ]
    page = dg.RunRequest(
        run_key=f"reviews:{change}",
        job_name=refresh_dataset.name,
        asset_selection=[dg.AssetKey("review_sample")],
    )
    return changed or [page]
