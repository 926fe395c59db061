"""The index answers as a dictionary of all partitions would, whatever was written before."""

import itertools
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from upath import UPath

from ftdata.bands.index import BandIndex
from ftdata_tests.bands.given import (
    BANDS,
    KEYS,
    LATER,
    answer,
    contents,
    expected,
    make_index,
    put,
    random_bands,
)

keys = st.sampled_from(KEYS)
puts = st.tuples(
    st.just("put"),
    keys,
    st.integers(0, 400),  # seed
    st.sampled_from([0, 1, 31, 32, 33, 64, 200]),  # rows
    st.sampled_from([1, 3, 40, 2**32]),  # distinct keys
    st.sampled_from(["s", "s", "s", "other"]),
)
steps = st.lists(puts | st.tuples(st.just("remove"), keys), max_size=14)


def apply(index, model, step):
    kind, key, *rest = step
    if kind == "remove":
        index.remove(key)
        model.pop(key, None)
    else:
        seed, rows, values, scheme = rest
        version = f"{seed} {rows} {values}"
        put(index, model, key, version, random_bands(seed, rows, values), scheme)


@given(steps, st.integers(0, 400), st.sampled_from([1, 3, 40, 2**32]), keys | st.just(LATER))
@settings(max_examples=60)
def test_it_answers_as_a_dictionary_would(steps, seed, values, before):
    cap = 5
    queries = np.concatenate([random_bands(seed, 40, values), [[2**32 - 1] * BANDS]])
    queries = queries.astype(np.uint32)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("ftdata.bands.look_up.MOST", cap)
        patch.setattr("ftdata.bands.snapshot.MOST", cap)
        index, model = BandIndex(UPath(folder) / "index"), {}
        for step in steps:
            apply(index, model, step)
        for scheme in ("s", "other"):
            wanted = expected(model, queries, before, scheme, most=cap)
            assert answer(index, queries, before, scheme) == wanted
            mine = {key: model[key][0] for key in sorted(model) if model[key][2] == scheme}
            assert index.entries(scheme) == mine
        assert list(index.entries()) == sorted(model)
        assert index.verify() == []
        index.compact()
        assert answer(index, queries, before) == expected(model, queries, before, most=cap)


@given(st.permutations(range(6)), st.lists(st.tuples(keys, st.integers(0, 9)), max_size=4))
@settings(max_examples=10)
def test_the_order_of_writing_does_not_matter(order, replaced):
    """Once compacted, the files are the same byte for byte."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        serial, _ = make_index(one)
        shuffled = BandIndex(UPath(other))
        for key, seed in replaced:
            shuffled.put(key, f"before {seed}", random_bands(seed, 50), "s")
        for number in order:
            bands = random_bands(number, 100 + 10 * number, 400)
            shuffled.put(KEYS[number], f"v{number}", bands, "s")
        queries = random_bands(50, 60, 400)
        assert answer(shuffled, queries) == answer(serial, queries)
        serial.compact()
        shuffled.compact()
        assert contents(Path(other)) == contents(Path(one))


def test_a_hot_key_gives_its_earliest_256_records(tmp_path):
    index, model = BandIndex(UPath(str(tmp_path))), {}
    for number, key in enumerate(KEYS):
        put(index, model, key, "v", np.full((300, BANDS), 7, np.uint32) + np.uint32(number // 4))
    index.remove(KEYS[0])
    del model[KEYS[0]]
    queries = np.array([[7] * BANDS, [8, 1, 1], [7, 8, 2]], np.uint32)
    found = answer(index, queries)
    assert found == expected(model, queries, LATER)
    assert len(found) == 256 + 256 + 512
    assert {key for query, key, _, _ in found if query == 0} == {KEYS[1]}


def test_what_is_indexed_already_is_not_written_again(tmp_path):
    index, _ = make_index(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    index.put(KEYS[1], "v1", random_bands(1, 110, 400), "s")
    index.remove(LATER)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_no_index_is_empty(tmp_path):
    index = BandIndex(UPath(str(tmp_path / "none")))
    assert answer(index, random_bands(1, 3)) == []
    assert index.entries() == {}
    assert index.verify() == []
    assert list(tmp_path.glob("none/*.bands")) == []


def test_clear_forgets_all(tmp_path):
    index, _ = make_index(tmp_path)
    (tmp_path / "manifest.jsonl").write_text("damaged")
    index.clear()
    assert index.entries() == {}
    assert list(contents(tmp_path)) == ["manifest.jsonl"]


def test_an_object_store_holds_the_same(tmp_path):
    index, model = make_index(f"memory://{tmp_path.name}/index")
    make_index(tmp_path)
    queries = random_bands(50, 60, 400)
    assert answer(index, queries) == expected(model, queries, LATER)
    assert contents(index.root) == contents(tmp_path)
    index.remove(KEYS[0])
    assert KEYS[0] not in index.entries()


def test_another_number_of_bands_is_refused(tmp_path):
    index, _ = make_index(tmp_path)
    with pytest.raises(ValueError, match="4 bands"):
        index.put(LATER, "v", np.zeros((3, 4), np.uint32), "s")
    with pytest.raises(ValueError, match="4 bands"):
        index.look_up(np.zeros((3, 4), np.uint32), LATER, "s")


def test_the_number_of_files_grows_as_the_logarithm(tmp_path):
    index = BandIndex(UPath(str(tmp_path)))
    most = 0
    for number in range(100):
        key = type(LATER)(f"2025-{number // 28 + 1:02}-{number % 28 + 1:02}", "web")
        index.put(key, "v", random_bands(number, 20), "s")
        most = max(most, len(list(tmp_path.glob("*.bands"))))
    assert most == 6  # one for each binary one of 63


def test_a_reader_goes_on_with_what_it_opened(tmp_path):
    index, model = make_index(tmp_path)
    queries = random_bands(50, 60, 400)
    before = expected(model, queries, LATER)
    with index.open("s") as snapshot:
        for key, seed in itertools.product(KEYS, (90, 91)):
            put(index, model, key, f"v{seed}", random_bands(seed, 150, 400))
        index.compact()
        found = snapshot.look_up(queries, LATER)
        assert [(q, *found.partitions[p], r) for q, p, r in zip(
            found.query.tolist(), found.partition.tolist(), found.row.tolist(), strict=True
        )] == before  # fmt: skip
    assert answer(index, queries) == expected(model, queries, LATER)
