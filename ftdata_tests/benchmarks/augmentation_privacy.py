"""Planted personal data and the provider's key, after builds in which a model writes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

from ftdata.defs.build import BuildReport, build, open_instance
from ftdata.project import Project
from ftdata_tests.benchmarks.augmentation_costs import LLM, asking_apart
from ftdata_tests.benchmarks.augmentation_material import make_project
from ftdata_tests.benchmarks.documents_figures import Figure
from ftdata_tests.defs.planted import (
    EMAIL,
    NAME,
    PHONE,
    SAID,
    SAID_OF_NOBODY,
    USER,
    contents,
    leaks,
)
from ftdata_tests.llm.provider_process import Apart, Scenario

_KEY = "sk-private-4711-do-not-keep"
_SETTINGS = (
    LLM.replace("retries: 1", "retries: 0")
    + """\
augmentation: {writer: model, max_share: 0.5, max_stratum_share: 0.9}
generation: {writer: model}
"""
)
_RECORDS = 150  # of a day, of which every tenth holds planted data
_PAGES = 8
_LISTED = 10


def privacy_figures(data: Path, scratch: Path) -> Iterator[Figure]:
    """A build that succeeds, and builds whose provider tells the key in its errors."""
    with asking_apart(_folder(scratch, "good"), Scenario(of_material=True, usage=None), _KEY) as at:
        project = _planted_project(data, scratch / "good")
        report, events = _built(project, scratch / "good")
        yield Figure("build: messages", len(report.messages), 0, True, "; ".join(report.messages))
        yield from _sent_figures(at)
        yield from _kept_figures("build", scratch / "good", report, events)
    for status in (401, 500):
        folder = _folder(scratch, str(status))
        with asking_apart(folder, Scenario(status=status), _KEY):
            report, events = _built(_planted_project(data, folder), folder)
            told = f"server that answers {status}"
            yield Figure(f"{told}: messages", len(report.messages), 1)
            yield from _kept_figures(told, folder, report, events)


def _folder(scratch: Path, name: str) -> Path:
    (scratch / name).mkdir()
    return scratch / name


def _built(project: Project, folder: Path) -> tuple[BuildReport, str]:
    """What a build reports, and all events of its runs."""
    with open_instance(folder) as instance:
        report = build(project, instance)
        runs = [run.run_id for run in instance.get_runs()]
        return report, "\n".join(str(event) for run in runs for event in instance.all_logs(run))


def _sent_figures(at: Apart) -> Iterator[Figure]:
    bodies = [asked.body for asked in at.asked()]
    yield Figure("requests", len(bodies))
    redacted = sum("[EMAIL]" in body for body in bodies)
    yield Figure("requests that show a placeholder of what was planted", redacted, 1)
    found = sorted({value for body in bodies for value in leaks(body)})
    yield Figure("planted values that were sent", len(found), 0, True, ", ".join(found))


def _kept_figures(told: str, folder: Path, report: BuildReport, events: str) -> Iterator[Figure]:
    """Files, events and messages that hold the key; messages that hold planted data."""
    files = [str(path.relative_to(folder)) for path, text in contents(folder) if _KEY in text]
    note = ", ".join(files[:_LISTED])
    yield Figure(f"{told}: files that hold the key", len(files), 0, True, note)
    yield Figure(f"{told}: key in events of the runs", events.count(_KEY), 0, True)
    messages = "\n".join(report.messages)
    yield Figure(f"{told}: key in messages", messages.count(_KEY), 0, True)
    found = leaks(messages)
    yield Figure(f"{told}: planted values in messages", len(found), 0, True, ", ".join(found))


def _planted_project(data: Path, folder: Path) -> Project:
    """A day of each source of logs and some pages of a corpus, with planted data."""
    project = make_project(folder, _SETTINGS)
    instance = resources.files("ftdata").joinpath("templates", "dagster.yaml").read_text("utf-8")
    place = instance.replace("base_dir: .dagster", f"base_dir: {folder}/.dagster")
    (folder / "dagster.yaml").write_text(place, encoding="utf-8")
    raw = folder / "data" / "raw"
    for day in _first_days(data / "logs"):
        path = raw / day.parent.name / day.name.partition(".")[0] / f"{EMAIL}.jsonl"
        path.parent.mkdir(parents=True)
        records = [
            _planted(record) if number % 10 == 0 else record
            for number, record in enumerate(islice(_records(day), _RECORDS))
        ]
        path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    pages = raw / "help" / "2025-03-01"
    pages.mkdir(parents=True)
    for number, page in enumerate(islice(sorted((data / "docs").rglob("*.md")), _PAGES)):
        name = f"{EMAIL}.md" if number == 0 else f"{number}.md"
        text = f"{page.read_text(encoding='utf-8')}\n\n## Whom to ask\n\n{SAID_OF_NOBODY}\n"
        (pages / name).write_text(text, encoding="utf-8")
    return project


def _first_days(logs: Path) -> Iterable[Path]:
    folders = sorted(path for path in logs.iterdir() if path.is_dir()) if logs.is_dir() else []
    return [min(folder.iterdir()) for folder in folders]


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """Those of a JSONL file, gzipped or not, that are one turn; broken lines are left out."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict) and isinstance(record.get("prompt"), str):
                yield record


def _planted(record: dict[str, Any]) -> dict[str, Any]:
    """A record with planted data in every field that may hold some."""
    arguments = json.dumps({"to": EMAIL, "name": NAME})
    call = {"id": "c1", "type": "function", "function": {"name": "send", "arguments": arguments}}
    kept = {name: value for name, value in record.items() if name not in ("prompt", "response")}
    return kept | {
        "user_id": USER,
        "metadata": {"customer_name": NAME, "phone": PHONE, "note": SAID},
        "messages": [
            {"role": "user", "content": f"Send it to {NAME}, {EMAIL}."},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "c1", "content": json.dumps({"sent": SAID})},
            {"role": "assistant", "content": f"It is on its way, {NAME}."},
            {"role": "user", "content": f"{record['prompt']} {SAID}"},
            {"role": "assistant", "content": f"{record.get('response')} Done, Zebulon. {SAID}"},
        ],
    }
