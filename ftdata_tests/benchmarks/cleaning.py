"""Cleaning: privacy, quality, language and safety on labelled truth, and speed, in one run.

    python -m ftdata_tests.benchmarks.cleaning --data DIR [--json] [--only PART]

DIR is laid out like ../shared/data; the files in it may be others, and a file that is not there is
said to be absent. One table: ftdata, the naive way (six regular expressions, lists of phrases) and
presidio's pattern recognisers without a model, where `ftdata[presidio]` is installed. A place is
found where one of the same entity overlaps it with an IoU of 0.5 or more. A target that is missed
is shown and is no failure. Speeds are per second of processor time of one core.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ftdata_tests.benchmarks.cleaning_figures import Figure, as_json, as_lines
from ftdata_tests.benchmarks.cleaning_leaks import leak_figures
from ftdata_tests.benchmarks.cleaning_logs import log_figures
from ftdata_tests.benchmarks.cleaning_pii import clean_text_figures, pii_figures
from ftdata_tests.benchmarks.cleaning_quality import quality_figures
from ftdata_tests.benchmarks.cleaning_speed import speed_figures

PARTS: dict[str, Callable[[Path, Path], Iterator[Figure]]] = {
    "speed": speed_figures,  # first: the other parts leave texts in memories that it would find
    "pii": lambda data, scratch: pii_figures(data),
    "texts": lambda data, scratch: clean_text_figures(data),
    "logs": lambda data, scratch: log_figures(data),
    "leaks": leak_figures,
    "quality": lambda data, scratch: quality_figures(data),
}


def measure(data: Path, parts: list[str]) -> list[Figure]:
    """Every figure of the parts, in order."""
    with tempfile.TemporaryDirectory() as scratch:
        return [figure for part in parts for figure in PARTS[part](data.absolute(), Path(scratch))]


def main() -> None:
    """Print the table, or its lines as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=PARTS, action="append")
    arguments = parser.parse_args()
    figures = measure(arguments.data, arguments.only or list(PARTS))
    if arguments.json:
        print(json.dumps(as_json(figures), indent=1))
    else:
        print("\n".join(as_lines(figures)))


if __name__ == "__main__":
    main()
