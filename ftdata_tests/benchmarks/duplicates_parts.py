"""The parts of the duplicates benchmark that other modules measure, each with its targets.

    python -m ftdata_tests.benchmarks.duplicates_parts NAME --data DIR [--quick]

Prints the part's figures as JSON.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from ftdata_tests.benchmarks.duplicates_figures import (
    Figure,
    as_json,
    at_least,
    at_most,
    flatten,
    stated,
)

Measure = Callable[[Path, bool], list[Figure]]
Target = tuple[Callable[[str, str, float, float], Figure], float]

TARGETS: dict[str, Target] = {
    "index_growth": (at_most, 3),
    "index_10000000_cpu_s": (at_most, 1),
    "index_bytes_per_record": (at_most, 200),
    "decontam_verbatim_recall": (at_least, 0.99),
    "decontam_false_hits": (at_most, 2),
}
NO_TIES = "ties_across_"  # of every kind: none


def measure_index(data: Path, quick: bool) -> list[Figure]:
    """Adding 10,000 records to an index of several sizes."""
    from ftdata_tests.benchmarks.incremental import SIZES, measure

    with tempfile.TemporaryDirectory() as scratch:
        return judge("incremental", measure(SIZES[:-1] if quick else SIZES, Path(scratch)))


def measure_neardup(data: Path, quick: bool) -> list[Figure]:
    """Revisions of pages, and rows that others dropped."""
    from ftdata_tests.benchmarks.neardup_truth import measure

    return measure(data)


def measure_semantic(data: Path, quick: bool) -> list[Figure]:
    """Pairs of answers that people judged."""
    from ftdata_tests.benchmarks.semantic_truth import measure

    return judge("semantic", measure(data))


def measure_contamination(data: Path, quick: bool) -> list[Figure]:
    """Texts with and without evaluation items."""
    from ftdata_tests.benchmarks.contamination_truth import measure

    return judge("decontam", measure(data))


def measure_splits(data: Path, quick: bool) -> list[Figure]:
    """Ties and families across the sides of a finished dataset."""
    from ftdata_tests.benchmarks.split_truth import measure

    return judge("splits", measure(data))


PARTS: dict[str, Measure] = {
    "incremental": measure_index,
    "neardup": measure_neardup,
    "semantic": measure_semantic,
    "decontam": measure_contamination,
    "splits": measure_splits,
}


def judge(part: str, found: Mapping[str, object]) -> list[Figure]:
    """The metrics of a part as figures, with the targets that are known by their names."""
    return [_figure(part, name, value) for name, value in flatten(found)]


def _figure(part: str, name: str, value: float | str) -> Figure:
    target = (at_most, 0.0) if name.startswith(NO_TIES) else TARGETS.get(name)
    if target is None or isinstance(value, str):
        return stated(part, name, value)
    compare, bound = target
    return compare(part, name, value, bound)


def main() -> None:
    """Measure one part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", choices=list(PARTS))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    print(json.dumps(as_json(PARTS[options.name](options.data, options.quick))))


if __name__ == "__main__":
    main()
