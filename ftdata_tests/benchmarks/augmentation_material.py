"""Formatted examples of a folder of logs, and the variants that are derived of them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from ftdata.augmentation import AUGMENTERS
from ftdata.augmentation.augment import augment_partition
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import build_stage, project_tokenizer
from ftdata.keys import PartitionKey
from ftdata.project import Project, open_project
from ftdata.settings_augmentation import Augmentation, AugmenterName
from ftdata.tables import Stage
from ftdata.token_count import CountTexts

Row = dict[str, Any]

BY_RULES: tuple[AugmenterName, ...] = tuple(one.name for one in AUGMENTERS if one.by_rules)
_COMMON_TAGS = frozenset({"generator", "turns", "refusal"})  # they tell no kinds apart


@dataclass(frozen=True)
class Formatted:
    """The table `formatted` of each partition, and what counts their tokens."""

    tables: Mapping[PartitionKey, pa.Table]
    count: CountTexts
    max_tokens: int

    @property
    def parents(self) -> int:
        """Examples of all partitions."""
        return sum(table.num_rows for table in self.tables.values())


@dataclass(frozen=True)
class Derived:
    """A parent and one of its variants, as rows of the table `augmented`."""

    parent: Row
    variant: Row

    @property
    def kind(self) -> str:
        """The augmenter, and the tag by which it says what it made: `paraphrase style=formal`."""
        before, after = dict(self.parent["tags"]), dict(self.variant["tags"])
        own = {name for name, value in after.items() if before.get(name) != value}
        told = [f"{name}={after[name]}" for name in sorted(own - _COMMON_TAGS)]
        return " ".join([self.variant["provenance"].split("/")[0], *told])


@dataclass(frozen=True)
class Augmented:
    """What the stage made of all partitions, and the processor time that it took."""

    tables: Mapping[PartitionKey, pa.Table]
    seconds: float

    def derived(self) -> Iterator[Derived]:
        """Every variant beside its parent."""
        for table in self.tables.values():
            rows = table.to_pylist()
            parents = {row["id"]: row for row in rows if row["parent_id"] is None}
            for row in rows:
                if row["parent_id"] is not None:
                    yield Derived(parents[row["parent_id"]], row)


def make_project(folder: Path, settings: str) -> Project:
    """A project of these settings; its raw files are to be put below `folder`/data/raw."""
    (folder / "data" / "raw").mkdir(parents=True, exist_ok=True)
    (folder / "ftdata.yaml").write_text(settings, encoding="utf-8")
    return open_project(folder / "ftdata.yaml")


def copy_logs(logs: Path, raw: Path) -> None:
    """The sources below a folder of logs; files beside them are none."""
    for source in sorted(path for path in logs.iterdir() if path.is_dir()):
        shutil.copytree(source, raw / source.name)


def build_logs(project: Project, last: Stage, keys: list[PartitionKey] | None = None) -> None:
    """Build some partitions of logs, all by default, from their raw files to that stage."""
    chain: tuple[Stage, ...] = ("raw_logs", "cleaned", "formatted", "augmented")
    partitions = look_at_raw(project).partitions
    for key in sorted(partitions) if keys is None else keys:
        for stage in chain[: chain.index(last) + 1]:
            if project.store.read_record(stage, key) is None:
                build_stage(project, stage, key, partitions[key])


def formatted_logs(logs: Path, scratch: Path) -> Formatted:
    """Every partition below `logs`, from its raw files to `formatted`, as a build makes it."""
    project = make_project(scratch / "formatted", "")
    copy_logs(logs, scratch / "formatted" / "data" / "raw")
    build_logs(project, "formatted")
    store = project.store
    tables = {key: store.read_table("formatted", key) for key in sorted(store.keys("formatted"))}
    return Formatted(
        tables, project_tokenizer(project).count, project.settings.formatting.max_tokens
    )


def only(name: AugmenterName) -> Augmentation:
    """As many variants as can be, of one augmenter."""
    weights = {one.name: float(one.name == name) for one in AUGMENTERS}
    return Augmentation(augmenters=weights, max_share=0.9, max_stratum_share=0.9)


def augment(formatted: Formatted, options: Augmentation) -> Augmented:
    """All partitions augmented by rules."""
    began = time.process_time()
    tables = {
        key: augment_partition(table, options, formatted.count, formatted.max_tokens).table
        for key, table in formatted.tables.items()
    }
    return Augmented(tables, time.process_time() - began)
