"""The definitions of one project: everything Dagster knows of it, in one list."""

import dagster as dg

from ftdata.defs.checks import stage_checks
from ftdata.defs.dataset import dataset_asset
from ftdata.defs.jobs import build_partitions, refresh_dataset
from ftdata.defs.push import push_assets
from ftdata.defs.report import report_asset
from ftdata.defs.review import review_asset
from ftdata.defs.reviews_sensor import reviews_sensor
from ftdata.defs.schedules import daily_dataset
from ftdata.defs.sensors import automation_sensor, finish_batches_sensor, raw_files_sensor
from ftdata.defs.stages import stage_assets
from ftdata.llm.chat import open_chat
from ftdata.project import Project


def definitions_for(project: Project) -> dg.Definitions:
    """The definitions of one project."""
    automation = project.settings.automation
    return dg.Definitions(
        assets=[
            *stage_assets(project),
            dataset_asset(project),
            report_asset(project),
            review_asset(project),
            *push_assets(project),
        ],
        asset_checks=stage_checks(project),
        jobs=[build_partitions, refresh_dataset],
        schedules=[daily_dataset(automation)],
        sensors=[
            raw_files_sensor(project),
            finish_batches_sensor(project),
            reviews_sensor(project),
            automation_sensor(automation),
        ],
        resources={"project": project, "llm": open_chat},
        executor=dg.in_process_executor,
    )
