"""What the sensor of reviews launches, and when."""

import dagster as dg
import pytest

from ftdata.defs.reviews_sensor import reviews_sensor
from ftdata.project import Project
from ftdata.release.read import read_examples
from ftdata_tests.defs.test_pin import build_days, dataset
from ftdata_tests.defs.test_reviewed import drop_file, review
from ftdata_tests.defs.test_staleness import changed


@pytest.fixture
def built(project):
    """A day that is built, with no time to wait for a file to settle."""
    build_days(project, 1)
    settings = changed(project.settings, "automation", {"settle_seconds": 0})
    return Project(settings, project.store)


def looked(project, cursor):
    """What the sensor launches, and its cursor."""
    context = dg.build_sensor_context(cursor=cursor, resources={"project": project})
    result = reviews_sensor(project)(context)
    if isinstance(result, dg.SkipReason):
        return [], context.cursor
    return result.run_requests, result.cursor


def test_a_dropped_file_launches_its_partitions_once(built):
    _, version, _ = dataset(built)
    example = read_examples(built.store.data, version).to_pylist()[0]
    requests, cursor = looked(built, None)
    assert requests == []
    drop_file(built, review(example, decision="reject"))
    requests, cursor = looked(built, cursor)
    assert requests == []  # it may still be written
    (request,), cursor = looked(built, cursor)
    assert request.partition_key == f"{example['date']}|{example['source']}"
    assert request.asset_selection == [dg.AssetKey("validated_splits")]
    assert looked(built, cursor)[0] == []


def test_ratings_alone_launch_the_page(built):
    _, cursor = looked(built, None)
    drop_file(built, {"id": "x", "rating": 3})
    _, cursor = looked(built, cursor)
    (request,), _ = looked(built, cursor)
    assert request.asset_selection == [dg.AssetKey("review_sample")]


def test_a_file_that_is_put_back_launches_once_more(built):
    _, version, _ = dataset(built)
    example = read_examples(built.store.data, version).to_pylist()[0]
    file = built.store.data / "reviews" / "ada.jsonl"
    away = built.store.data / "ada.jsonl"
    _, cursor = looked(built, None)
    keys = set()
    drop_file(built, review(example, decision="reject"))
    for _ in range(2):
        _, cursor = looked(built, cursor)
        (request,), cursor = looked(built, cursor)
        keys.add(request.run_key)
        file.rename(away)
        _, cursor = looked(built, cursor)
        _, cursor = looked(built, cursor)
        away.rename(file)
    assert len(keys) == 2
