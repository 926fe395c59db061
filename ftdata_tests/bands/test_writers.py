"""Killed writers leave the index as it was; two at once leave it as one after the other."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from upath import UPath

from ftdata.bands import index as band_index
from ftdata.bands import merge
from ftdata.bands.index import BandIndex
from ftdata_tests.bands.given import (
    KEYS,
    LATER,
    answer,
    contents,
    expected,
    make_index,
    put,
    random_bands,
)

QUERIES = random_bands(50, 60, 400)
WRITE = """
import sys
from upath import UPath
from ftdata.bands.index import BandIndex
from ftdata_tests.bands.given import KEYS, random_bands
index = BandIndex(UPath(sys.argv[1]))
for round in range(4):
    for number in range(int(sys.argv[2]), len(KEYS), 2):
        bands = random_bands(number, 100 + 10 * number, 400)
        index.put(KEYS[number], f"v{number}" if round == 3 else f"round {round}", bands, "s")
"""


class Killed(BaseException):
    """Nobody catches it, as nobody catches SIGKILL."""


@given(st.integers(0, 4), st.booleans(), st.sampled_from([*KEYS, LATER]), st.booleans())
@settings(max_examples=25)
def test_killed_between_any_two_writes(count, first, key, removes):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        index, model = make_index(folder, range(0 if first else 5))
        before = answer(index, QUERIES)
        left = [count]

        def until_killed(name, real):
            def write(*arguments):
                if left[0] == 0:
                    raise Killed(name)
                left[0] -= 1
                return real(*arguments)

            return write

        for module, name in (
            (band_index, "write_run"),
            (merge, "_write_band"),
            (band_index, "write_manifest"),
        ):
            patch.setattr(module, name, until_killed(name, getattr(module, name)))
        patch.setattr(BandIndex, "_sweep", until_killed("sweep", BandIndex._sweep))
        killed = False
        try:
            if removes:
                index.remove(key)
            else:
                index.put(key, "new", random_bands(70, 300, 400), "s")
        except Killed:
            killed = True
        patch.undo()
        if removes:
            model.pop(key, None)
        else:
            model[key] = ("new", random_bands(70, 300, 400), "s")
        after = expected(model, QUERIES, LATER)
        assert index.verify() == []
        assert answer(index, QUERIES) in ((before, after) if killed else (after,))
        put(index, model, KEYS[3], "next", random_bands(71, 20, 400))
        assert index.verify() == []
        if removes:
            index.remove(key)
        else:
            index.put(key, "new", random_bands(70, 300, 400), "s")
        if key != KEYS[3]:
            assert answer(index, QUERIES) == expected(model, QUERIES, LATER)
        named = (Path(folder) / "manifest.jsonl").read_text()
        assert all(name in named for name in contents(Path(folder)) if name != "manifest.jsonl")


def test_two_processes_leave_what_one_would(tmp_path):
    folders = tmp_path / "both", tmp_path / "serial"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE, str(folders[0]), str(number)])
        for number in (0, 1)
    ]
    index = BandIndex(UPath(str(folders[0])))
    while any(writer.poll() is None for writer in writers):
        answer(index, QUERIES)  # raises where a reader meets half of a write
    assert [writer.returncode for writer in writers] == [0, 0]
    serial, model = make_index(folders[1])
    assert answer(index, QUERIES) == expected(model, QUERIES, LATER)
    assert index.verify() == []
    index.compact()
    serial.compact()
    assert contents(folders[0]) == contents(folders[1])
