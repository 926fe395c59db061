"""Tombstones: they match what was asked for, never tell it, and are never passed over."""

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from upath import UPath

from ftdata.erasures import (
    FOLDER,
    KINDS,
    NONE,
    Erasures,
    Tombstone,
    digest_of,
    keep_salt,
    note_finished,
    read_erasures,
    unfinished,
    write_request,
)
from ftdata.errors import StorageError
from ftdata.keys import PartitionKey

SALT = bytes(32)
KEY = PartitionKey.parse("2025-03-01|web")


def tombstone(kind="user", identity="u1", source=None, **more):
    values = {"date": "2026-11-21", "partitions": (str(KEY),), **more}
    return Tombstone(kind, digest_of(SALT, kind, identity, source or ""), source, **values)


def erasures(*tombstones):
    return Erasures(SALT, tombstones)


@pytest.fixture(params=["local", "memory"])
def data(request, tmp_path):
    return UPath(tmp_path if request.param == "local" else f"memory://{tmp_path.name}/data")


def written(data, *tombstones):
    keep_salt(data)
    return data / FOLDER / write_request(data, tombstones or [tombstone()])


def test_what_is_written_is_read(data):
    one = tombstone(source="web", examples=(digest_of(SALT, "example", "e"),))
    salt = keep_salt(data)
    write_request(data, [one])
    assert read_erasures(data) == Erasures(salt, (one,))
    assert keep_salt(data) == salt


def test_without_a_request_nothing_is_erased(data):
    assert read_erasures(data) == NONE
    assert not NONE
    assert NONE.find("user", ["a", None], "web") == ["", ""]


def test_its_owner_alone_can_read_it(tmp_path):
    path = written(UPath(tmp_path))
    for one in (path, path.with_name("salt")):
        assert stat.S_IMODE(one.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


ids = st.text(min_size=1)


@given(st.sampled_from(KINDS), ids, st.lists(ids | st.none()))
def test_it_matches_its_own_id_and_kind_alone(kind, identity, others):
    found = erasures(tombstone(kind, identity))
    column = [*others, identity]
    matched = [bool(name) for name in found.find(kind, column, "web")]
    assert matched == [one == identity for one in column]
    for other in set(KINDS) - {kind}:
        assert found.find(other, column, "web") == [""] * len(column)


def test_one_source_is_left_to_itself():
    found = erasures(tombstone("conversation", "7", "web"))
    assert found.is_erased("conversation", "7", "web")
    assert not found.is_erased("conversation", "7", "app")
    assert not found.is_erased("conversation", "7")


def test_another_salt_matches_nothing():
    one = Erasures(b"\1" * 32, (tombstone(),))
    assert not one.is_erased("user", "u1")


def test_the_input_of_a_partition_changes_with_what_matters_to_it():
    one, other = tombstone(), tombstone("record", "r", partitions=())
    away = PartitionKey.parse("2025-03-02|web")
    assert erasures(one).input_of(away) == erasures().input_of(KEY) == ""
    assert erasures(one, other).input_of(KEY) == erasures(one).input_of(KEY) != ""
    assert erasures(one, other).input_of(KEY, [other.name]) != erasures(one).input_of(KEY)
    assert erasures(other, one).input_of(KEY) == erasures(one, other, one).input_of(KEY)


def test_examples_are_known_by_their_ids():
    one = tombstone(examples=(digest_of(SALT, "example", "e1"),))
    assert erasures(one).are_examples(["e1", "e2"]) == [True, False]
    assert erasures(tombstone()).are_examples(["e1"]) == [False]


def test_a_request_is_unfinished_until_it_is_noted(data):
    path = written(data)
    assert unfinished(data) == [path.name]
    note_finished(data, [path.name])
    assert unfinished(data) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-9]),
        lambda path: path.write_bytes(path.read_bytes().splitlines(keepends=True)[0]),
        lambda path: path.with_name("salt").unlink(),
        lambda path: path.with_name("salt").write_text("not hexadecimal"),
        lambda path: path.with_name("salt").write_text("ab"),
        lambda path: path.unlink(),
    ],
    ids=["empty", "cut off", "a line lost", "no salt", "salt damaged", "salt short", "gone"],
)
def test_damage_stops_every_build(data, damage):
    path = written(data, tombstone(), tombstone("record", "r"))
    note_finished(data, [path.name])
    damage(path)
    with pytest.raises(
        StorageError, match=r"erasures/(salt|2026-11-21-\w+\.jsonl).* backup"
    ) as told:
        read_erasures(data)
    assert "Nothing is built without it" in str(told.value)


def test_a_line_of_another_form_is_no_tombstone(data):
    path = written(data, tombstone(kind="planet"))
    with pytest.raises(StorageError, match=rf"{path.name}:1: is no tombstone"):
        read_erasures(data)


def test_a_lost_list_of_what_is_done_does_it_again(data):
    path = written(data)
    note_finished(data, [path.name])
    path.with_name("done.json").write_bytes(b"[")
    assert unfinished(data) == [path.name]
