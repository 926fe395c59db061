"""The asset review_sample: its page, its checks, and when it is made anew."""

import json

import dagster as dg
import pytest

from ftdata.defs.build import build
from ftdata.defs.review import judge_page
from ftdata.defs.review_steps import is_paged, write_review_page
from ftdata.errors import ReleaseError
from ftdata.release.read import read_latest
from ftdata.reviewing.page import read_embedded
from ftdata_tests.command_line import ftdata
from ftdata_tests.defs.conftest import log_records, write_raw


def test_the_page_is_built_checked_and_made_anew_for_a_review(project, instance):
    assert build(project, instance).succeeded
    release = read_latest(project.store.data)
    assert is_paged(project, release)
    page = read_embedded((release.folder / "review.html").read_bytes())
    assert page["version"] == release.version
    example = page["examples"][0]
    folder = project.store.data / "reviews"
    folder.mkdir()
    review = {"id": example["id"], "rating": 2, "reviewer": "ada"}
    (folder / "ada.jsonl").write_text(json.dumps(review) + "\nbroken\n")
    assert not is_paged(project, release)
    assert build(project, instance).dataset.version == release.version
    again = read_embedded((release.folder / "review.html").read_bytes())
    assert example["id"] not in {one["id"] for one in again["examples"]}
    event = instance.get_latest_materialization_event(dg.AssetKey("review_sample"))
    metadata = event.asset_materialization.metadata
    assert metadata["reviewers"].value == "ada 1"
    checks = judge_page(write_review_page(project))
    assert checks["page_shows_text_as_text"][0]
    assert checks["sample_covers_every_stratum"][0]
    passed, told = checks["every_review_is_read"]
    assert not passed
    assert told["samples"].startswith("reviews/ada.jsonl:2: ")
    assert not judge_page(write_review_page(project, size=1))["sample_covers_every_stratum"][0]


def test_without_a_dataset_there_is_no_page(project):
    with pytest.raises(ReleaseError, match="there is no dataset to review"):
        write_review_page(project)


def test_the_command_writes_a_page_of_the_size_asked_for(tmp_path):
    ftdata("init", tmp_path)
    write_raw(tmp_path / "data", "web", 1, log_records(1, 8))
    assert ftdata("build", "--settings", tmp_path / "ftdata.yaml").code == 0
    done = ftdata("review", "--size", 3, "--json", "--settings", tmp_path / "ftdata.yaml")
    assert done.code == 0
    assert done.values["examples"] == 3
