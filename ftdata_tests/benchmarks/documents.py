"""Documents: what becomes of each file, what is made of it, and labelled truth, in one run.

    python -m ftdata_tests.benchmarks.documents --data DIR [--json] [--only PART]

DIR is laid out like ../shared/data; the files in it may be others, and a truth file that is not
there is said to be absent. A target that is missed is shown and is no failure. Times are of the
processor, of one core.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from ftdata_tests.benchmarks.documents_build import Built, build_sections
from ftdata_tests.benchmarks.documents_examples import example_figures
from ftdata_tests.benchmarks.documents_figures import Figure, as_json, as_lines
from ftdata_tests.benchmarks.documents_office import office_scores
from ftdata_tests.benchmarks.documents_speed import speed_figures
from ftdata_tests.benchmarks.documents_truth import section_figures

_OFFICE_TARGETS = {".docx": 0.95, ".html": 0.95, ".pdf": 0.9}
_MOST_SECONDS = 60.0


def _run_figures(data: Path, built: Built) -> Iterator[Figure]:
    note = f"{built.files} files"
    yield Figure("sections, seconds of one core", built.seconds, _MOST_SECONDS, True, note)


def _office_figures(data: Path, built: Built) -> Iterator[Figure]:
    """Token F1 by format: the mean, with the lowest file as the note."""
    if not (data / "docs" / "office").is_dir():
        return
    scores = office_scores(data)
    for ending, target in _OFFICE_TARGETS.items():
        own = {name: score for name, score in scores.items() if name.endswith(ending)}
        if own:
            lowest = min(own, key=lambda name: own[name])
            note = f"lowest {own[lowest]:.3f} {lowest}"
            yield Figure(f"office {ending}: F1", sum(own.values()) / len(own), target, note=note)


PARTS: dict[str, Callable[[Path, Built], Iterator[Figure]]] = {
    "run": _run_figures,
    "sections": section_figures,
    "office": _office_figures,
    "examples": example_figures,
    "speed": speed_figures,
}


def measure(data: Path, parts: list[str]) -> list[Figure]:
    """Every figure of the parts, in order, over the files below `data`/docs."""
    built = build_sections(data / "docs")
    return [figure for part in parts for figure in PARTS[part](data, built)]


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
