"""Partitions: source × date. Sources are dynamic: a new folder becomes a partition when it is seen.

Keys are written as Dagster writes them, `2025-03-01|web`.
"""

import dagster as dg

from ftdata.settings import Settings

SOURCES = dg.DynamicPartitionsDefinition(name="sources")


def source_date_partitions(settings: Settings) -> dg.MultiPartitionsDefinition:
    """Every source on every day from `partitions.start` to today (the day's file is admitted)."""
    days = dg.DailyPartitionsDefinition(settings.partitions.start.isoformat(), end_offset=1)
    return dg.MultiPartitionsDefinition({"source": SOURCES, "date": days})
