"""The daily refresh of the dataset."""

import dagster as dg

from ftdata.defs.jobs import refresh_dataset
from ftdata.settings import Automation


def daily_dataset(options: Automation) -> dg.ScheduleDefinition:
    """Refresh the dataset at `automation.dataset_cron`, UTC."""
    return dg.ScheduleDefinition(
        name="daily_dataset",
        job=refresh_dataset,
        cron_schedule=options.dataset_cron,
        execution_timezone="UTC",
        default_status=(
            dg.DefaultScheduleStatus.RUNNING
            if options.running
            else dg.DefaultScheduleStatus.STOPPED
        ),
    )
