"""Documents from a folder to the dataset: snapshots, what is reused, ids and splits that stay."""

from __future__ import annotations

import shutil

import dagster as dg
import pyarrow.parquet as pq
import pytest

from ftdata.defs.build import build
from ftdata.defs.dataset_steps import assemble
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import build_stage
from ftdata.keys import PartitionKey
from ftdata.project import open_project
from ftdata.release.read import read_examples, read_latest
from ftdata.tables import CHAINS
from ftdata_tests.defs.workshop import workshop_pages

FIRST, SECOND = "2025-03-01", "2025-04-01"


def put(root, date, pages):
    folder = root / "data" / "raw" / "help" / date
    folder.mkdir(parents=True)
    for name, text in pages.items():
        (folder / name).write_text(text)


def built(root):
    project = open_project(root / "ftdata.yaml")
    with dg.DagsterInstance.ephemeral() as instance:
        report = build(project, instance)
    assert report.succeeded, report.messages
    return project


def examples(project):
    version = read_latest(project.store.data).version
    return read_examples(project.store.data, version).to_pylist()


def changed(pages):
    """The pages with one section of one page rewritten and one page more."""
    later = dict(pages)
    later["refunds.md"] = later["refunds.md"].replace("30 days", "45 days")
    later["new.md"] = "# Gift cards\n\nA gift card is a voucher that can be spent in the shop.\n"
    return later


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory):
    root = tmp_path_factory.mktemp("help")
    (root / "ftdata.yaml").write_text("checks: {min_examples: 1}\n")
    pages = workshop_pages()
    put(root, FIRST, pages)
    project = built(root)
    before = examples(project)
    put(root, SECOND, changed(pages))
    project = built(root)
    return project, before, examples(project)


def sides(rows):
    return {row["id"]: row["split"] for row in rows}


def test_examples_of_documents_reach_the_dataset_with_where_they_come_from(before_and_after):
    _, before, _ = before_and_after
    assert len(before) > 20
    made = [row for row in before if row["parent_id"] is None]
    assert {row["provenance"] for row in made} == {"generated/rules"}
    assert all(row["origins"][0].startswith("raw/help/2025-03-01/") for row in made)
    tags = [dict(row["tags"]) for row in made]
    assert all("task_type" in own and "instruction_kind" in own for own in tags)
    assert len({own["instruction_kind"] for own in tags}) >= 4


def test_an_unchanged_section_keeps_its_examples_and_their_split(before_and_after):
    _, before, after = before_and_after
    stayed = sides(before).keys() & sides(after).keys()
    assert len(stayed) > len(before) / 2
    assert {id_: sides(before)[id_] for id_ in stayed} == {id_: sides(after)[id_] for id_ in stayed}


def test_a_changed_section_is_superseded_and_a_new_page_is_in(before_and_after):
    _, before, after = before_and_after
    said = ["\n".join(m["content"] for m in row["messages"]) for row in after]
    assert any("30 days" in m["content"] for row in before for m in row["messages"])
    assert not any("30 days" in text for text in said)
    assert any("45 days" in text for text in said)
    assert any("gift card" in text.lower() for text in said)


def test_no_example_is_there_twice(before_and_after):
    _, _, after = before_and_after
    assert len(sides(after)) == len(after)


def test_every_drop_between_the_snapshots_has_its_reason(before_and_after):
    project, _, _ = before_and_after
    content = read_latest(project.store.data).manifest["content"]
    reasons = content["dataset"]["reasons"]
    assert reasons["superseded"] >= 1
    assert reasons["in_earlier_snapshot"] >= 10


def test_a_newer_snapshot_reads_only_what_changed(before_and_after):
    project, _, _ = before_and_after
    key = PartitionKey(date=SECOND, source="help")
    documents = project.store.existing_record("documents", key)
    generated = project.store.existing_record("generated_examples", key)
    pages = len(workshop_pages())
    assert documents.facts["reused"] == pages - 1
    assert generated.facts["documents_reused"] >= pages - 3


def test_the_outcome_is_the_same_without_reuse_and_in_any_order(before_and_after, tmp_path):
    project, _, after = before_and_after
    root = tmp_path / "again"
    (root / "data").mkdir(parents=True)
    shutil.copytree(str(project.store.data / "raw"), root / "data" / "raw")
    (root / "ftdata.yaml").write_text("checks: {min_examples: 1}\n")
    other = open_project(root / "ftdata.yaml")
    files = look_at_raw(other).partitions
    for date in (SECOND, FIRST):
        key = PartitionKey(date=date, source="help")
        for stage in CHAINS["documents"]:
            build_stage(other, stage, key, files[key])
            other.store.set_failed_checks(
                stage, key, [], other.store.existing_record(stage, key).output
            )
    for date in (FIRST, SECOND):
        key = PartitionKey(date=date, source="help")
        for stage in CHAINS["documents"]:
            mine, theirs = (p.store.existing_record(stage, key) for p in (other, project))
            assert mine.output == theirs.output, (stage, date)
    built(root)
    assert examples(other) == after


