"""`splits.holdout`: what a file of ids names is in test, whatever else is said."""

import pytest

from ftdata.defs.dataset_metadata import dataset_metadata
from ftdata.defs.dataset_steps import assemble, dataset_state
from ftdata.defs.raw_files import look_at_raw
from ftdata.errors import IngestError
from ftdata.project import Project
from ftdata.release.read import read_examples
from ftdata_tests.defs.test_pin import build_days
from ftdata_tests.defs.test_staleness import changed


def held_out(project, *ids):
    """The project with these ids held out."""
    path = project.store.data / "holdout.txt"
    path.write_text("\n".join(ids))
    return Project(changed(project.settings, "splits", {"holdout": "holdout.txt"}), project.store)


def assembled(project):
    return assemble(project, lambda _: True)


def test_examples_records_and_conversations_are_held_out(project):
    build_days(project, 1, 2)
    version = assembled(project).release.version
    before = read_examples(project.store.data, version).to_pylist()
    one, two, three = [row for row in before if row["split"] == "train"][:3]
    ids = (one["id"], two["record_ids"][-1], three["conversation_id"], "nobody")
    holding = held_out(project, *ids)
    done = assembled(holding)
    assert dataset_metadata(done)["held_out"] == 3
    assert dataset_metadata(done)["held_out_ids_unknown"] == 1
    told = done.release.manifest["content"]["holdout"]
    assert (told["ids"], told["examples"], told["unknown_ids"]) == (4, 3, 1)
    after = read_examples(project.store.data, done.release.version, ["id", "split"]).to_pylist()
    splits = {row["id"]: row["split"] for row in after}
    assert {splits[row["id"]] for row in (one, two, three)} == {"test"}
    pin = changed(holding.settings, "splits", {"pin": version, "holdout": "holdout.txt"})
    both = assembled(Project(pin, project.store)).release
    rows = read_examples(project.store.data, both.version, ["id", "split"]).to_pylist()
    assert {row["split"] for row in rows if row["id"] == one["id"]} == {"test"}


def test_a_changed_file_makes_the_dataset_stale_and_a_lost_one_stops_it(project):
    build_days(project, 1)
    holding = held_out(project, "nobody")
    assembled(holding)
    assert dataset_state(holding, look_at_raw(holding)).is_current
    held_out(project, "somebody")
    assert not dataset_state(holding, look_at_raw(holding)).is_current
    (project.store.data / "holdout.txt").unlink()
    with pytest.raises(IngestError, match=r"holdout.txt: splits.holdout names it"):
        assembled(holding)
