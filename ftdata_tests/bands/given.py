"""Partitions and their band keys, and what the index should answer, worked out one by one."""

import numpy as np
from upath import UPath

from ftdata.bands.index import BandIndex
from ftdata.keys import PartitionKey

BANDS = 3
KEYS = [PartitionKey(f"2025-03-0{day}", source) for day in (1, 2, 3) for source in ("chat", "web")]
LATER = PartitionKey("2026-01-01", "web")


def random_bands(seed, rows, values=2**32):
    """Band keys drawn from so many values: few make many matches."""
    return np.random.default_rng(seed).integers(0, values, (rows, BANDS), dtype=np.uint32)


def make_index(path, seeds=range(6), rows=100):
    """An index of partitions of growing size, and the model of it."""
    index, model = BandIndex(UPath(str(path))), {}
    for key, seed in zip(KEYS, seeds, strict=False):
        put(index, model, key, f"v{seed}", random_bands(seed, rows + 10 * seed, 400))
    return index, model


def put(index, model, key, version, bands, scheme="s"):
    index.put(key, version, bands, scheme)
    model[key] = (version, bands, scheme)


def expected(model, bands, before, scheme="s", most=256):
    """The candidates as sorted tuples: query row, partition, version, row."""
    found = set()
    for band in range(BANDS):
        holders = {}
        for key in sorted(model):
            version, known, of = model[key]
            if key < before and of == scheme:
                for row, value in enumerate(known[:, band].tolist()):
                    holders.setdefault(value, []).append((key, version, row))
        for query, value in enumerate(bands[:, band].tolist()):
            found |= {(query, *record) for record in holders.get(value, [])[:most]}
    return sorted(found)


def answer(source, bands, before=LATER, scheme="s"):
    """What the index says, in the order in which it says it."""
    found = source.look_up(bands, before, scheme)
    return [
        (query, *found.partitions[partition], row)
        for query, partition, row in zip(
            found.query.tolist(), found.partition.tolist(), found.row.tolist(), strict=True
        )
    ]


def contents(folder):
    """Every file of an index but its lock."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name != ".lock"}
