"""Locks between processes: the second waits, or is told who holds it; the dead hold nothing."""

import subprocess
import sys
import time

import pytest
from upath import UPath

from ftdata.errors import StorageError
from ftdata.locks import exclusive

HOLD = """
import sys, time
from upath import UPath
from ftdata.locks import exclusive
with exclusive(UPath(sys.argv[1]), wait=False):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holder(path, seconds):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    return process


def test_a_lock_that_is_held_is_refused_and_its_holder_named(tmp_path):
    path = UPath(str(tmp_path / "new" / "lock"))
    with holder(path, 60) as process:
        with (
            pytest.raises(StorageError, match=rf"busy \(process {process.pid}\)"),
            exclusive(path, wait=False, refusal="busy"),
        ):
            pass
        process.kill()
        process.wait()
        with exclusive(path, wait=False):
            pass


def test_a_lock_that_is_held_is_waited_for(tmp_path):
    path = UPath(str(tmp_path / "lock"))
    with holder(path, 0.2) as process:
        start = time.monotonic()
        with exclusive(path):
            assert process.wait() == 0
        assert time.monotonic() - start < 60


def test_an_object_store_has_no_lock():
    with exclusive(UPath("memory://locks/lock"), wait=False):
        assert not UPath("memory://locks/lock").exists()


def test_a_lock_that_cannot_be_made_names_the_fix(tmp_path):
    (tmp_path / "file").touch()
    with (
        pytest.raises(StorageError, match="make the data folder readable and writable"),
        exclusive(UPath(str(tmp_path / "file" / "lock"))),
    ):
        pass
