"""What stands at the top of a card for the Hugging Face hub: languages, licence, size, files."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import yaml

from ftdata.release.exports.parquet import PARQUET
from ftdata.release.licences import licence_values
from ftdata.release.tally import Tally, most_first
from ftdata.tables import SPLITS

_LANGUAGE = re.compile(r"[a-z]{2,3}")  # a code of ISO 639
_LEAST_SHARE = 0.01  # rarer languages are as often mistakes as they are there


def front_matter(name: str, content: dict[str, Any], tally: Tally) -> str:
    """YAML between lines of dashes, with what is known and nothing else.

    Files are those of the target `parquet` where it was written, else the top level's: typed
    columns need no guess. An empty file is no split to a loader.
    """
    values = {
        "pretty_name": name,
        **_languages(tally.tags["language"]),
        **licence_values(content["licences"]),
        "configs": [{"config_name": "default", "data_files": _data_files(content)}],
        "size_categories": [size_category(content["dataset"]["rows_out"])],
        "task_categories": ["text-generation"],
        "tags": ["ftdata"],
    }
    return f"---\n{yaml.safe_dump(values, sort_keys=False, allow_unicode=True)}---"


def size_category(examples: int) -> str:
    """The categories of Hugging Face's dataset cards: `n<1K`, `1K<n<10K` … `n>1T`."""
    marks = ("1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T")
    place = len(str(examples)) - 3
    if place < 1:
        return f"n<{marks[0]}"
    if place >= len(marks):
        return f"n>{marks[-1]}"
    return f"{marks[place - 1]}<n<{marks[place]}"


def _languages(counts: Counter[str]) -> dict[str, list[str]]:
    """The languages of a hundredth of the examples or more, the most frequent first."""
    least = _LEAST_SHARE * counts.total()
    found = [
        language
        for language, count in most_first(counts)
        if count >= least and _LANGUAGE.fullmatch(language)
    ]
    return {"language": found} if found else {}


def _data_files(content: dict[str, Any]) -> list[dict[str, str]]:
    parquet = content["targets"].get(PARQUET.name, {}).get("rows", {})
    if any(parquet.values()):
        return [
            {"split": split, "path": PARQUET.file(split)} for split in SPLITS if parquet.get(split)
        ]
    splits = content["dataset"]["splits"]
    return [
        {"split": split, "path": f"{split}.jsonl"} for split in SPLITS if splits[split]["examples"]
    ]
