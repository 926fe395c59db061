"""Who asked for what: by it erased answers are found, and nothing that is asked for still."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from upath import UPath

from ftdata.keys import PartitionKey
from ftdata.llm.asked import Asking, asked_by, given_up, unknown
from ftdata.llm.chat_cache import ChatCache
from ftdata.llm.embeddings import Embedder
from ftdata.llm.journal import Entry, append
from ftdata.llm.ledger import Spender
from ftdata.llm.vector_cache import VectorCache, erase_vectors, vector_files
from ftdata_tests.llm.test_chat_cache import keep, key, long
from ftdata_tests.llm.test_embeddings import CountingModel

MON, TUE = PartitionKey.parse("2025-03-03|web"), PartitionKey.parse("2025-03-04|web")


def build(cache, partition, numbers, stage="augmented"):
    """A stage of a partition asks for these."""
    spender = Spender("run", stage, partition.source, partition.date)
    asking = Asking(cache.path, cache.open, spender)
    for number in numbers:
        asking.note([key(number)])
    asking.note(())


def gone_with(cache, *partitions, gone=()):
    with cache.open() as db:
        return given_up(db, partitions, gone)


@pytest.fixture
def cache(tmp_path):
    return ChatCache(tmp_path)


def test_what_is_not_asked_for_any_more_is_given_up(cache):
    build(cache, MON, [1, 2])
    build(cache, MON, [2])
    assert gone_with(cache, MON) == {key(1)}
    assert gone_with(cache, TUE) == set()


def test_a_stage_that_asks_nothing_any_more_gives_all_up(cache):
    build(cache, MON, [1])
    build(cache, MON, [])
    assert gone_with(cache, MON) == {key(1)}


def test_what_another_partition_or_stage_asks_for_stays(cache):
    build(cache, MON, [1, 2])
    build(cache, TUE, [1])
    build(cache, MON, [2], stage="validated_splits")
    build(cache, MON, [])
    assert gone_with(cache, MON) == set()
    assert gone_with(cache, MON, TUE) == set()


def test_a_partition_that_is_gone_asks_for_nothing(cache):
    build(cache, MON, [1])
    assert gone_with(cache, MON, gone=[MON]) == {key(1)}


def test_who_asked_for_an_old_answer_is_not_known(cache):
    keep(cache, [1, 2])
    build(cache, MON, [2])
    with cache.open() as db:
        assert unknown(db, "outcomes") == {key(1)}
        assert asked_by(db, [MON]) == {key(2)}


def test_an_asker_without_a_stage_leaves_no_note(cache):
    Asking(cache.path, cache.open, Spender("run")).note([key(1)])
    assert not cache.path.exists()


steps = st.lists(st.tuples(st.sampled_from([MON, TUE]), st.sets(st.integers(0, 4))), max_size=6)


@given(steps)
def test_nothing_is_given_up_that_a_last_building_asks_for(tmp_path_factory, steps):
    cache = ChatCache(tmp_path_factory.mktemp("cache"))
    last, all_of = {MON: set(), TUE: set()}, {MON: set(), TUE: set()}
    for partition, numbers in steps:
        build(cache, partition, sorted(numbers))
        last[partition] = numbers
        all_of[partition] |= numbers
    wanted = all_of[MON] - all_of[TUE] - last[MON]
    assert gone_with(cache, MON) == set(map(key, wanted))


def test_no_byte_of_an_erased_answer_stays(cache):
    keep(cache, [1, 2, 3])
    append(cache.journal, [Entry(key(1), None), Entry(key(1), long(1))])
    with cache.journal.open("ab") as file:
        file.write(b'{"cut off": "' + b"w" * 50 + b"1")
    assert cache.erase([key(1), key(9)]) == 1
    kept = [b"w2", b"w3"]
    for path in cache.path.parent.iterdir():
        held = path.read_bytes()
        assert b"w1" not in held, path
        assert path.name.startswith("reserve") or all(word in held for word in kept), path
    assert cache.read(key(1)) is None
    assert cache.repair() == 2


def test_a_repaired_cache_knows_who_asked(cache):
    keep(cache, [1])
    build(cache, MON, [1])
    build(cache, MON, [])
    cache.repair()
    assert gone_with(cache, MON) == {key(1)}
    assert cache.path.with_suffix(".damaged").exists()
    cache.erase(gone_with(cache, MON))
    assert not cache.path.with_suffix(".damaged").exists()


def test_vectors_of_texts_that_are_gone_can_be_erased(tmp_path):
    def embed(texts):
        vectors = VectorCache(tmp_path, "some-model v1")
        spender = Spender("run", "cleaned", "web", "2025-03-03")
        asking = Asking(vectors.path, vectors.open, spender)
        Embedder(CountingModel, vectors, asking).embed(texts)
        return vectors

    embed(["one", "two"])
    vectors = embed(["two"])
    with vectors.open() as db:
        gone = given_up(db, [MON], ())
    assert gone == {vectors.key("one")}
    assert vector_files(UPath(tmp_path)) == [vectors.path]
    assert erase_vectors(vectors.path, gone) == 1
    assert list(vectors.read([vectors.key("one"), vectors.key("two")])) == [vectors.key("two")]
