"""Build every partition of the project in this folder by a run of its own, the last one first."""

from __future__ import annotations

from pathlib import Path

from ftdata.defs.build import open_instance, register_sources
from ftdata.defs.jobs import build_partitions
from ftdata.defs.location import definitions_for
from ftdata.ingest.inventory import scan_raw
from ftdata.project import project_from_environment

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def main() -> None:
    """Raises where a run fails."""
    project = project_from_environment()
    inventory = scan_raw(project.store.data, project.settings)
    job = definitions_for(project).resolve_job_def(build_partitions.name)
    with open_instance(Path.cwd()) as instance:
        register_sources(instance, inventory)
        for key in reversed(inventory.partitions):
            job.execute_in_process(instance=instance, partition_key=str(key), run_config=QUIET)


if __name__ == "__main__":
    main()
