"""What a card tells the hub."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from huggingface_hub import DatasetCard, DatasetCardData

from ftdata.release.dataset import write_dataset
from ftdata.release.front_matter import size_category
from ftdata.release.plan import Release
from ftdata.settings import Source
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import WEB_1, chat, context, put, row, select_all

CATEGORY = ("category", "billing")
ROWS = [row(WEB_1, 0, chat("q", "a")), row(WEB_1, 1, chat("r", "b"), split="test")]


def release_of(
    tmp_path: Path, rows: list[dict[str, Any]], licence: str | None = None, **dataset: Any
) -> Release:
    store = PartitionStore(str(tmp_path))
    put(store, WEB_1, rows)
    known = context(store, **dataset)
    known.settings.sources["web"] = Source(licence=licence)
    return write_dataset(store, select_all(store), known)


def front_matter(release: Release) -> Any:
    return yaml.safe_load((release.folder / "README.md").read_text("utf-8").split("---\n")[1])


def test_the_front_matter_names_the_splits_that_hold_something(tmp_path: Path) -> None:
    assert front_matter(release_of(tmp_path, ROWS, name="Support: 'web' | #1")) == {
        "pretty_name": "Support: 'web' | #1",
        "configs": [
            {
                "config_name": "default",
                "data_files": [
                    {"split": "train", "path": "train.jsonl"},
                    {"split": "test", "path": "test.jsonl"},
                ],
            }
        ],
        "size_categories": ["n<1K"],
        "task_categories": ["text-generation"],
        "tags": ["ftdata"],
    }


def test_files_with_types_come_first(tmp_path: Path) -> None:
    (config,) = front_matter(release_of(tmp_path, ROWS, exports=("parquet",)))["configs"]
    assert config["data_files"] == [
        {"split": name, "path": f"exports/parquet/data/{name}-00000-of-00001.parquet"}
        for name in ("train", "test")
    ]


@pytest.mark.parametrize("exports", [(), ("parquet",), ("text_qwen", "parquet", "openai")])
def test_datasets_loads_a_version_as_it_is(tmp_path: Path, exports: tuple[str, ...]) -> None:
    from datasets import disable_progress_bars, load_dataset

    disable_progress_bars()
    release = release_of(tmp_path / "data", ROWS, exports=exports)
    loaded = load_dataset(str(release.folder), cache_dir=str(tmp_path / "cache"))
    assert {name: len(split) for name, split in loaded.items()} == {"train": 1, "test": 1}
    assert loaded["train"][0]["messages"][0]["content"] == "q"


def test_languages_of_a_hundredth_or_more_are_named_the_most_frequent_first(
    tmp_path: Path,
) -> None:
    counts = {"de": 2, "en": 148, "fr": 1, "unknown": 20}
    rows = [
        row(WEB_1, place, chat(f"q{place}", "a"), tags=[CATEGORY, ("language", language)])
        for place, language in enumerate(
            language for language, count in counts.items() for _ in range(count)
        )
    ]
    assert front_matter(release_of(tmp_path, rows))["language"] == ["en", "de"]


def test_a_licence_that_the_hub_knows_is_named_as_there(tmp_path: Path) -> None:
    found = front_matter(release_of(tmp_path, ROWS, licence="CC-BY-4.0"))
    assert found["license"] == "cc-by-4.0"


def test_the_hubs_own_reader_takes_the_card(tmp_path: Path) -> None:
    rows = [row(WEB_1, 0, chat("q", "a"), tags=[CATEGORY, ("language", "en")])]
    release = release_of(tmp_path, rows, licence="MIT", name="Shop")
    data = DatasetCard.load(Path(release.folder) / "README.md").data
    assert isinstance(data, DatasetCardData)
    assert (data.license, data.language, data.pretty_name) == ("mit", ["en"], "Shop")
    assert (data.size_categories, data.task_categories) == (["n<1K"], ["text-generation"])


@pytest.mark.parametrize(
    ("examples", "category"),
    [
        (1, "n<1K"),
        (999, "n<1K"),
        (1_000, "1K<n<10K"),
        (123_456, "100K<n<1M"),
        (10**9, "1B<n<10B"),
        (10**12, "n>1T"),
    ],
)
def test_size_categories_are_those_of_the_hub(examples: int, category: str) -> None:
    assert size_category(examples) == category
