"""The stages that read files, and what is made of documents: what their drops tell."""

from __future__ import annotations

from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import build_stage
from ftdata.project import open_project
from ftdata_tests.defs.workshop import workshop_pages


def test_sections_that_teach_nothing_are_named_without_what_is_personal(tmp_path):
    (tmp_path / "ftdata.yaml").write_text("cleaning: {pii: {deny: {PERSON: [Bluebird]}}}\n")
    page = workshop_pages()["orders.md"]
    heading = "## Thanks to Bluebird and jane.doe@corp-mail.com"
    path = tmp_path / "data" / "raw" / "help" / "2025-03-01" / "orders.md"
    path.parent.mkdir(parents=True)
    path.write_text(f"{page}\n{heading}\n\nWe thank all who have helped us with these pages:\n")
    project = open_project(tmp_path / "ftdata.yaml")
    [(key, files)] = look_at_raw(project).partitions.items()
    for stage in ("documents", "generated_examples"):
        build_stage(project, stage, key, files)
        output = project.store.existing_record(stage, key).output
        project.store.set_failed_checks(stage, key, [], output)
    drops = project.store.read_drops("generated_examples", key).to_pylist()
    told = [
        (drop["file"], drop["line"], drop["detail"])
        for drop in drops
        if drop["reason"] == "no_example"
    ]
    line = page.count("\n") + 2
    assert told == [("raw/help/2025-03-01/orders.md", line, "Thanks to [PERSON] and [EMAIL]")]
