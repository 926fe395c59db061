"""A small built project in which every kind of fate occurs, to be traced."""

import gzip
import json
from pathlib import Path

from ftdata.defs.dataset_steps import assemble
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import build_stage, chain_of
from ftdata.project import Project, open_project
from ftdata_tests.defs.conftest import log_records
from ftdata_tests.defs.workshop import workshop_pages

PERSON = "jane.doe@corp-mail.com"  # names a file, and is the id of a record
FIRST = "raw/web/2025-03-01.jsonl.gz"
SECOND = "raw/web/2025-03-02/more.jsonl"
PRIVATE = f"raw/web/2025-03-02/{PERSON}.jsonl"
PAGE = "raw/help/2025-03-01/guides/orders.md"
SETTINGS = """\
cleaning: {drop_patterns: ["zebra"]}
augmentation: {max_share: 0.5}
splits: {ratios: {train: 0.7, validation: 0.15, test: 0.15}}
"""
LONG = "Please tell me how the old grey thermostat in the hall is reset after a long power cut"


def record(name: str, prompt: str, **more: object) -> dict[str, object]:
    return {
        "id": name, "prompt": prompt, "response": f"Look it up on page {len(prompt)}.",
        "conversation_id": f"talk-{name}", **more,
    }  # fmt: skip


def first_day() -> list[object]:
    """Lines of the first file: records, one of which is no JSON."""
    return [
        *log_records(1, 14),
        record("first-turn", "How do I pitch the tent?", conversation_id="two-turns"),
        record("second-turn", "And in strong wind?", conversation_id="two-turns"),
        record("failed", "Will this work out?", error="timeout"),
        "no JSON at all",
        record("striped", "Where do I see a zebra?"),
        record("kept", LONG),
        record("repeated", f"{LONG}!"),
    ]


def write_raw_files(data: Path) -> None:
    """Two days of logs, one file of which is named after a person, and a page."""
    second = [record("later", f"{LONG}, please"), *log_records(2, 6)]
    private = [record(PERSON, "Which pegs fit into stony ground?")]
    files = {FIRST: first_day(), SECOND: second, PRIVATE: private}
    for name, rows in files.items():
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        content = "\n".join(lines).encode()
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    (data / PAGE).parent.mkdir(parents=True)
    thanks = "\n\n## Thanks\n\nWe thank all who have helped us with these pages:\n"
    (data / PAGE).write_text(workshop_pages()["orders.md"] + thanks)
    (data / PAGE).with_name("empty.md").write_text(" \n")


def built_project(folder: Path) -> Project:
    """The project, with every stage built and a dataset version published."""
    write_raw_files(folder / "data")
    (folder / "ftdata.yaml").write_text(SETTINGS)
    project = open_project(folder / "ftdata.yaml")
    build_all(project)
    assemble(project, lambda _: True)
    return project


def build_all(project: Project) -> None:
    """Every stage of every partition, without a dataset."""
    for key, files in look_at_raw(project).partitions.items():
        for stage in chain_of(project, key, files):
            output = build_stage(project, stage, key, files)[0].output
            project.store.set_failed_checks(stage, key, [], output)
