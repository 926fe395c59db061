"""The choice of the model, the cache before it, and the refusal where there is none."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from upath import UPath

from ftdata.errors import FtdataError, SettingsError, StorageError
from ftdata.llm import embeddings, minilm
from ftdata.llm.cache_file import cache_folder
from ftdata.llm.embeddings import Embedder, check_semantic, open_embedder, quantise
from ftdata.llm.vector_cache import VectorCache
from ftdata.settings_dedup import Dedup
from ftdata_tests.llm.embedding_server import vector

OPENAI = Dedup(semantic="openai")


class CountingModel:
    """The provider's vectors without a provider; fails at the text `bad`."""

    def __init__(self):
        self.asked = []

    def embed(self, texts):
        self.asked.append(list(texts))
        if "bad" in texts:
            raise FtdataError("out of reach")
        return np.array([vector(text) for text in texts], dtype=np.float32)


def embedder(folder, model):
    return Embedder(lambda: model, VectorCache(folder, "some-model v1"))


def test_a_text_is_paid_for_once(server, tmp_path):
    first = open_embedder(OPENAI, UPath(tmp_path)).embed(["one", "two", "one", " \n"])
    again = open_embedder(OPENAI, UPath(tmp_path)).embed(["three", "two", "one"])
    assert server.asked == [["one", "two"], ["three"]]
    np.testing.assert_array_equal(first[[1, 0, 2]], again[[1, 2, 2]])
    assert not first[3].any()
    np.testing.assert_array_equal(first[:1], quantise(np.array([vector("one")], dtype=np.float32)))


def test_the_cache_holds_neither_text_nor_key(server, tmp_path):
    open_embedder(OPENAI, UPath(tmp_path)).embed(["a text about otters"])
    [file] = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert file.is_relative_to(tmp_path / "cache" / "embeddings")
    held = file.read_bytes()
    assert b"otters" not in held
    assert b"sk-not" not in held


def test_a_failure_keeps_what_was_paid(monkeypatch, tmp_path):
    monkeypatch.setattr(embeddings, "_BATCH_TEXTS", 2)
    model = CountingModel()
    with pytest.raises(FtdataError, match="out of reach"):
        embedder(tmp_path, model).embed(["a", "b", "bad", "c"])
    embedder(tmp_path, model).embed(["a", "b", "c"])
    assert model.asked == [["a", "b"], ["bad", "c"], ["c"]]


def test_a_batch_is_bounded_in_bytes(monkeypatch, tmp_path):
    monkeypatch.setattr(embeddings, "_BATCH_BYTES", 5)
    model = CountingModel()
    embedder(tmp_path, model).embed(["aaaaaaaa", "bb", "cc", "dd"])
    assert model.asked == [["aaaaaaaa"], ["bb", "cc"], ["dd"]]


def test_no_model_is_opened_where_all_is_known(tmp_path):
    known = embedder(tmp_path, CountingModel()).embed(["a", "b"])

    def refuse():
        raise AssertionError

    again = Embedder(refuse, VectorCache(tmp_path, "some-model v1"))
    np.testing.assert_array_equal(again.embed(["a", "b"]), known)
    assert again.embed([]).shape == (0, 0)
    assert again.embed(["", " "]).shape == (2, 0)


def test_writers_at_once_leave_every_vector(tmp_path):
    texts = [f"text {number}" for number in range(60)]
    with ThreadPoolExecutor(4) as pool:
        parts = [texts[start : start + 30] for start in (0, 10, 20, 30)]
        made = [embedder(tmp_path, CountingModel()) for _ in parts]
        list(pool.map(lambda pair: pair[0].embed(pair[1]), zip(made, parts, strict=True)))
    model = CountingModel()
    whole = embedder(tmp_path, model).embed(texts)
    assert model.asked == []
    expected = quantise(np.array([vector(text) for text in texts], dtype=np.float32))
    np.testing.assert_array_equal(whole, expected)


def test_the_first_vector_of_a_text_stays(tmp_path):
    cache = VectorCache(tmp_path, "m")
    cache.write({b"k" * 16: np.array([1, 2], dtype=np.int8)})
    cache.write({b"k" * 16: np.array([3, 4], dtype=np.int8)})
    assert cache.read([b"k" * 16, b"x" * 16])[b"k" * 16].tolist() == [1, 2]


def test_a_damaged_cache_says_what_to_do(tmp_path):
    cache = VectorCache(tmp_path, "m")
    cache.write({})
    cache.path.write_bytes(b"no database" * 500)
    with pytest.raises(StorageError, match=r"vectors\.sqlite: damaged .*: delete it"):
        cache.read([b"k"])


def test_vectors_of_two_widths_are_refused(tmp_path):
    cache = VectorCache(tmp_path, "some-model v1")
    cache.write({cache.key("a"): np.ones(3, dtype=np.int8)})
    with pytest.raises(StorageError, match=r"of \[3, 8\] numbers, of several models: delete it"):
        embedder(tmp_path, CountingModel()).embed(["a", "b"])


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "embeddings").write_text("a file")
    with pytest.raises(StorageError, match="cannot be written"):
        VectorCache(tmp_path, "m").read([])


def test_models_have_a_file_each(tmp_path):
    paths = {VectorCache(tmp_path, name).path for name in ("a/b v1", "a/b v2", "a-b v1", "../c")}
    assert len(paths) == 4
    assert all(path.resolve().is_relative_to(tmp_path / "embeddings") for path in paths)


def test_an_object_store_has_its_cache_on_this_machine(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder(UPath("memory://bucket/data")) == tmp_path / "ftdata"
    assert cache_folder(UPath(tmp_path / "data")) == tmp_path / "data" / "cache"


@given(
    arrays(
        np.float32, st.tuples(st.integers(1, 5), st.integers(1, 8)),
        elements=st.floats(-1, 1, width=32, allow_subnormal=False),
    )
)  # fmt: skip
def test_quantised_vectors_keep_their_direction(vectors):
    whole = quantise(vectors)
    assert (np.abs(whole).max(axis=1) == np.where(vectors.any(axis=1), 127, 0)).all()
    largest = np.abs(vectors).max(axis=1, keepdims=True).astype(np.float64)
    np.testing.assert_allclose(whole * (largest / 127), vectors, atol=float(largest.max()) / 250)


def test_off_has_no_embedder_and_needs_nothing(monkeypatch):
    monkeypatch.setattr(minilm, "PACKAGES", ("no_such_package",))
    check_semantic(Dedup())
    assert open_embedder(Dedup(), UPath("memory://x")) is None


@pytest.mark.parametrize(
    ("semantic", "reason"),
    [
        ("minilm", "no_such_package, no_such_weights not installed"),
        ("openai", "OPENAI_API_KEY is not set"),
    ],
)
def test_what_cannot_work_is_refused_with_both_ways(monkeypatch, semantic, reason):
    monkeypatch.setattr(minilm, "PACKAGES", ("numpy", "no_such_package"))
    monkeypatch.setattr(minilm, "WEIGHTS_PACKAGE", "no_such_weights")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError) as caught:
        check_semantic(Dedup(semantic=semantic))
    message = str(caught.value)
    assert message.startswith(f"cleaning.dedup.semantic: {semantic} cannot work here: {reason}.")
    for command in minilm.INSTALL:
        assert command in message
    assert "set OPENAI_API_KEY" in message


def test_a_key_is_enough_for_openai(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "x")
    check_semantic(OPENAI)
    assert "OPENAI_API_KEY" in os.environ
