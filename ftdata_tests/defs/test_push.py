"""The asset pushed_dataset."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import dagster as dg
import pytest
from pydantic import ValidationError

from ftdata.defs.location import definitions_for
from ftdata.defs.push import push_assets
from ftdata.project import Project
from ftdata.release.dataset import write_dataset
from ftdata.settings import Automation
from ftdata_tests.release.given import WEB_1, chat, context, put, row, select_all


def pushing(project: Project, to: str) -> Project:
    automation = Automation(push_to=to)
    return replace(project, settings=project.settings.model_copy(update={"automation": automation}))


def materialize(project: Project, instance: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    above = [dg.AssetSpec(name) for name in ("dataset", "dataset_report", "review_sample")]
    return dg.materialize(
        [*above, *push_assets(project)],
        instance=instance, resources={"project": project}, raise_on_error=False,
    )  # fmt: skip


def test_there_is_such_an_asset_where_a_place_is_named(project: Project) -> None:
    named = {
        to: definitions_for(of).resolve_asset_graph().get_all_asset_keys()
        for to, of in (("no", project), ("yes", pushing(project, "memory://shared")))
    }
    assert named["yes"] - named["no"] == {dg.AssetKey("pushed_dataset")}


def test_the_newest_version_is_pushed(
    project: Project, instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    put(project.store, WEB_1, [row(WEB_1, 0, chat("Question?", "Answer."), split="train")])
    made = write_dataset(project.store, select_all(project.store), context(project.store))
    ran = materialize(pushing(project, (tmp_path / "shared").as_uri()), instance)
    assert ran.success
    assert (tmp_path / "shared" / made.version / "manifest.json").exists()
    (done,) = ran.asset_materializations_for_node("pushed_dataset")
    assert done.metadata["version"].value == made.version
    assert done.metadata["already_there"].value == 0


def test_without_a_version_it_says_so(project: Project, instance: dg.DagsterInstance) -> None:
    ran = materialize(pushing(project, "memory://shared"), instance)
    assert not ran.success
    failure = ran.failure_data_for_node("pushed_dataset")
    assert "there is no dataset version to push" in str(failure)


def test_a_place_is_a_url() -> None:
    with pytest.raises(ValidationError):
        Automation(push_to="shared")
