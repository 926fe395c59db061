"""The dataset's lineage as its gate judges it, and as the UI shows it."""

import json

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from ftdata.defs.dataset_checks import Gate
from ftdata.defs.dataset_metadata import dataset_metadata
from ftdata.defs.dataset_steps import assemble
from ftdata.project import open_project
from ftdata.release.read import read_latest
from ftdata_tests.defs.conftest import log_records
from ftdata_tests.defs.traced import PERSON, build_all, built_project

CHECK = "every_row_leads_to_its_records"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return built_project(tmp_path_factory.mktemp("lineage"))


def judged(project, change=None):
    """What the check finds in the newest version, its lineage changed before."""
    folder = read_latest(project.store.data).folder
    path = folder / "lineage.parquet"
    whole = path.read_bytes()
    try:
        if change:
            pq.write_table(change(pq.read_table(path)), path)
        gate = Gate(project)
        is_published = gate(folder)
    finally:
        path.write_bytes(whole)
    return is_published, *gate.found[CHECK]


def test_every_example_leads_to_lines(project):
    is_published, passed, shown = judged(project)
    assert (is_published, passed, shown["lead nowhere"]) == (True, True, 0)
    assert shown["from a record"] + shown["from a section"] == shown["examples"]


def test_one_that_leads_nowhere_is_not_published(project):
    is_published, passed, shown = judged(project, lambda lineage: lineage.slice(1))
    assert (is_published, passed, shown["lead nowhere"]) == (False, False, 1)
    assert len(shown["samples"].split(", ")) == 1


def test_a_line_of_a_split_without_an_example_is_not_published(project):
    def without_rows(lineage):
        lost = pc.equal(lineage.column("file_row"), 0)
        rows = pc.if_else(lost, None, lineage.column("file_row"))
        at = lineage.schema.get_field_index("file_row")
        return lineage.set_column(at, "file_row", rows)

    is_published, _, shown = judged(project, without_rows)
    assert not is_published
    assert "train" in shown["splits with other lines"]


def test_with_redaction_off_files_keep_their_names_everywhere(tmp_path):
    raw = tmp_path / "data" / "raw" / "web" / "2025-03-01" / f"{PERSON}.jsonl"
    raw.parent.mkdir(parents=True)
    raw.write_text("".join(json.dumps(one) + "\n" for one in log_records(1, 6)))
    (tmp_path / "ftdata.yaml").write_text("cleaning: {pii: {enabled: false}}\n")
    project = open_project(tmp_path / "ftdata.yaml")
    build_all(project)
    gate = Gate(project)
    assert assemble(project, gate).release.is_published, gate.found[CHECK]


def test_the_ui_shows_how_much_is_traced_and_one_chain(project):
    assembled = assemble(project, lambda _: True)
    shown = dataset_metadata(assembled)
    content = assembled.release.manifest["content"]
    assert shown["lineage_rows"] == content["outputs"]["lineage.parquet"]["rows"]
    assert shown["lineage_examples"] == content["dataset"]["rows_out"]
    assert shown["lineage_share"] == 1
    first, *_ = shown["lineage_chain"].data
    assert first["parent_ids"]
    assert first["file"].startswith("raw/")
    assert first["line"] > 0
