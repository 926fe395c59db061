"""Licences by source."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftdata.freshness import stage_version
from ftdata.release.dataset import write_dataset
from ftdata.release.licences import licence_values, licences_section
from ftdata.settings import Settings, Source
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import HELP_1, WEB_1, chat, context, put, row, select_all


@pytest.mark.parametrize(
    ("licences", "values"),
    [
        ({}, {}),
        ({"web": None}, {}),
        ({"web": "Apache-2.0", "help": "Apache-2.0"}, {"license": "apache-2.0"}),
        ({"web": "Shop terms"}, {"license": "other", "license_name": "Shop terms"}),
        ({"web": "MIT", "help": "CC0-1.0"}, {"license": "other", "license_name": "by-source"}),
        ({"web": "MIT", "help": None}, {"license": "other", "license_name": "by-source"}),
    ],
)
def test_the_hub_is_told_what_is_known(
    licences: dict[str, str | None], values: dict[str, str]
) -> None:
    assert licence_values(licences) == values


def test_manifest_and_card_tell_the_licence_of_each_source(tmp_path: Path) -> None:
    store = PartitionStore(str(tmp_path))
    for key in (HELP_1, WEB_1):
        put(store, key, [row(key, 0, chat(f"q {key.source}", "a"), split="train")])
    known = context(store)
    known.settings.sources["help"] = Source(licence="CC-BY-4.0")
    known.settings.sources["gone"] = Source(licence="MIT")
    release = write_dataset(store, select_all(store), known)
    assert release.manifest["content"]["licences"] == {"help": "CC-BY-4.0", "web": None}
    card = (release.folder / "README.md").read_text("utf-8")
    assert "| help | CC-BY-4.0 |" in card
    assert "| web | none listed |" in card
    assert "examples of 1 of 2 sources" in card


def test_where_all_is_listed_nothing_is_warned_of() -> None:
    assert "Nobody" not in licences_section({"web": "MIT"})


def test_another_licence_makes_the_dataset_stale_and_nothing_else() -> None:
    before, after = (
        Settings(sources={"web": Source(licence=licence)}) for licence in ("MIT", "CC0-1.0")
    )
    changed = {
        stage
        for stage in ("raw_logs", "cleaned", "validated_splits", "dataset")
        if stage_version(stage, before, tokenizer="estimate", source="web")
        != stage_version(stage, after, tokenizer="estimate", source="web")
    }
    assert changed == {"dataset"}
