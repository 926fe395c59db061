"""Dagster's history after an erasure: what showed the erased is gone, what is current is known."""

import dagster as dg
import pytest

from ftdata.defs.erased_runs import forget_runs
from ftdata.keys import PartitionKey

DAYS = dg.StaticPartitionsDefinition(["2025-03-01|web", "2025-03-02|web", "2025-03-03|web"])
FIRST, SECOND, THIRD = map(PartitionKey.parse, DAYS.get_partition_keys())
RANGE = {
    "dagster/asset_partition_range_start": str(FIRST),
    "dagster/asset_partition_range_end": str(THIRD),
}
SHOWN = []


@dg.asset(partitions_def=DAYS, backfill_policy=dg.BackfillPolicy.single_run())
def raw_logs(context):
    """Shows what is in SHOWN, for each partition of the run."""
    if "fail" in SHOWN:
        raise dg.Failure(description="failed at the walrus")
    for key in context.partition_keys:
        metadata = {"preview": " ".join([*SHOWN, key]), "rows": 7}
        context.add_asset_metadata(metadata, asset_key="raw_logs", partition_key=key)
    return dg.MaterializeResult()


@dg.asset(deps=[raw_logs])
def dataset():
    """Shows what is in SHOWN."""
    return dg.MaterializeResult(metadata={"chain": " ".join(SHOWN)})


JOBS = dg.Definitions(
    assets=[raw_logs, dataset],
    jobs=[dg.define_asset_job(f"make_{a.key.path[0]}", selection=[a]) for a in (raw_logs, dataset)],
)


@pytest.fixture
def instance(tmp_path):
    with dg.DagsterInstance.local_temp(str(tmp_path)) as made:
        yield made


def run(instance, shown, name, **options):
    """Make an asset that shows something; the run's id."""
    SHOWN[:] = [shown]
    job = JOBS.resolve_job_def(f"make_{name}")
    made = job.execute_in_process(instance=instance, raise_on_error=False, **options)
    assert made.success == (shown != "fail")
    return made.run_id


def events(instance):
    """Every event of every run, and every event of the assets, as one text."""
    logs = [str(one) for found in instance.get_runs() for one in instance.all_logs(found.run_id)]
    for name in ("raw_logs", "dataset"):
        logs += map(str, instance.fetch_materializations(dg.AssetKey(name), limit=99).records)
    return "\n".join(logs)


def test_runs_that_showed_it_are_gone_and_the_others_known(instance, tmp_path):
    run(instance, "walrus", "raw_logs", tags=RANGE)
    run(instance, "walrus", "dataset")
    run(instance, "fail", "raw_logs", partition_key=str(FIRST))
    kept = {
        run(instance, "otter", "raw_logs", partition_key=str(FIRST)),
        run(instance, "otter", "dataset"),
    }
    assert forget_runs(instance, [FIRST]) == 3
    assert {one.run_id for one in instance.get_runs()} == kept
    assert "walrus" not in events(instance)
    key = dg.AssetKey("raw_logs")
    assert instance.get_materialized_partitions(key) == set(DAYS.get_partition_keys())
    records = instance.fetch_materializations(key, limit=9).records
    shown = {one.partition_key: one.asset_materialization.metadata for one in records}
    assert set(shown[str(FIRST)]) == {"preview", "rows"}
    assert {name: value.value for name, value in shown[str(SECOND)].items()} == {"rows": 7}


def test_what_is_reported_again_keeps_its_versions(instance):
    run(instance, "walrus", "raw_logs", tags=RANGE)
    run(instance, "otter", "raw_logs", partition_key=str(FIRST))

    def versions():
        wanted = dg.AssetRecordsFilter(dg.AssetKey("raw_logs"), asset_partitions=[str(SECOND)])
        [record] = instance.fetch_materializations(wanted, limit=9).records
        return record.asset_materialization.tags

    before = versions()
    forget_runs(instance, [FIRST])
    assert before["dagster/data_version"]
    assert versions() == before


def test_nothing_goes_that_shows_only_what_is_now(instance):
    run(instance, "otter", "raw_logs", partition_key=str(FIRST))
    run(instance, "otter", "raw_logs", partition_key=str(SECOND))
    run(instance, "otter", "dataset")
    assert forget_runs(instance, [FIRST, SECOND]) == 0
    assert forget_runs(instance, []) == 0
    assert len(instance.get_runs()) == 3
