"""Part `page`: the report on a million examples as a whole, statistics, warnings and page.

The examples are those of the part `statistics`; a process of its own reports on them.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from upath import UPath

from ftdata.reporting.columns import EXAMPLES
from ftdata.reporting.examine import examine
from ftdata.reporting.judge import judge
from ftdata.reporting.page.material import read_page_material
from ftdata.reporting.page.page import report_page, report_plots
from ftdata.reporting.page.sections import sections_of
from ftdata.settings_report import Report
from ftdata_tests.benchmarks import validation_statistics

MOST_SECONDS, MOST_PAGE_SECONDS = 60, 15
MOST_MB, MOST_PAGE_MB = 2_000, 5
_ALONE = "ftdata_tests.benchmarks.validation_page"
_MANIFEST = {
    "version": "0" * 16,
    "content": {
        "stages": {"totals": {}},
        "dataset": {"rows_in": validation_statistics.EXAMPLES},
    },
}
# What `getrusage` tells of a child's peak begins with that of the process that started it.
_STATUS = Path("/proc/self/status")


def measure(data: Path) -> dict[str, Any]:
    """Seconds of the processor, peak memory and bytes of the page, with the most that is wanted."""
    with tempfile.TemporaryDirectory() as scratch:
        validation_statistics.write_examples(Path(scratch), data, validation_statistics.EXAMPLES)
        done = subprocess.run(
            [sys.executable, "-m", _ALONE, scratch], capture_output=True, text=True, check=True
        )
    return {
        **json.loads(done.stdout),
        "seconds wanted at most": MOST_SECONDS,
        "seconds of the page wanted at most": MOST_PAGE_SECONDS,
        "peak MB wanted at most": MOST_MB,
        "MB of HTML wanted at most": MOST_PAGE_MB,
    }


def report_alone(folder: UPath) -> dict[str, Any]:
    """What the report costs in this process, and how much of it the page."""
    started = time.process_time()
    statistics = examine(folder, _MANIFEST, {}, Report().sample_examples)
    report = judge(statistics, None, Report(), dt.date(2025, 6, 1))
    told, before = time.process_time(), _peak()
    sections = sections_of(report, _MANIFEST, read_page_material(folder / EXAMPLES))
    page, plots = report_page("a million", report, sections), report_plots(sections)
    ended = time.process_time()
    return {
        "examples": statistics.parts["all"].examples,
        "seconds": round(ended - started, 1),
        "seconds of the page": round(ended - told, 1),
        "peak MB": _peak(),
        "peak MB without the page": before,
        "MB of HTML": round(len(page) / 1e6, 3),
        "largest plot in kB": round(max(map(len, plots.values())) / 1e3, 1),
    }


def _peak() -> int | None:
    lines = _STATUS.read_text().splitlines() if _STATUS.exists() else []
    return next((int(line.split()[1]) // 1_024 for line in lines if "VmHWM" in line), None)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(report_alone(UPath(sys.argv[1]))))