def test_all_snapshots_stay_where_the_source_says_so(before_and_after, tmp_path):
    project, _, _ = before_and_after
    root = tmp_path / "all"
    (root / "data").mkdir(parents=True)
    shutil.copytree(str(project.store.data / "raw"), root / "data" / "raw")
    (root / "ftdata.yaml").write_text(
        "checks: {min_examples: 1}\nsources: {help: {kind: documents, snapshot: all}}\n"
        "cleaning: {dedup: {enabled: false}}\n"
    )
    said = ["\n".join(m["content"] for m in row["messages"]) for row in examples(built(root))]
    assert any("30 days" in text for text in said)
    assert any("45 days" in text for text in said)


def test_logs_and_documents_are_built_side_by_side(before_and_after, tmp_path):
    project, _, _ = before_and_after
    root = tmp_path / "both"
    (root / "data").mkdir(parents=True)
    shutil.copytree(str(project.store.data / "raw"), root / "data" / "raw")
    (root / "ftdata.yaml").write_text("checks: {min_examples: 1}\n")
    lines = [
        f'{{"prompt": "Where is parcel number {n} of mine?", "response": "It left depot {n}."}}\n'
        for n in range(9)
    ]
    (root / "data" / "raw" / "web").mkdir()
    (root / "data" / "raw" / "web" / f"{FIRST}.jsonl").write_text("".join(lines))
    rows = examples(built(root))
    assert {"log", "generated/rules"} <= {row["provenance"] for row in rows}
    assert {row["source"] for row in rows} == {"help", "web"}


def test_a_document_named_after_a_person_has_another_name_in_all_that_is_released(tmp_path):
    name = "anna.miller@corp-mail.com"
    (tmp_path / "ftdata.yaml").write_text("checks: {min_examples: 1}\n")
    page = "# Anna\n\n## Short\n\nNo.\n\n## Steps\n\nDo so:\n\n## TODO\n\nWhat to do is this:\n"
    put(tmp_path, FIRST, workshop_pages() | {f"{name}.md": page})
    built(tmp_path)
    private = {"raw", "documents", "generated_examples", "raw_logs"}
    for path in (tmp_path / "data").rglob("*"):
        if path.is_file() and not private.intersection(path.relative_to(tmp_path / "data").parts):
            assert name.encode() not in path.read_bytes(), path
    datasets = tmp_path / "data" / "datasets"
    drops = pq.read_table(next(datasets.glob("*/drops.parquet")))
    assert name not in str(drops.to_pylist())
    assert any("redacted-" in (row["file"] or "") for row in drops.to_pylist())


def test_drops_of_a_document_named_after_a_person_are_reused_with_it(tmp_path):
    (tmp_path / "ftdata.yaml").write_text("checks: {min_examples: 1}\n")
    page = "# Anna\n\nShe answers questions on orders.\n\n## Nothing\n\n## Short\n\nNo.\n"
    pages = {"anna.miller@corp-mail.com.md": page, "shop.md": page, "bob@corp-mail.com.pdf": "no"}
    project = open_project(tmp_path / "ftdata.yaml")
    for date in (FIRST, SECOND):
        put(tmp_path, date, pages)
    files = look_at_raw(project).partitions
    keys = [PartitionKey(date=date, source="help") for date in (FIRST, SECOND)]
    for key in keys:
        build_stage(project, "documents", key, files[key])
    first, second = (project.store.read_drops("documents", key).to_pylist() for key in keys)
    assert project.store.existing_record("documents", keys[1]).facts["reused"] == len(pages)
    assert second == [{**row, "file": row["file"].replace(FIRST, SECOND)} for row in first]
    assert len({row["file"] for row in second}) == len(pages)
    assert len({row["file"] for row in second if "redacted-" in row["file"]}) == 2


def test_headings_with_personal_data_reach_no_column(tmp_path):
    (tmp_path / "ftdata.yaml").write_text("checks: {min_examples: 1}\n")
    pages = workshop_pages()
    pages["orders.md"] += (
        "\n## Who is jane.doe@corp-mail.com?\n\nShe keeps the orders of the shop.\n"
    )
    put(tmp_path, FIRST, pages)
    assert "jane.doe" not in str(examples(built(tmp_path)))


def test_a_page_that_says_nothing_any_more_supersedes_and_a_damaged_one_does_not(tmp_path):
    (tmp_path / "ftdata.yaml").write_text("checks: {min_examples: 1}\n")
    pages = workshop_pages()
    put(tmp_path, FIRST, pages)
    put(tmp_path, SECOND, pages | {"refunds.md": "Withdrawn.\n", "orders.md": ""})
    said = str(examples(built(tmp_path)))
    assert "30 days" not in said
    assert "Edit orders" in said


def test_a_stage_that_was_built_alone_takes_nothing_out_of_the_dataset(tmp_path):
    (tmp_path / "ftdata.yaml").write_text("checks: {min_examples: 1}\n")
    put(tmp_path, FIRST, workshop_pages())
    project = built(tmp_path)
    before = examples(project)
    folder = tmp_path / "data" / "raw" / "help" / FIRST
    for page in folder.iterdir():
        page.write_text(page.read_text().replace("ten years", "one year"))
    key = PartitionKey(date=FIRST, source="help")
    build_stage(project, "documents", key, look_at_raw(project).partitions[key])
    assemble(project, lambda _: True)
    assert examples(project) == before
