"""`splits.pin`: an earlier version's splits win over partitions that came later and are older."""

import pytest

from ftdata.defs.build import build
from ftdata.defs.dataset_metadata import dataset_metadata
from ftdata.defs.dataset_steps import assemble
from ftdata.defs.steps import build_stage
from ftdata.errors import ReleaseError
from ftdata.ingest.inventory import scan_raw
from ftdata.project import Project
from ftdata.release.read import read_latest, read_pinned
from ftdata.tables import CHAINS
from ftdata_tests.defs.conftest import log_records, write_raw
from ftdata_tests.defs.test_staleness import changed


def build_days(project, *days):
    """Every stage of these days' partitions, without Dagster."""
    for key, files in scan_raw(project.store.data, project.settings).partitions.items():
        if int(key.date[-2:]) in days:
            for stage in CHAINS["logs"]:
                build_stage(project, stage, key, files)


def dataset(project):
    """Assemble it; its metadata, version, and split of each example."""
    assembled = assemble(project, lambda _: True)
    version = assembled.release.version
    return dataset_metadata(assembled), version, read_pinned(project.store.data, version)


def pin(project, version, **dataset):
    settings = changed(project.settings, "splits", {"pin": version})
    return Project(changed(settings, "dataset", dataset), project.store)


@pytest.fixture
def repeating(project):
    """A first day that holds what the days after it hold."""
    repeated = log_records(2, 12)[:6] + log_records(3, 12)[:6]
    rows = [r | {"id": f"early-{n}", "conversation_id": f"e-{n}"} for n, r in enumerate(repeated)]
    write_raw(project.store.data, "web", 1, rows)
    return project


def test_a_late_partition_displaces_no_pinned_example(repeating):
    build_days(repeating, 2, 3)
    shown, version, before = dataset(repeating)
    assert shown["pin"] == "none"
    build_days(repeating, 1)
    _, _, displaced = dataset(repeating)
    assert not before.keys() <= displaced.keys()
    pinned = pin(repeating, version)
    shown, latest, after = dataset(pinned)
    assert {name: after.get(name) for name in before} == before
    assert len(after) > len(before)
    assert shown["pin"] == version
    manifest = read_latest(pinned.store.data).manifest
    assert manifest["content"]["settings"]["splits"]["pin"] == version
    for day in (3, 1, 2):
        build_days(pinned, day)
    assert dataset(pinned)[1] == latest


def test_the_pinned_version_outlives_newer_ones(project):
    build_days(project, 2, 3)
    _, version, before = dataset(project)
    build_days(project, 1)
    _, latest, _ = dataset(pin(project, version, keep_versions=1))
    assert latest != version
    assert read_pinned(project.store.data, version) == before


def test_a_pin_of_no_version_is_refused_before_anything_is_built(project, instance):
    absent = pin(project, "0" * 16)
    with pytest.raises(ReleaseError, match=r"no dataset version 0{16} .* there is none yet"):
        build(absent, instance)
    assert not project.store.keys("raw_logs")
    build_days(project, 2)
    _, version, _ = dataset(project)
    with pytest.raises(ReleaseError, match=rf"there are {version} \(the newest first\)"):
        assemble(absent, lambda _: True)
    assert read_latest(project.store.data).version == version
