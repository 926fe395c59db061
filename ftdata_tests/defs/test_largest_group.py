"""A boilerplate opening that ties a share of the data: found, named, redacted, and told."""

from ftdata.defs.dataset_checks import Gate, check_results
from ftdata.defs.dataset_steps import assemble
from ftdata.defs.steps import build_stage
from ftdata.ingest.inventory import scan_raw
from ftdata.project import Project
from ftdata.tables import CHAINS
from ftdata_tests.defs.conftest import log_records, write_raw
from ftdata_tests.defs.test_staleness import changed

OPENING = "Menu of | *jane.doe@walkabout-gear.co*: please choose one of these four topics"


def assembled(project):
    """Without a pass for duplicates, which would take most of the opened conversations."""
    settings = changed(project.settings, "cleaning", {"dedup": {"enabled": False}})
    project = Project(settings, project.store)
    for key, files in scan_raw(project.store.data, project.settings).partitions.items():
        for stage in CHAINS["logs"]:
            build_stage(project, stage, key, files)
    gate = Gate(project)
    made = assemble(project, gate)
    found = {result.check_name: result for result in check_results(project, made, gate)}
    return made, found["no_group_dominates"]


def opened(day, count):
    """Two turns a conversation; the first one is the same in all."""
    rows = log_records(day, count)
    first = [
        row | {"id": f"{row['id']}-0", "prompt": OPENING, "response": "Noted.",
               "timestamp": row["timestamp"].replace("T10", "T09")}
        for row in rows
    ]  # fmt: skip
    return first + rows


def test_an_opening_that_ties_a_share_of_the_data_is_named(project):
    write_raw(project.store.data, "web", 2, opened(2, 36))
    made, check = assembled(project)
    assert not check.passed
    assert check.metadata["examples"].value >= 20
    assert check.metadata["most share"].value.startswith("turn (2")
    assert "Menu of | *[EMAIL]*: please choose" in check.metadata["most share"].value
    assert "cleaning.drop_patterns" in check.metadata["to make it smaller"].value
    for name in ("report.md", "README.md"):
        text = (made.release.folder / name).read_text()
        assert r"“Menu of \| \*\[EMAIL\]\*: please choose one of these four topics”" in text
        assert "jane.doe" not in text
        assert "more than `checks.max_group_share`" in text


def test_a_few_of_few_are_no_giant(project):
    write_raw(project.store.data, "web", 2, opened(2, 12))
    made, check = assembled(project)
    assert check.passed
    assert check.metadata["share"].value > 0.05
    report = (made.release.folder / "report.md").read_text()
    assert f"`{check.metadata['group'].value}`, holds" in report
    assert "max_group_share" not in report
    assert "max_group_share" not in (made.release.folder / "README.md").read_text()
