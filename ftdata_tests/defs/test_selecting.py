"""Selection in the dataset: train alone, variants with their parents, every one with a reason."""

from collections import Counter

from ftdata.defs.dataset_steps import assemble
from ftdata.project import Project
from ftdata.release.read import read_examples
from ftdata_tests.defs.test_pin import build_days
from ftdata_tests.defs.test_staleness import changed


def kept(project):
    release = assemble(project, lambda _: True).release
    columns = ["id", "split", "parent_id"]
    return release, read_examples(project.store.data, release.version, columns).to_pylist()


def test_only_train_is_thinned_and_variants_follow(project):
    build_days(project, 1, 2)
    _, before = kept(project)
    half = changed(project.settings, "selection", {"target_size": 6})
    release, after = kept(Project(half, project.store))
    originals = [row for row in after if row["split"] == "train" and row["parent_id"] is None]
    assert len(originals) == 6
    ids = {row["id"] for row in after}
    assert {row["parent_id"] for row in after} <= {None, *ids}
    assert [row for row in after if row["split"] != "train"] == [
        row for row in before if row["split"] != "train"
    ]
    content = release.manifest["content"]
    lost = Counter(content["dataset"]["reasons"])
    assert lost["less_diverse"] > 0
    assert content["dataset"]["rows_in"] == len(after) + lost.total()
    (rule,) = content["selection"]
    assert (rule["rule"], rule["after"]) == ("diversity", 6)
