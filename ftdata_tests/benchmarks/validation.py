"""Validation: what the report costs on a million examples, and how evenly splits are dealt.

    python -m ftdata_tests.benchmarks.validation --data DIR [--json] [--only PART]

DIR is laid out like ../shared/data; the files in it may be others. Times are of the processor.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ftdata_tests.benchmarks import validation_page, validation_splits, validation_statistics

PARTS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "statistics": validation_statistics.measure,
    "page": validation_page.measure,
    "splits": validation_splits.measure,
}


def lines(name: str, value: object) -> list[str]:
    """`statistics.examples  1,000,000`, one line for each figure, however deep it stands."""
    if isinstance(value, dict):
        return [line for key, own in value.items() for line in lines(f"{name}.{key}", own)]
    shown = f"{value:,}" if isinstance(value, int | float) else str(value)
    return [f"{name:<60}{shown:>16}"]


def main() -> None:
    """Print every figure, as a table or as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=PARTS, action="append", metavar="PART")
    arguments = parser.parse_args()
    chosen = arguments.only or list(PARTS)
    figures = {part: PARTS[part](arguments.data.absolute()) for part in chosen}
    if arguments.json:
        print(json.dumps(figures, indent=1))
    else:
        print("\n".join(line for part in chosen for line in lines(part, figures[part])))


if __name__ == "__main__":
    main()
