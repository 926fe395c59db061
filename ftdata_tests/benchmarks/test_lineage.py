"""The benchmark of lineage notices a line that does not hold what it should."""

import gzip
import json

import pytest

from ftdata.defs.explanation import Origin
from ftdata_tests.benchmarks.lineage import fault_of_line, percentile

FILE = "raw/web/2025-03-01.jsonl.gz"
RECORDS = [{"id": f"r-{n}", "prompt": f"Why {n}?", "response": f"So {n}."} for n in range(3)]
SAID = [{"content": "Why 1?"}, {"content": "So 1."}]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data" / FILE).parent.mkdir(parents=True)
    lines = "\n".join(map(json.dumps, RECORDS))
    (tmp_path / "data" / FILE).write_bytes(gzip.compress(lines.encode()))
    return tmp_path


def test_a_line_that_holds_the_record_has_no_fault(folder):
    assert fault_of_line(folder, Origin(FILE, 2, "r-1"), "r-1", SAID) == ""


@pytest.mark.parametrize(
    ("origin", "said", "fault"),
    [
        (Origin(FILE, 1, "r-1"), SAID, "holds r-0, told was r-1"),
        (Origin(FILE, 2, "r-2"), SAID, "holds r-1, told was r-2"),
        (Origin(FILE, 2, "r-1"), SAID[:1], "other words than in raw_logs"),
        (Origin(FILE, 2, "r-1"), SAID[::-1], "other words than in raw_logs"),
    ],
)
def test_another_id_and_other_words_are_faults(folder, origin, said, fault):
    assert fault_of_line(folder, origin, "r-1", said) == fault


def test_the_percentile_is_the_95th():
    assert percentile(range(100)) == 95
