"""The files below data/raw are what the generator writes, and have the promised shape."""

import datetime as dt
import os
import subprocess
import sys
from collections import Counter

import orjson
import pyarrow.parquet as pq
import pytest

from ftdata.sample.generate import sample_settings
from ftdata.settings_file import load_settings
from ftdata_tests.sample.reading import LOGS, NAMES, REPOSITORY, SHIPPED, content

DATES = [f"2025-03-{day:02d}" for day in range(1, 11)]


def paths(raw):
    return sorted(str(path.relative_to(raw)) for path in raw.rglob("*") if path.is_file())


def test_the_same_files_are_written_again(written):
    raw, summary = written
    assert paths(raw) == paths(SHIPPED) == list(summary.files)
    for name in paths(raw):
        if name.endswith(".parquet"):
            assert pq.read_table(raw / name).equals(pq.read_table(SHIPPED / name)), name
        else:
            assert content(raw / name) == content(SHIPPED / name), name


def test_gzip_headers_hold_neither_time_nor_name():
    for path in SHIPPED.rglob("*.gz"):
        assert path.read_bytes()[:10] == b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"


def test_every_source_has_every_day(lines):
    assert sorted({(line.source, line.date) for line in lines}) == sorted(
        (source, date) for source in LOGS for date in DATES
    )


def test_size(lines):
    assert 560 <= len(lines) <= 650
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()) < 400_000


def test_the_ticket_bot_comes_in_every_format():
    found = Counter(path.suffix for path in (SHIPPED / "ticket_bot").rglob("*") if path.is_file())
    assert found[".csv"] >= 2
    assert found[".parquet"] == 1
    assert (SHIPPED / "ticket_bot" / "2025-03-02" / "part-2.jsonl").exists()


def test_clocks_differ_by_source(records):
    forms = {(record.source, record.values["instant"].utcoffset()) for record in records}
    assert forms == {
        ("assistant_api", dt.timedelta(hours=2)),
        ("support_chat", dt.timedelta(0)),
        ("ticket_bot", dt.timedelta(0)),
    }


def test_a_record_lies_in_the_file_of_its_day(records):
    for record in records:
        assert record.values["instant"].date().isoformat() == record.date


def test_ids_are_unique(records):
    ids = Counter((record.source, record.values["id"]) for record in records)
    assert max(ids.values()) == 1


def test_no_slot_or_choice_was_left_open(records):
    for record in records:
        text = f"{record.values['prompt']} {record.values['response']}"
        assert record.values["prompt"]
        assert not any(mark in text for mark in ("{{", "}}", "<<", ">>", r"\|")), text


def test_the_summary_counts_what_is_there(summary, records, talks):
    assert summary.records == Counter(record.source for record in records)
    assert summary.conversations == Counter(source for source, _ in talks)
    assert summary.categories == Counter(record.values["category"] for record in records)


def test_the_project_settings_fit_the_sample():
    settings = load_settings(REPOSITORY / "ftdata.yaml")
    assert settings.sources["ticket_bot"].fields == NAMES
    assert (REPOSITORY / "ftdata.yaml").read_text(encoding="utf-8") == sample_settings()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_module_writes_and_counts(tmp_path, seed, summary):
    run = subprocess.run(
        [sys.executable, "-m", "ftdata.sample", str(tmp_path)],
        check=True,
        capture_output=True,
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONHASHSEED": seed},
    )
    assert orjson.loads(run.stdout)["blemishes"] == summary.blemishes
    for name in paths(tmp_path):
        if not name.endswith(".parquet"):
            assert content(tmp_path / name) == content(SHIPPED / name)


def test_the_module_needs_a_folder():
    run = subprocess.run(
        [sys.executable, "-m", "ftdata.sample"], check=False, capture_output=True, cwd=REPOSITORY
    )
    assert run.returncode == 1
    assert b"usage: python -m ftdata.sample DIR" in run.stderr


def test_only_the_command_line_imports_the_sample():
    importing = {
        path.name
        for path in (REPOSITORY / "ftdata").rglob("*.py")
        if "ftdata.sample" in path.read_text(encoding="utf-8") and path.parent.name != "sample"
    }
    assert importing <= {"commands.py"}
