"""The daily refresh of the dataset."""

import dagster as dg

from ftdata.defs.jobs import refresh_dataset
from ftdata.errors import SettingsError
from ftdata.settings import Automation


def daily_dataset(options: Automation) -> dg.ScheduleDefinition:
    """Refresh the dataset at `automation.dataset_cron`, UTC. Raises SettingsError."""
    status = dg.DefaultScheduleStatus
    try:
        return dg.ScheduleDefinition(
            name="daily_dataset",
            job=refresh_dataset,
            cron_schedule=options.dataset_cron,
            execution_timezone="UTC",
            default_status=status.RUNNING if options.running else status.STOPPED,
        )
    except dg.DagsterInvalidDefinitionError as error:
        raise SettingsError(
            f"automation.dataset_cron: {options.dataset_cron!r} is no cron line: write five fields,"
            ' such as "0 3 * * *"'
        ) from error
