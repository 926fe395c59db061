"""Augmentation: variants by a second opinion, estimates against what was paid, and privacy.

    python -m ftdata_tests.benchmarks.augmentation --data DIR [--show [N]] [--json] [--only PART]

DIR is laid out like ../shared/data; the files in it may be others. A target that is missed is shown
and is no failure. Times are of the processor, of one core. `--show` prints N variants of each kind
beside their parents instead. What asks a model asks a server that is started for it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ftdata_tests.benchmarks.augmentation_costs import cost_figures
from ftdata_tests.benchmarks.augmentation_material import formatted_logs
from ftdata_tests.benchmarks.augmentation_privacy import privacy_figures
from ftdata_tests.benchmarks.augmentation_show import shown
from ftdata_tests.benchmarks.augmentation_variants import variant_figures
from ftdata_tests.benchmarks.documents_figures import Figure, as_json, as_lines


def _variants(data: Path, scratch: Path) -> Iterator[Figure]:
    return variant_figures(formatted_logs(data / "logs", scratch))


PARTS: dict[str, Callable[[Path, Path], Iterator[Figure]]] = {
    "variants": _variants,
    "costs": cost_figures,
    "privacy": privacy_figures,
}


def measure(data: Path, parts: list[str]) -> Iterator[Figure]:
    """Every figure of the parts, in order."""
    for part in parts:
        with tempfile.TemporaryDirectory() as scratch:
            yield from PARTS[part](data, Path(scratch))


def main() -> None:
    """Print the table, or its lines as JSON, or variants to read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", type=int, nargs="?", const=50, metavar="N")
    parser.add_argument("--only", choices=PARTS, action="append", metavar="PART")
    arguments = parser.parse_args()
    if arguments.show is not None:
        with tempfile.TemporaryDirectory() as scratch:
            formatted = formatted_logs(arguments.data / "logs", Path(scratch))
            for line in shown(formatted, arguments.show):
                print(line)
        return
    figures = list(measure(arguments.data, arguments.only or list(PARTS)))
    if arguments.json:
        print(json.dumps(as_json(figures), indent=1))
    else:
        print("\n".join(as_lines(figures)))


if __name__ == "__main__":
    main()
