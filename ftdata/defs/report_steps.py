"""The report on the newest dataset: its statistics, and what is to be warned about.

No Dagster here. `statistics.json` tells of the version and of nothing else; `warnings.json` depends
on the settings, on the version before and on the day as well. `report.html` shows both. None is
hashed in the manifest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from upath import UPath

from ftdata import jsonl
from ftdata.errors import ReleaseError
from ftdata.keys import PartitionKey
from ftdata.project import Project
from ftdata.release.read import LoadedRelease, read_latest
from ftdata.release.versions import list_versions
from ftdata.reporting.columns import EXAMPLES
from ftdata.reporting.examine import examine
from ftdata.reporting.judge import judge
from ftdata.reporting.page.material import read_page_material
from ftdata.reporting.page.page import report_page, report_plots
from ftdata.reporting.page.sections import sections_of
from ftdata.reporting.profiles import profile_from
from ftdata.reporting.statistics import Profile, Report, as_json
from ftdata.settings import Settings, section_hash
from ftdata.storage import write_atomically

STATISTICS = "statistics.json"
WARNINGS = "warnings.json"
PAGE = "report.html"
# Raised when the same dataset and settings give another report.
_CODE = 2


@dataclass(frozen=True)
class Reported:
    """A report, the folder of the version that it stands in, and its plots as SVG by name."""

    report: Report
    folder: UPath
    plots: Mapping[str, str]


def report_version(settings: Settings) -> str:
    """Version of the report's code and settings."""
    return f"{_CODE}-{section_hash(settings.report)}"


def write_report(project: Project, today: dt.date) -> Reported:
    """Examine the newest dataset, and write what is found into its folder.

    Raises ReleaseError where there is none, StorageError where it cannot be read or written.
    """
    release = read_latest(project.store.data)
    if release is None:
        raise ReleaseError("there is no dataset to report on: build it with `ftdata build`")
    options = project.settings.report
    redactions = _redactions(project, release)
    statistics = examine(release.folder, release.manifest, redactions, options.sample_examples)
    previous = _profile_before(project, release.version)
    report = judge(statistics, previous, options, today)
    material = read_page_material(release.folder / EXAMPLES)
    sections = sections_of(report, release.manifest, material)
    page = report_page(project.settings.dataset.name, report, sections)
    told = as_json(report)
    write_atomically(release.folder / PAGE, page)
    write_atomically(release.folder / STATISTICS, jsonl.pretty(told.pop("statistics")))
    made = report_version(project.settings)
    write_atomically(release.folder / WARNINGS, jsonl.pretty({**told, "made_with": made}))
    return Reported(report, release.folder, report_plots(sections))


def is_reported(project: Project, release: LoadedRelease) -> bool:
    """Whether the report on a version is there, by the present settings."""
    told = _read_json(release.folder / WARNINGS)
    return told is not None and told.get("made_with") == report_version(project.settings)


def read_failed(release: LoadedRelease) -> tuple[str, ...]:
    """Names of the claims that do not hold of a version, by its last report; none without one."""
    told = _read_json(release.folder / WARNINGS) or {}
    return tuple(one["name"] for one in told.get("warnings", ()) if not one["passed"])


def _redactions(project: Project, release: LoadedRelease) -> dict[str, Mapping[str, int]]:
    """How often `cleaned` redacted each entity, by the date of the partition."""
    partitions = release.manifest["content"]["stages"]["partitions"].get("cleaned", {})
    by_date: dict[str, dict[str, int]] = {}
    for name in partitions:
        record = project.store.read_record("cleaned", PartitionKey.parse(name))
        counts = by_date.setdefault(PartitionKey.parse(name).date, {})
        for entity, times in (record.facts.get("redactions", {}) if record else {}).items():
            counts[entity] = counts.get(entity, 0) + times
    return dict(by_date)


def _profile_before(project: Project, version: str) -> tuple[str, Profile] | None:
    """The newest other version that has statistics of the same form."""
    for name in list_versions(project.store.data):
        told = _read_json(project.store.data / "datasets" / name / STATISTICS)
        profile = profile_from(told or {}) if name != version else None
        if profile is not None:
            return name, profile
    return None


def _read_json(path: UPath) -> dict[str, Any] | None:
    """None where it is not there, or is none of ours: the report is made anew then."""
    try:
        told = orjson.loads(path.read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return None
    return told if isinstance(told, dict) else None
