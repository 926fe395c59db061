"""A changed setting makes exactly the assets it matters to stale, here and for Dagster."""

import dagster as dg
import pytest

from ftdata.defs.location import definitions_for
from ftdata.defs.raw_files import partition_statuses
from ftdata.ingest.inventory import scan_raw
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.settings import Settings
from ftdata.tables import CHAINS
from ftdata_tests.defs.conftest import log_records, write_raw

ALL = ("2025-03-01|app", "2025-03-03|web")
CHANGES = [
    ("extraction", {"min_rating": 2}, {"raw_logs"}),
    ("cleaning", {"min_prompt_chars": 2}, {"cleaned"}),
    ("formatting", {"system_prompt": "Be brief."}, {"formatted"}),
    ("augmentation", {"max_share": 0.2}, {"augmented"}),
    ("splits", {"seed": 1}, {"validated_splits", "dataset"}),
    ("splits", {"pin": "0123456789abcdef"}, {"dataset"}),
    ("dataset", {"name": "other"}, {"dataset"}),
    ("checks", {"min_tokens": 3}, set()),
    ("report", {"max_age_days": 30}, {"dataset_report"}),
    ("review", {"size": 3}, {"review_sample"}),
    ("automation", {"watch_seconds": 60}, set()),
]


def changed(settings: Settings, section: str, values: dict[str, object]) -> Settings:
    part = getattr(settings, section)
    new = type(part).model_validate({**part.model_dump(), **values})
    return settings.model_copy(update={section: new})


def versions(settings: Settings, project: Project) -> dict[str, str | None]:
    assets = definitions_for(Project(settings, project.store)).resolve_asset_graph()
    return {
        key.to_user_string(): assets.get(key).code_version
        for key in assets.materializable_asset_keys
    }


@pytest.mark.parametrize(("section", "values", "stale"), CHANGES)
def test_a_section_changes_the_code_version_of_its_stages_alone(project, section, values, stale):
    before = versions(project.settings, project)
    after = versions(changed(project.settings, section, values), project)
    assert {name for name in before if before[name] != after[name]} == stale


def test_the_kind_of_duplicates_matters_where_they_are_settled(project):
    cleaning = {"dedup": {"key": "example"}}
    before = versions(project.settings, project)
    after = versions(changed(project.settings, "cleaning", cleaning), project)
    stale = {name for name in before if before[name] != after[name]}
    assert stale == {"cleaned", "validated_splits", "dataset"}


@pytest.mark.parametrize(("section", "values", "stale"), CHANGES)
def test_the_status_follows_the_settings(project, run, section, values, stale):
    key = PartitionKey.parse("2025-03-02|web")
    assert run(key=str(key)).success
    settings = changed(project.settings, section, values)
    new = Project(settings, project.store)
    states = partition_statuses(new, scan_raw(new.store.data, settings))[key].states
    changed_stages = {s for s in CHAINS["logs"] if states[s] == "settings changed"}
    assert changed_stages == stale - {"dataset", "dataset_report", "review_sample"}
    first = next((s for s in CHAINS["logs"] if s in stale), None)
    below = CHAINS["logs"][CHAINS["logs"].index(first) + 1 :] if first else ()
    assert all(states[stage] == "input changed" for stage in below)


def test_dagster_shows_the_changed_asset_as_stale(project, instance, run):
    assert run(span=ALL).success
    new = Project(changed(project.settings, "cleaning", {"min_prompt_chars": 2}), project.store)
    for which, expected in ((project, set()), (new, {"cleaned"})):
        found = stale_assets(definitions_for(which), instance)
        assert found == expected


def stale_assets(definitions: dg.Definitions, instance: dg.DagsterInstance) -> set[str]:
    """Assets whose newest materialisation of a partition has another code version than now."""
    graph = definitions.resolve_asset_graph()
    stale = set()
    for stage in CHAINS["logs"]:
        key = dg.AssetKey(stage)
        record = instance.fetch_materializations(key, limit=1).records[0]
        tags = record.asset_materialization.tags
        if tags["dagster/code_version"] != graph.get(key).code_version:
            stale.add(stage)
    return stale


def test_a_changed_raw_file_is_seen_and_nothing_else(project, run):
    assert run(span=ALL).success
    write_raw(project.store.data, "web", 2, log_records(2, 13))
    statuses = partition_statuses(project, scan_raw(project.store.data, project.settings))
    stale = {str(key) for key, status in statuses.items() if not status.is_current}
    assert stale == {"2025-03-02|web"}
    assert statuses[PartitionKey.parse("2025-03-02|web")].states["raw_logs"] == "input changed"
