"""What makes a partition stale, from the store alone."""

import pytest

from ftdata.freshness import partition_status, stage_version
from ftdata.keys import PartitionKey
from ftdata.settings_file import load_settings
from ftdata.storage import PartitionStore
from ftdata.tables import CHAINS, StageResult, drops_table, empty

KEY = PartitionKey(date="2025-03-01", source="web")
CHAIN = CHAINS["logs"]
VERSIONS = dict.fromkeys(CHAIN, "v")


@pytest.fixture
def store(tmp_path):
    """Every stage is built; the last one with a note on what people reviewed."""
    store, before = PartitionStore(str(tmp_path)), None
    for stage in CHAIN:
        result = StageResult(empty(stage), drops_table([]), rows_in=0, rows_out=0, facts={})
        inputs = {before.stage: before.output} if before else {}
        if stage == "validated_splits":
            inputs["reviews"] = "seen"
        before = store.write(stage, KEY, result, code_version="v", inputs=inputs)
        store.set_failed_checks(stage, KEY, (), before.output)
    return store


@pytest.mark.parametrize(
    ("beside", "stale"),
    [
        ({}, None),
        ({"validated_splits": {"reviews": "seen"}}, None),
        ({"validated_splits": {"reviews": "more"}}, "validated_splits"),
        ({"validated_splits": {"reviews": ""}}, "validated_splits"),
        ({"raw_logs": {"erasures": ""}}, None),
        ({"raw_logs": {"erasures": "asked"}}, "raw_logs"),
    ],
    ids=["none", "the same", "another", "gone", "never was", "new"],
)
def test_an_input_beside_the_stage_before_it_makes_a_stage_stale(store, beside, stale):
    status = partition_status(store, KEY, (), VERSIONS, CHAIN, beside)
    assert status.first_stale == stale
    assert stale is None or status.states[stale] == "input changed"


def test_another_template_makes_the_dataset_stale(tmp_path):
    (tmp_path / "ftdata.yaml").write_text("dataset: {custom: {template: row.jinja}}")
    template = tmp_path / "row.jinja"

    def version():
        settings = load_settings(tmp_path / "ftdata.yaml")
        return stage_version("dataset", settings, tokenizer="estimate")

    template.write_text("{}")
    before = version()
    assert version() == before
    template.write_text("{ }")
    assert version() != before
