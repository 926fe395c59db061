"""Builds from the command line: good and bad files together, mending, removing, killing."""

import contextlib
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ftdata.sample import generate
from ftdata.sample.generate import write_sample
from ftdata_tests.command_line import Ran, ftdata, lines, make_project, raw_file, stored
from ftdata_tests.defs.conftest import log_records

GOOD = lines(*log_records(9, 12, "mixed"))
BAD = {
    "mixed/2025-03-02.jsonl.gz": (gzip.compress(GOOD * 40)[:-20], "truncated"),
    "mixed/2025-03-03.jsonl.zst": (pa.Codec("zstd").compress(GOOD, asbytes=True)[:-9], "truncated"),
    "mixed/2025-03-04.jsonl": (bytes(range(256)) * 40, "not a text file"),
    "mixed/2025-03-05.jsonl": (b"no json\n" * 6 + GOOD, "6 of 18 lines are malformed"),
    "mixed/2025-03-06.parquet": (GOOD, "corrupt"),
}  # fmt: skip
FIXES = ("upload it again", "raise extraction.max_quarantine_share")
OUT_OF_PLACE = {
    "..hidden/2025-03-01.jsonl": "no source name: rename the folder",
    "a b/2025-03-01.jsonl": "no source name: rename the folder",
    "mixed/2024-12-31.jsonl": "before the first partition: set partitions.start",
    "mixed/2999-01-01.jsonl": "has not begun",
    "mixed/2025-02-30.jsonl": "no day of the calendar: correct the name",
    "mixed/2025-03-07.xlsx": "unknown ending",
    "mixed/2025-03-08.json": "write one JSON object per line",
}
EMPTY = "mixed/2025-03-01.jsonl"


@dataclass(frozen=True)
class Step:
    """One step of the story: what the build said, and what is stored after it."""

    ran: Ran
    stored: dict[str, bytes]


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Good and bad files, built; built again; mended; built again; one removed, one emptied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DAGSTER_HOME", raising=False)
        patch.chdir(tmp_path_factory.mktemp("elsewhere"))
        folder = tmp_path_factory.mktemp("story")
        settings = make_project(folder / "project")
        for name, (content, _) in BAD.items():
            raw_file(settings, name, content)
        for name in (*OUT_OF_PLACE, EMPTY):
            raw_file(settings, name, b"" if name == EMPTY else GOOD)

        def build(*options):
            ran = ftdata("build", "--settings", settings, *options)
            return Step(ran, stored(settings))

        steps = {"mixed": build("--json"), "again": build()}
        for day, name in enumerate(BAD, start=2):
            (settings.parent / "data" / "raw" / name).unlink()
            raw_file(
                settings, f"mixed/2025-03-{day:02}.jsonl", lines(*log_records(day, 5, "mixed"))
            )
        steps |= {"mended": build("--json"), "unchanged": build()}
        steps["status"] = Step(ftdata("status", "--settings", settings), {})
        raw_file(settings, "web/2025-03-01.jsonl", b"")
        steps["emptied"] = build("--json")
        (settings.parent / "data" / "raw" / "web" / "2025-03-01.jsonl").unlink()
        steps["removed"] = build("--json")
        (settings.parent / "data" / "built" / "cleaned" / "web" / "2025-03-02").joinpath(
            "partition.json"
        ).unlink()
        steps["lost"] = build("--json")
        return steps


def examples(step):
    """The rows of the newest dataset: (source, date) of each."""
    version = step.stored["data/datasets/latest"].decode().strip()
    table = pq.read_table(
        pa.BufferReader(step.stored[f"data/datasets/{version}/examples.parquet"]),
        columns=["source", "date"],
    )
    return set(zip(*table.to_pydict().values(), strict=True))


def test_the_good_partitions_are_built_and_the_bad_ones_fail_the_command(story):
    ran = story["mixed"].ran
    assert ran.code == 1
    assert ran.values["built"] == [
        "2025-03-01|mixed", "2025-03-01|web", "2025-03-02|web", "2025-03-03|web",
    ]  # fmt: skip
    assert ran.values["unbuilt"] == [f"2025-03-0{day}|mixed" for day in (2, 3, 4, 5, 6)]
    assert examples(story["mixed"]) == {("web", f"2025-03-0{day}") for day in (1, 2, 3)}
    assert "raw_logs" in ran.err


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_what_to_do(name, story):
    (message,) = [m for m in story["mixed"].ran.values["messages"] if name in m]
    assert message.startswith(f"{name.partition('/')[2][:10]}|mixed: ")
    assert BAD[name][1] in message
    assert any(fix in message for fix in FIXES)


@pytest.mark.parametrize("name", [*OUT_OF_PLACE, EMPTY])
def test_a_file_out_of_place_is_named_with_what_to_do(name, story):
    told = {p["path"]: p["message"] for p in story["mixed"].ran.values["problems"]}
    path = f"raw/{name}" if f"raw/{name}" in told else f"raw/{name.partition('/')[0]}"
    assert OUT_OF_PLACE.get(name, "is empty: put records in it") in told[path]
    assert f"{path}: {told[path]}" in story["again"].ran.err


def test_a_failing_build_touches_nothing_that_was_built(story):
    assert story["again"].ran.code == 1
    assert story["again"].stored == story["mixed"].stored


