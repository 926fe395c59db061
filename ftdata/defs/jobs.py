"""Jobs: one builds partitions from raw logs to splits, one refreshes the dataset."""

import dagster as dg

from ftdata.tables import STAGES

build_partitions = dg.define_asset_job(
    "build_partitions",
    selection=dg.AssetSelection.assets(*STAGES),
    description="From raw logs to splits, for the partitions chosen, with every check.",
)
refresh_dataset = dg.define_asset_job(
    "refresh_dataset",
    selection=dg.AssetSelection.assets("dataset", "dataset_report", "review_sample"),
    description="Assemble the dataset from all current partitions, and report on it.",
)
