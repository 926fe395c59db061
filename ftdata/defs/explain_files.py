"""Raw files by the names under which people ask for them and are shown them. No Dagster here."""

from __future__ import annotations

import re

from upath import UPath

from ftdata.cleaning.pii.paths import private_paths
from ftdata.defs.explanation import Origin
from ftdata.errors import PartitionError
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.storage import PartitionStore
from ftdata.tables import CHAINS, Stage, empty

_DATE_CHARS = len("2025-03-01")
_HIDDEN = re.compile(r"(?:^|/)redacted-[0-9a-f]{16}(?:/|$)")


def raw_path(data: UPath, asked: str) -> str | None:
    """The path below the data folder that `asked` names; None where it names no raw file.

    It may begin at the data folder (`raw/web/…`), or be one that leads there (`data/raw/web/…`).
    """
    text = asked.replace("\\", "/").removeprefix("./")
    for root in (f"{data}/", f"{data.name}/"):
        text = text.removeprefix(root)
    return text if text.startswith("raw/") and text.count("/") > 1 else None


def partition_of_path(path: str) -> PartitionKey | None:
    """The partition of `raw/<source>/<date>…`; None where the name is that of none."""
    _, source, rest = path.split("/", 2)
    try:
        return PartitionKey(date=rest[:_DATE_CHARS], source=source)
    except PartitionError:
        return None


def chain_at(store: PartitionStore, key: PartitionKey) -> tuple[Stage, ...]:
    """The stages that a partition goes through, by what is built of it; none where nothing is."""
    for chain in CHAINS.values():
        if store.read_record(chain[0], key) is not None:
            return chain
    return ()


def shown_files(project: Project, key: PartitionKey) -> dict[str, str]:
    """What stands in everything built later for each raw file of a partition, itself mostly."""
    store, chain = project.store, chain_at(project.store, key)
    if not chain:
        return {}
    first, then = (store.read_record(stage, key) for stage in chain[:2])
    real = [file["path"] for file in first.files] if first else []
    if first and then and then.inputs.get(first.stage) == first.output:
        # The stage after it has noted the names, in the order of the files.
        return dict(zip(real, (file["path"] for file in then.files), strict=True))
    hidden = private_paths(empty("raw_logs"), real, project.settings.cleaning.pii)
    return {path: hidden.get(path, path) for path in real}


def origin_of(file: str | None, line: int | None, record_id: str | None) -> Origin:
    """Where a record stands; `file` is as it is shown."""
    return Origin(file, line, record_id, bool(file and _HIDDEN.search(file)))
