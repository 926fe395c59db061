"""A file of reviews dropped in: rejected examples leave, edits replace, others stay."""

import json

from ftdata.defs.dataset_steps import assemble
from ftdata.defs.raw_files import look_at_raw, partition_statuses
from ftdata.defs.reviewed import reviews_input
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.release.read import read_examples
from ftdata.reviews import text_hash
from ftdata_tests.defs.test_pin import build_days
from ftdata_tests.defs.test_staleness import changed


def drop_file(project, *reviews):
    folder = project.store.data / "reviews"
    folder.mkdir(exist_ok=True)
    (folder / "ada.jsonl").write_text("\n".join(map(json.dumps, reviews)))


def review(row, **said):
    return {
        "id": row["id"], "source": row["source"], "date": row["date"], "reviewer": "ada",
        "base": text_hash(row["messages"]), **said,
    }  # fmt: skip


def examples(project):
    version = assemble(project, lambda _: True).release.version
    return read_examples(project.store.data, version).to_pylist()


def stale(project):
    statuses = partition_statuses(project, look_at_raw(project))
    return {str(s.key): s.first_stale for s in statuses.values() if not s.is_current}


def checked(project):
    """Note that no check failed: what the assets do after a stage."""
    for stage in ("raw_logs", "cleaned", "formatted", "augmented", "validated_splits"):
        for key in project.store.keys(stage):
            output = project.store.read_record(stage, key).output
            project.store.set_failed_checks(stage, key, [], output)


def test_what_people_said_shows_in_the_next_version(project):
    build_days(project, 1, 2, 3)
    checked(project)
    before = examples(project)
    place_of = ("2025-03-01", "web")
    originals = [
        row
        for row in before
        if row["parent_id"] is None and (row["date"], row["source"]) == place_of
    ]
    bad, poor, old, fine = originals[:4]
    place = len(poor["messages"]) - 1
    text = "Write to bob.miller@corp.org for that."
    drop_file(
        project,
        review(bad, decision="reject", rating=1),
        review(poor, edits=[{"message": place, "content": text}]),
        review(old, edits=[{"message": place, "content": "No."}], base="0" * 16),
        review(fine, rating=5),
    )
    assert stale(project) == {"2025-03-01|web": "validated_splits"}
    build_days(project, 1)
    checked(project)
    assert stale(project) == {}
    key = PartitionKey(*place_of)
    record = project.store.read_record("validated_splits", key)
    assert record.facts["rejected_by_review"] == 1
    assert record.facts["edited_by_review"] == 1
    assert record.facts["reviews_without_effect"] == [
        f"{old['id']}: its text has changed since it was edited: review it again"
    ]
    assert record.rows_in == record.rows_out + record.rows_dropped
    after = {row["id"]: row for row in examples(project)}
    assert bad["id"] not in after
    assert not any(row["parent_id"] in (bad["id"], poor["id"]) for row in after.values())
    edited = after[poor["id"]]
    assert edited["messages"][place]["content"] == "Write to [EMAIL] for that."
    assert dict(edited["tags"])["edited_by"] == "ada"
    assert edited["tokens"] != poor["tokens"]
    assert after[old["id"]]["messages"] == old["messages"]


def test_other_redaction_takes_edits_in_anew_and_nothing_else(project):
    key = PartitionKey(date="2025-03-01", source="web")
    row = {"id": "x", "source": key.source, "date": key.date, "messages": []}
    pii = project.settings.cleaning.pii.model_copy(update={"enabled": False})
    other = Project(changed(project.settings, "cleaning", {"pii": pii}), project.store)
    drop_file(project, review(row, edits=[{"message": 0, "content": "a"}]))
    assert reviews_input(project, key) != reviews_input(other, key)
    drop_file(project, review(row, decision="reject"))
    assert reviews_input(project, key) == reviews_input(other, key) != ""
