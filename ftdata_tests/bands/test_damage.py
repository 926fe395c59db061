"""Damage of any kind is told, with the file and the command that mends it, and never served."""

import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from upath import UPath

from ftdata.bands.format import BLOCK, is_whole, make_blocks
from ftdata.bands.index import BandIndex
from ftdata.errors import IndexDamagedError, StorageError
from ftdata_tests.bands.given import KEYS, LATER, answer, expected, make_index, random_bands

QUERIES = random_bands(50, 200, 400)
MEND = "run `ftdata index`"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    _, model = make_index(folder)
    return folder, expected(model, QUERIES, LATER)


@given(st.data())
@settings(max_examples=80)
def test_a_changed_byte_is_told_or_does_not_matter(whole, data):
    folder, right = whole
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        path = data.draw(st.sampled_from(sorted(p for p in Path(copy).glob("*.*[ls]"))))
        changed = bytearray(path.read_bytes())
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place] ^= data.draw(st.integers(1, 255))
        path.write_bytes(changed)
        index = BandIndex(UPath(copy))
        assert [path.name in sentence for sentence in index.verify()] == [True]
        try:
            found, told = answer(index, QUERIES), ""
        except IndexDamagedError as error:
            found, told = None, str(error)
        assert found == right or (path.name in told and MEND in told)


def test_a_damaged_block_that_is_read_is_told(tmp_path):
    index, _ = make_index(tmp_path)
    for path in tmp_path.glob("*.bands"):
        data = np.fromfile(path, np.uint8)
        data[64:] ^= 1
        data.tofile(path)
    with pytest.raises(IndexDamagedError, match=rf"\.bands: damaged \(keys of band 0.*{MEND}"):
        index.look_up(QUERIES, LATER, "s")
    with pytest.raises(IndexDamagedError, match=MEND):
        index.compact()


@pytest.mark.parametrize("size", [0, 10, 64, 1000])
def test_a_truncated_run_is_told(tmp_path, size):
    index, _ = make_index(tmp_path)
    path = next(tmp_path.glob("*.bands"))
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(IndexDamagedError, match=rf"{path.name}: damaged \(of {size} bytes.*{MEND}"):
        index.look_up(QUERIES, LATER, "s")
    assert [path.name in sentence for sentence in index.verify()] == [True]


def test_a_missing_run_is_told(tmp_path):
    index, _ = make_index(tmp_path)
    path = next(tmp_path.glob("*.bands"))
    path.unlink()
    for ask in (lambda: answer(index, QUERIES), index.compact):
        with pytest.raises(IndexDamagedError, match=rf"{path.name}.*missing: {MEND}"):
            ask()
    assert index.verify() == [f"{path}: missing: run `ftdata index` to make the index again"]


def test_a_missing_run_of_an_object_store_is_told(tmp_path):
    index, _ = make_index(f"memory://{tmp_path.name}/damaged")
    path = next(p for p in index.root.iterdir() if p.name.endswith(".bands"))
    path.unlink()
    with pytest.raises(IndexDamagedError, match=rf"missing: {MEND}"):
        answer(index, QUERIES)


def test_a_missing_manifest_is_told(tmp_path):
    index, _ = make_index(tmp_path)
    (tmp_path / "manifest.jsonl").unlink()
    for ask in (index.entries, lambda: answer(index, QUERIES), lambda: index.remove(KEYS[0])):
        with pytest.raises(IndexDamagedError, match=rf"manifest\.jsonl: missing: {MEND}"):
            ask()


def test_exchanged_runs_are_told(tmp_path):
    for name, seed in (("a", 1), ("b", 2)):
        BandIndex(UPath(str(tmp_path / name))).put(KEYS[0], name, random_bands(seed, 90, 400), "s")
    mine, other = (next((tmp_path / name).glob("*.bands")) for name in "ab")
    data, foreign = mine.read_bytes(), other.read_bytes()
    index = BandIndex(UPath(str(tmp_path / "a")))
    mine.write_bytes(foreign)
    with pytest.raises(IndexDamagedError, match=r"another file's header"):
        answer(index, QUERIES)
    mine.write_bytes(data[:64] + foreign[64:])
    with pytest.raises(IndexDamagedError, match=r"keys of band 0"):
        answer(index, QUERIES)


def test_a_manifest_that_cannot_be_read_is_no_damage(tmp_path):
    (tmp_path / "manifest.jsonl").mkdir()
    with pytest.raises(StorageError, match="cannot be read"):
        BandIndex(UPath(str(tmp_path))).entries()


@given(st.data(), st.integers(1, 4 * BLOCK), st.integers(0, 2**64 - 1))
def test_a_block_knows_its_values_its_place_and_its_run(data, length, seed):
    values = random_bands(length, length)[:, 0]
    places = np.arange(-(-length // BLOCK))
    blocks = make_blocks(values, places, seed)
    assert is_whole(blocks, places, seed).all()
    assert blocks[:, :BLOCK].ravel()[:length].tolist() == values.tolist()
    assert not is_whole(blocks, places + data.draw(st.integers(1, 10**9)), seed).any()
    assert not is_whole(blocks, places, seed ^ data.draw(st.integers(1, 2**64 - 1))).any()
    flat = blocks.ravel()
    flat[data.draw(st.integers(0, len(flat) - 1))] ^= data.draw(st.integers(1, 2**32 - 1))
    assert np.count_nonzero(~is_whole(blocks, places, seed)) == 1