def test_mended_files_alone_are_built(story):
    ran = story["mended"].ran
    assert ran.code == 0
    assert ran.values["built"] == [f"2025-03-0{day}|mixed" for day in (2, 3, 4, 5, 6)]
    before = {path for path in story["mixed"].stored if "/web/" in path}
    assert before
    assert all(story["mended"].stored[path] == story["mixed"].stored[path] for path in before)


def test_a_build_with_nothing_to_do_says_so_and_changes_nothing(story):
    ran = story["unchanged"].ran
    assert ran.code == 0
    assert "Nothing to build: 9 partitions" in ran.out
    version = story["mended"].ran.values["dataset"]["version"]
    assert f"Dataset {version} is unchanged" in ran.out
    assert "dagster dev" in ran.out
    assert story["unchanged"].stored == story["mended"].stored


def test_the_status_of_a_built_project(story):
    ran = story["status"].ran
    assert ran.code == 0
    assert "2 sources, 9 partitions from 2025-03-01 to 2025-03-06" in ran.out
    assert f"Dataset {story['mended'].ran.values['dataset']['version']} is current" in ran.out
    assert "missing" not in ran.out


def test_an_emptied_file_is_told_and_what_it_held_is_kept(story):
    ran = story["emptied"].ran
    assert ran.code == 1
    (message,) = ran.values["messages"]
    assert "raw/web/2025-03-01.jsonl: is empty, and held" in message
    assert "remove it to take its records out" in message
    assert examples(story["emptied"]) == examples(story["mended"])
    built = {path for path in story["mended"].stored if "/web/2025-03-01/" in path}
    assert all(story["emptied"].stored[path] == story["mended"].stored[path] for path in built)


def test_a_removed_file_takes_its_examples_out_and_is_told(story):
    ran = story["removed"].ran
    assert ran.code == 0
    assert ran.values["gone"] == ["2025-03-01|web"]
    assert examples(story["removed"]) == examples(story["mended"]) - {("web", "2025-03-01")}
    assert not [path for path in story["removed"].stored if "/web/2025-03-01/" in path]


def test_what_is_lost_of_the_built_files_is_built_again(story):
    assert story["lost"].ran.code == 0
    assert story["lost"].ran.values["built"] == ["2025-03-02|web"]
    version = story["removed"].ran.values["dataset"]["version"]
    assert story["lost"].ran.values["dataset"]["version"] == version


def test_a_demo_tells_a_newcomer_what_to_do(tmp_path, monkeypatch):
    def write_one_day(raw):
        write_sample(tmp_path / "sample")
        for path in (tmp_path / "sample").glob("*/2025-03-01*"):
            (raw / path.parent.name).mkdir()
            path.rename(raw / path.parent.name / path.name)

    monkeypatch.setattr(generate, "write_sample", write_one_day)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    ran = ftdata("demo", "trial")
    assert ran.code == 0
    told = ran.out.splitlines()
    assert told[0] == "4 of 4 partitions built."
    assert told[-1] == "To look at it in the browser: cd trial && dagster dev"
    assert "  trial/data/datasets/" in ran.out
    assert max(map(len, told)) <= 80
    assert len(told) < 40
    *progress, claims, where, rejected, named = ran.err.splitlines()  # no warning of a library
    for line in progress:
        assert line.endswith(("4 of 4 partitions", "1 of 1 partitions", "3 of 3 partitions"))
    assert claims.startswith("Before you train on it: ")
    assert where.endswith("warnings.json says what was found, and what to do")
    assert rejected == "help_centre: 1 file rejected (1 empty_document)"
    assert named.startswith("  raw/help_centre/2025-03-01/")


@contextlib.contextmanager
def running(settings):
    """A build in a process of its own."""
    command = [sys.executable, "-m", "ftdata", "build", "--json", "--settings", str(settings)]
    environment = {name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(settings, process, stage):
    """Until one partition of the stage is built."""
    folder = settings.parent / "data" / "built" / stage
    while not list(folder.glob("*/*/partition.json")):
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)


def test_an_interrupted_and_a_killed_build_go_on_to_the_same_dataset(tmp_path, monkeypatch):
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    settings = make_project(tmp_path / "broken", range(1, 9), 60)
    with running(settings) as process:
        wait_for(settings, process, "raw_logs")
        refused = ftdata("build", "--settings", settings, "--json")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert refused.code == 1
    assert "another `ftdata build` is at work there" in refused.values["error"]
    assert str(process.pid) in refused.values["error"]
    assert process.returncode == 130
    assert "interrupted" in json.loads(out)["error"]
    assert "Traceback" not in err
    kept = {path for path in stored(settings) if "raw_logs" in path}
    with running(settings) as process:
        wait_for(settings, process, "formatted")
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert kept <= set(stored(settings))
    finished = ftdata("build", "--settings", settings, "--json")
    assert finished.code == 0
    assert not [path for path in stored(settings) if ".tmp" in path or ".building" in path]
    unbroken = make_project(tmp_path / "unbroken", range(1, 9), 60)
    whole = ftdata("build", "--settings", unbroken, "--json")
    assert finished.values["dataset"]["version"] == whole.values["dataset"]["version"]
