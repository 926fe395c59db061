"""A small dataset of the shared logs, documents and tool calls, written for every target."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ftdata import jsonl
from ftdata.ingest.inventory import scan_raw
from ftdata.project import open_project
from ftdata.release.exports import EXPORTERS
from ftdata.release.plan import Release
from ftdata.tables import CHAINS
from ftdata_tests.release.exports.toolcalls import FOLDER, SHARED, dialogues, function_calls

LOGS = ("support_chat", "ticket_bot")
DATE = "2025-03-01"
# Preference pairs of every tenth example; no other variant.
AUGMENTERS = {
    **dict.fromkeys(("paraphrase", "synonyms", "typos", "difficulty", "multi_turn"), 0),
    "negatives": 0,
    "preferences": 1,
}


@pytest.fixture(scope="session")
def shared_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Built in one process, without Dagster."""
    # Dagster's import costs seconds: the other tests of this folder do without it.
    from ftdata.defs.dataset_steps import assemble
    from ftdata.defs.steps import build_stage

    if not FOLDER.is_dir():
        pytest.skip("../shared/data is not here")
    folder = tmp_path_factory.mktemp("targets")
    _write_raw(folder / "data" / "raw")
    settings = {
        "dataset": {"exports": list(EXPORTERS)},
        "augmentation": {"augmenters": AUGMENTERS, "max_share": 0.3},
        "cleaning": {"pii": {"enabled": False}},
    }
    (folder / "ftdata.yaml").write_bytes(jsonl.pretty(settings))
    project = open_project(folder / "ftdata.yaml")
    found = scan_raw(project.store.data, project.settings)
    for key, files in found.partitions.items():
        for stage in CHAINS[found.sources[key.source]]:
            build_stage(project, stage, key, files)
    return assemble(project, lambda _: True).release


def _write_raw(raw: Path) -> None:
    for source in LOGS:
        (raw / source).mkdir(parents=True)
        (path,) = (SHARED / "logs" / source).glob(f"{DATE}.jsonl*")
        shutil.copyfile(path, raw / source / path.name)
    pages = raw / "runbooks" / DATE
    pages.mkdir(parents=True)
    for path in sorted((SHARED / "docs" / "prometheus_runbooks" / "etcd").glob("etcd*"))[:3]:
        shutil.copyfile(path, pages / path.name)
    (raw / "tools").mkdir()
    with (raw / "tools" / f"{DATE}.jsonl").open("wb") as file:
        jsonl.write_lines(file, [*dialogues(60), *function_calls(40)])
