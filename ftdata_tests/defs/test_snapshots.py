"""Documents of earlier snapshots that the newest one has not: they stay, and are told of."""

from __future__ import annotations

from collections import Counter

import pytest

from ftdata.defs.dataset_steps import assemble
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import build_stage
from ftdata.project import open_project
from ftdata.release.read import read_examples, read_latest
from ftdata.tables import CHAINS
from ftdata_tests.command_line import ftdata
from ftdata_tests.defs.workshop import workshop_pages

FIRST, SECOND, THIRD = "2025-03-01", "2025-04-01", "2025-05-01"
PRIVATE = "anna.miller@corp-mail.com"


def put(root, source, date, pages):
    folder = root / "data" / "raw" / source / date
    folder.mkdir(parents=True)
    for name, text in pages.items():
        (folder / name).write_text(text)


def built(root, settings=""):
    """The dataset of all that is there, made without runs and checks."""
    (root / "ftdata.yaml").write_text(settings)
    project = open_project(root / "ftdata.yaml")
    for key, files in look_at_raw(project).partitions.items():
        for stage in CHAINS["documents"]:
            build_stage(project, stage, key, files)
            output = project.store.existing_record(stage, key).output
            project.store.set_failed_checks(stage, key, [], output)
    assemble(project, lambda _: True)
    return read_latest(project.store.data)


def without(pages, *names):
    return {name: text for name, text in pages.items() if name not in names}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Invoices are gone since the second snapshot, vouchers since the third; orders are damaged."""
    root = tmp_path_factory.mktemp("help")
    pages = workshop_pages()
    put(root, "help", FIRST, pages)
    put(root, "help", SECOND, without(pages, "invoices.md"))
    put(root, "help", THIRD, without(pages, "invoices.md", "vouchers.md") | {"orders.md": ""})
    return root


@pytest.fixture(scope="module")
def release(root):
    return built(root)


def told(release):
    documents = release.manifest["content"]["earlier_documents"]
    return {one["file"]: (one["newest"], one["is_rejected"]) for one in documents}


def test_documents_missing_from_the_newest_snapshot_are_named(release):
    assert told(release) == {
        f"raw/help/{FIRST}/invoices.md": (THIRD, False),
        f"raw/help/{SECOND}/vouchers.md": (THIRD, False),
        f"raw/help/{SECOND}/orders.md": (THIRD, True),
    }


def test_their_examples_are_those_of_the_dataset(release):
    rows = read_examples(release.folder.parent.parent, release.version, ["origins"]).to_pylist()
    pages = Counter(row["origins"][0].rpartition("/")[2].partition(":")[0] for row in rows)
    documents = release.manifest["content"]["earlier_documents"]
    assert {one["file"].rpartition("/")[2]: one["examples"] for one in documents} == {
        name: pages[name] for name in ("invoices.md", "vouchers.md", "orders.md")
    }


def test_the_report_and_the_status_tell_of_them(release, root):
    report = (release.folder / "report.md").read_text()
    assert "Kept from earlier snapshots: 3 documents, not in the newest, with" in report
    assert f"| raw/help/{FIRST}/invoices.md | missing | {THIRD} |" in report
    assert f"| raw/help/{SECOND}/orders.md | could not be read | {THIRD} |" in report
    settings = str(root / "ftdata.yaml")
    assert (
        "kept from earlier snapshots: 3 documents" in ftdata("status", "--settings", settings).out
    )
    values = ftdata("status", "--settings", settings, "--json").values
    assert values["kept_from_earlier_snapshots"] == 3


def test_nothing_is_told_where_the_newest_snapshot_has_all_or_all_are_wanted(tmp_path):
    pages = workshop_pages()
    for date in (FIRST, SECOND):
        put(tmp_path, "help", date, pages)
    put(tmp_path, "old", FIRST, {"refunds.md": pages["refunds.md"].replace("30", "9")})
    put(tmp_path, "old", SECOND, {"orders.md": pages["orders.md"].replace("ten", "six")})
    release = built(tmp_path, "sources: {old: {kind: documents, snapshot: all}}\n")
    assert told(release) == {}
    report = (release.folder / "report.md").read_text()
    assert "Every document with examples here is in the newest snapshot" in report


def test_a_name_that_is_personal_is_told_as_a_hash(tmp_path):
    pages = workshop_pages()
    page = pages["refunds.md"].replace("refund", "rebate").replace("30 days", "nine weeks")
    put(tmp_path, "help", FIRST, {f"{PRIVATE}.md": page, **pages})
    put(tmp_path, "help", SECOND, pages)
    release = built(tmp_path)
    assert [file.rpartition("/")[2][:9] for file in told(release)] == ["redacted-"]
    assert PRIVATE not in (release.folder / "report.md").read_text()
