"""The asset pushed_dataset, which is there where `automation.push_to` names a place."""

import dagster as dg

from ftdata.defs.dataset import ON_CHANGE
from ftdata.defs.partition_runs import mistakes_as_failures
from ftdata.errors import ReleaseError
from ftdata.project import Project
from ftdata.release.push_hub import push_version
from ftdata.release.read import read_latest


def push_assets(project: Project) -> list[dg.AssetsDefinition]:
    """One unpartitioned asset behind all that is written into a version's folder, or none."""
    automation = project.settings.automation
    if automation.push_to is None:
        return []

    @dg.asset(
        deps=["dataset", "dataset_report", "review_sample"],
        automation_condition=ON_CHANGE if automation.dataset_on_change else None,
        description=f"The newest version at {automation.push_to}. What is there already is not sent"
        " again, and nothing is deleted there.",
        group_name="ftdata",
    )
    def pushed_dataset(project: dg.ResourceParam[Project]) -> dg.MaterializeResult[None]:
        with mistakes_as_failures():
            return _push(project)

    return [pushed_dataset]


def _push(project: Project) -> dg.MaterializeResult[None]:
    release, to = read_latest(project.store.data), project.settings.automation.push_to
    if release is None or to is None:
        raise ReleaseError("there is no dataset version to push: materialise `dataset` first")
    made = push_version(release, to)
    return dg.MaterializeResult(
        metadata={
            "place": made.place,
            "version": made.version,
            "sent": len(made.sent),
            "already_there": len(made.files) - len(made.sent),
            "bytes_sent": sum(file.bytes for file in made.sent),
        },
        data_version=dg.DataVersion(made.version),
    )
