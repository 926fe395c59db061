"""The watcher: one launch for each settled state of a partition's files."""

from ftdata.defs.watching import look
from ftdata.ingest.inventory import Inventory, RawFile
from ftdata.keys import PartitionKey

KEY = PartitionKey(date="2025-03-01", source="web")


def folder(size=None, mtime=1):
    files = (RawFile("raw/web/2025-03-01.jsonl", size, mtime),)
    return Inventory({KEY: files} if size is not None else {}, {"web": "logs"}, ())


def at(now, inventory, cursor, built=False):
    return look(inventory, cursor, now=now, settle_seconds=10, is_built=lambda _key, _files: built)


def test_a_file_is_launched_once_when_it_has_settled():
    first = at(0, folder(5), None)
    assert not first.launches
    early = at(9, folder(5), first.cursor)
    assert not early.launches
    settled = at(10, folder(5), early.cursor)
    assert [key for key, _ in settled.launches] == [KEY]
    later = at(1_000, folder(5), settled.cursor)
    assert not later.launches


def test_a_file_that_grows_waits_until_it_stops():
    cursor = at(0, folder(5), None).cursor
    for now in range(8, 80, 8):
        seen = at(now, folder(5 + now), cursor)
        assert not seen.launches
        cursor = seen.cursor
    assert at(82, folder(77), cursor).launches


def test_a_change_is_launched_again_with_another_state():
    cursor = at(0, folder(5), None).cursor
    first = at(10, folder(5), cursor)
    changed = at(20, folder(5, mtime=2), first.cursor)
    again = at(30, folder(5, mtime=2), changed.cursor)
    assert not changed.launches
    assert again.launches[0][1] != first.launches[0][1]


def test_what_is_built_already_is_not_launched():
    cursor = at(0, folder(5), None).cursor
    seen = at(10, folder(5), cursor, built=True)
    assert not seen.launches
    assert not at(99, folder(5), seen.cursor).launches


def test_a_file_taken_away_is_told_once():
    cursor = at(0, folder(5), None).cursor
    seen = at(10, folder(), cursor)
    assert seen.gone == (KEY,)
    assert at(20, folder(), seen.cursor).gone == ()
