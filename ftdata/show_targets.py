"""What a build's answer says of the export targets: only what its user has to know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ftdata.console import warn
from ftdata.release.target_reports import REFUSED, complaints, target_reports


def show_targets(content: Mapping[str, Any], folder: str) -> None:
    """One line for each target that refuses examples or passes a limit, or is retired."""
    reports = target_reports(content)
    for report in reports:
        if report.status == "retired":
            warn(f"{report.name} is retired: nobody takes its rows any more")
        for line in complaints(report):
            warn(line)
    if any(report.refused for report in reports):
        warn(f"  {folder}/{REFUSED} lists every refused example, with rule and place")
