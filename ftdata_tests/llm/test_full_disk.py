"""A cache on a disk that is full: nothing is paid for that cannot be kept, and nothing is lost."""

import os
import subprocess

import pytest

from ftdata.chat import Answer
from ftdata.errors import DiskFullError
from ftdata.llm.chat import CachedChat
from ftdata.llm.chat_cache import ChatCache
from ftdata.llm.journal import append, read_journal
from ftdata_tests.llm.fake_client import USAGE, FakeClient
from ftdata_tests.llm.words import changed, numbers

LONG = "w" * 100_000


def sized(folder, how, size):
    """Mount a file system in memory of so many MiB; whether one may."""
    command = ["mount", "-t", "tmpfs", "-o", f"{how}size={size}m", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def fill(path):
    with path.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4_096)


@pytest.fixture
def disk(tmp_path):
    """A folder with room for 12 MiB, 8 of which are set aside."""
    if os.geteuid() or not sized(tmp_path, "", 12):
        pytest.skip("takes the right to mount a file system")
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def model(folder, client):
    return CachedChat(client.open, ChatCache(folder), changed(concurrency=4))


def client():
    return FakeClient(lambda number, before: Answer(f'{{"word":"{LONG}{number}"}}', USAGE), 0.002)


def test_a_full_disk_loses_nothing_and_nothing_more_is_sent(disk):
    asked = client()
    with pytest.raises(DiskFullError, match=r"answers\.\w+: the disk is full: make room"):
        model(disk, asked).complete(numbers(100))
    first = set(asked.tries)
    assert 5 < len(first) < 60
    with pytest.raises(DiskFullError, match=r"no room to keep answers in .* 8 MiB free"):
        model(disk, asked).complete(numbers(100))
    assert set(asked.tries) == first
    # What is there can be read on a full disk: nothing is to be asked.
    kept = [one for one in numbers(100) if one.user in first]
    assert len(model(disk, asked).complete(kept)) == len(first)
    assert sized(disk, "remount,", 64)
    assert len(model(disk, asked).complete(numbers(100))) == 100
    assert set(asked.tries.values()) == {1}
    cache = ChatCache(disk)
    assert {entry.key for entry in read_journal(cache.journal)} == {e.key for e in cache.entries()}


def test_a_line_that_a_full_disk_cuts_off_is_skipped_and_the_next_is_whole(disk):
    asked = client()
    model(disk, asked).complete(numbers(5))
    cache = ChatCache(disk)
    entries = list(read_journal(cache.journal))
    filler = disk / "filler"
    with pytest.raises(OSError, match="No space left"):
        fill(filler)
    with pytest.raises(OSError, match="No space left"):
        append(cache.journal, [*entries, *entries])
    assert not cache.journal.read_bytes().endswith(b"\n")
    filler.unlink()
    model(disk, asked).complete(numbers(7))
    assert cache.journal.read_bytes().endswith(b"\n")
    assert len({entry.key for entry in read_journal(cache.journal)}) == 7
    assert cache.repair() == 7
