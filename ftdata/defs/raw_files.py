"""The raw folder as partitions stand today, and how much of it is built. No Dagster here."""

from __future__ import annotations

import datetime as dt

from ftdata.defs.steps import current_status
from ftdata.erasures import read_erasures
from ftdata.freshness import PartitionStatus
from ftdata.ingest.inventory import Inventory, scan_raw, without_later
from ftdata.keys import PartitionKey
from ftdata.project import Project


def look_at_raw(project: Project) -> Inventory:
    """What can be built today: a file of a later day (UTC) has no partition yet."""
    inventory = scan_raw(project.store.data, project.settings)
    return without_later(inventory, dt.datetime.now(tz=dt.UTC).date())


def partition_statuses(
    project: Project, inventory: Inventory
) -> dict[PartitionKey, PartitionStatus]:
    """State of every partition that has raw files."""
    erasures = read_erasures(project.store.data)
    return {
        key: current_status(project, key, files, erasures)
        for key, files in inventory.partitions.items()
    }
