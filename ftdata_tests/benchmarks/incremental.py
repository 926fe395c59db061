"""Adding 10,000 records to the duplicate index, at several sizes of it.

    python -m ftdata_tests.benchmarks.incremental [--sizes N ...] [--scratch DIR] [--json]

Band keys are random: 15 of 32 bits a record, in partitions of 10,000. The records that are
looked up have 17,740 matches whatever the size, each in eight bands, and those that chance adds.
What is added costs its look-up and its put, both means: of five look-ups while the index grows by
another tenth, as the number of runs changes, and of the puts over the second half of the growth, so
that merges are in it in proportion. CPU seconds are user and system time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from upath import UPath

from ftdata.bands.index import BandIndex
from ftdata.keys import PartitionKey

SIZES = (100_000, 1_000_000, 10_000_000)
PARTITION = 10_000
BANDS = 15  # as many as there are for the default threshold
MATCHES = 17_740
LOOK_UPS = 5  # at each size, while it grows by another tenth
SCHEME = "random"


def measure(sizes: Sequence[int], scratch: Path) -> dict[str, float]:
    """Every metric by name; the index grows in `scratch` and takes up to 300 bytes a record."""
    index = BandIndex(UPath(str(scratch / "index")))
    puts: list[float] = []
    metrics: dict[str, float] = {}
    for size in sorted(sizes):
        partitions = size // PARTITION
        puts += [put(index, number) for number in range(len(puts), partitions)]
        recent = puts[partitions // 2 : partitions]
        taken, matches = [], []
        for _ in range(LOOK_UPS):
            seconds, found = look_up(index, len(puts), partitions)
            taken.append(seconds)
            matches.append(found)
            steps = max(1, partitions // 10 // LOOK_UPS)
            puts += [put(index, number) for number in range(len(puts), len(puts) + steps)]
        own = {
            "look_up_cpu_s": sum(taken) / len(taken),
            "put_cpu_s": sum(recent) / len(recent),
            "worst_put_cpu_s": max(recent),
            "matches": sum(matches) / len(matches),
            "bytes_per_record": stored_bytes(index) / (len(puts) * PARTITION),
        }
        own["cpu_s"] = own["look_up_cpu_s"] + own["put_cpu_s"]
        metrics |= {f"index_{size}_{name}": value for name, value in own.items()}
    costs = [metrics[f"index_{size}_cpu_s"] for size in sorted(sizes)]
    metrics["index_growth"] = costs[-1] / costs[0]
    metrics["index_bytes_per_record"] = metrics[f"index_{max(sizes)}_bytes_per_record"]
    metrics["index_build_cpu_s"] = sum(puts)
    metrics["worst_put_cpu_s"] = max(puts)
    metrics["index_peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {name: round(value, 4) for name, value in metrics.items()}


def random_bands(number: int) -> npt.NDArray[np.uint32]:
    """The band keys of a partition, the same at every call."""
    draw = np.random.default_rng([1, number])
    return draw.integers(0, 2**32, (PARTITION, BANDS), dtype=np.uint32)


def matching_bands(number: int, partitions: int) -> npt.NDArray[np.uint32]:
    """The band keys of a partition whose records have 17,740 matches in the first `partitions`.

    A record takes half of its keys from one indexed record, and the other half from another.
    """
    bands = random_bands(number)
    picked = np.random.default_rng([2, number]).permutation(partitions * PARTITION)[:MATCHES]
    half = BANDS // 2
    for partition in np.unique(picked // PARTITION).tolist():
        known = random_bands(partition)
        chosen = np.flatnonzero(picked // PARTITION == partition)
        for place, row in zip(chosen.tolist(), picked[chosen] % PARTITION, strict=True):
            side = slice(0, half) if place < PARTITION else slice(half, BANDS)
            bands[place % PARTITION, side] = known[row, side]
    return bands


def put(index: BandIndex, number: int) -> float:
    """CPU seconds of adding a partition."""
    bands = random_bands(number)
    started = time.process_time()
    index.put(key(number), f"version {number}", bands, SCHEME)
    return time.process_time() - started


def look_up(index: BandIndex, number: int, partitions: int) -> tuple[float, int]:
    """CPU seconds of a look-up, and the candidate pairs found."""
    bands = matching_bands(number, partitions)
    started = time.process_time()
    found = index.look_up(bands, key(number), SCHEME)
    return time.process_time() - started, len(found.query)


def key(number: int) -> PartitionKey:
    """Partitions are days."""
    day = dt.date(2000, 1, 1) + dt.timedelta(days=number)
    return PartitionKey(date=day.isoformat(), source="web")


def stored_bytes(index: BandIndex) -> int:
    """Bytes of all files of the index."""
    return sum(path.stat().st_size for path in index.root.iterdir())


def main() -> None:
    """Print every metric as a table or as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="records in the index")
    parser.add_argument("--scratch", type=Path, help="folder of the index (default: temporary)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        metrics = measure(options.sizes, Path(scratch))
    if options.json:
        print(json.dumps(metrics))
    else:
        for name, value in metrics.items():
            print(f"{name:<36}{value:>14,.4f}".rstrip("0").rstrip("."))


if __name__ == "__main__":
    main()
