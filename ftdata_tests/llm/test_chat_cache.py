"""The cache's file and its journal: what is kept, carried over and made again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.chat import Answer, Refused, Usage
from ftdata.llm.chat_cache import ChatCache
from ftdata.llm.journal import Entry, append, entry_of, line_of, read_journal
from ftdata.llm.ledger import Spender, Spending, Spent, totals

COUNTS = st.integers(0, 10**9)
USAGES = st.none() | st.builds(Usage, COUNTS, COUNTS, COUNTS, COUNTS)
REASONS = st.sampled_from(["malformed_answer", "truncated_answer", "model_refused"])
OUTCOMES = st.builds(Answer, st.text(), USAGES) | st.builds(Refused, REASONS, st.text(), USAGES)
KEYS = st.binary(min_size=32, max_size=32)
ENTRIES = st.builds(Entry, KEYS, st.none() | OUTCOMES)

USAGE = Usage(100, 0, 20, 0)


def key(number):
    return number.to_bytes(32, "big")


def paid(requests):
    by_prompt = {"word 1": Spent(requests, USAGE, 0, USAGE)}
    return Spending(Spender("r1", "cleaned"), "writer-1", is_batch=False, by_prompt=by_prompt)


def long(number):
    """An answer of a page of the file."""
    return Answer(f'{{"word":"{"w" * 4_000}{number}"}}', USAGE)


def keep(cache, numbers):
    cache.write({key(number): long(number) for number in numbers}, paid(len(numbers)))


def spent(cache):
    with cache.open() as db:
        return sum(total.requests for total in totals(db, run="r1"))


@given(ENTRIES)
def test_an_entry_is_a_line_and_back(entry):
    line = line_of(entry)
    assert line.count(b"\n") == 1
    assert entry_of(line) == entry


@pytest.mark.parametrize(
    "line",
    ["", "{", "[]", "null", '{"key": "00"}', '{"key": 5}', '{"answer": "x"}',
     f'{{"key": "{"0" * 64}", "answer": 5}}', f'{{"key": "{"0" * 64}", "refused": "why"}}',
     f'{{"key": "{"0" * 64}", "answer": "x", "usage": {{"prompt": 1}}}}'],
)  # fmt: skip
def test_what_is_no_entry_is_told(line):
    with pytest.raises(ValueError, match=r"."):
        entry_of(line)


@given(st.lists(ENTRIES, min_size=1, max_size=4), st.integers(0))
def test_a_line_that_is_cut_off_costs_that_line_alone(tmp_path_factory, entries, cut):
    path = tmp_path_factory.mktemp("journal") / "answers.jsonl"
    append(path, entries)
    data = path.read_bytes()
    path.write_bytes(data[: cut % len(data)])
    whole = list(read_journal(path))
    assert whole == entries[: len(whole)]
    assert len(whole) >= path.read_bytes().count(b"\n")
    append(path, entries)
    assert list(read_journal(path)) == [*whole, *entries]


def test_the_first_outcome_stays_and_both_are_paid(tmp_path):
    cache = ChatCache(tmp_path)
    first, second = Answer('{"word":"a"}', USAGE), Answer('{"word":"b"}', USAGE)
    assert cache.write({key(1): first}, paid(1)) == {key(1): first}
    assert cache.write({key(1): second}, paid(1)) == {key(1): first}
    assert cache.read(key(1)) == first
    assert [entry.outcome for entry in read_journal(cache.journal)] == [first]
    assert spent(cache) == 2


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.95])
def test_a_file_cut_anywhere_is_made_again(tmp_path, share):
    cache = ChatCache(tmp_path)
    keep(cache, range(80))
    cache.forget([key(3)])
    data = cache.path.read_bytes()
    cache.path.write_bytes(data[: int(share * len(data))])
    assert cache.repair() == 79
    found = cache.read_all(key(number) for number in range(80))
    assert [number for number, one in enumerate(found.values()) if one is None] == [3]
    assert cache.path.with_suffix(".damaged").stat().st_size == int(share * len(data))
    assert spent(cache) == (80 if share >= 0.3 else 0)


@pytest.mark.parametrize("is_there", [True, False])
def test_what_a_kill_left_undone_does_not_spoil_the_file_that_is_made(tmp_path, is_there):
    cache = ChatCache(tmp_path)
    keep(cache, range(50))
    with cache.open() as db:  # as a process that is killed in the middle of a commit leaves it
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE outcomes SET text = text || 'x'")
        hot = cache.path.with_name("answers.sqlite-journal").read_bytes()
        db.rollback()
    keep(cache, range(50, 90))
    cache.path.write_bytes(b"no database" + cache.path.read_bytes()[11:])
    if not is_there:
        cache.path.unlink()
    cache.path.with_name("answers.sqlite-journal").write_bytes(hot)
    assert cache.repair() == 90
    assert cache.read(key(89)) == long(89)
    assert len(list(cache.entries())) == 90


def test_another_cache_is_taken_over_once(tmp_path):
    cache, other = ChatCache(tmp_path / "a"), ChatCache(tmp_path / "b")
    keep(cache, range(3))
    keep(other, range(1, 1_102))
    assert cache.take_over(other.entries()) == 1_099
    assert cache.take_over(other.entries()) == 0
    assert len(list(cache.entries())) == 1_102
    cache.path.unlink()
    assert cache.repair() == 1_102
