"""The benchmark of `ftdata check`: its file holds right rows, no two alike; the usual loop."""

import gzip
import json

import pytest

from ftdata.checking.check import CheckOptions, check_file
from ftdata_tests.benchmarks.check_cookbook import check_format, tokens_of
from ftdata_tests.benchmarks.check_material import write_rows

RECORDS = [
    {"conversation_id": f"c{n % 4}", "prompt": f"Is shop {n} open?", "response": f"Until {n}."}
    for n in range(9)
]
TOOL = {"name": "shop.open", "description": "…", "parameters": {"type": "object"}}
ASKED = {"question": [[{"role": "user", "content": "Is it open?"}]], "function": [TOOL]}


@pytest.fixture
def file(tmp_path):
    """A file of rows of a small data folder."""
    (tmp_path / "logs" / "web").mkdir(parents=True)
    lines = "".join(json.dumps(one) + "\n" for one in RECORDS)
    (tmp_path / "logs" / "web" / "2025-03-01.jsonl").write_text(lines + "{bad\n")
    (tmp_path / "toolcalls").mkdir()
    packed = gzip.compress(json.dumps(ASKED).encode() + b"\n")
    (tmp_path / "toolcalls" / "bfcl_multiple.jsonl.gz").write_bytes(packed)
    path = tmp_path / "train.jsonl"
    assert write_rows(tmp_path, path, 30_000) == path.read_bytes().count(b"\n")
    return path


def test_the_rows_are_right_and_no_two_alike(file):
    found = check_file(str(file), CheckOptions(format="openai", tokenizer="estimate", pii=None))
    assert 30_000 <= found.size < 32_000
    assert found.good == found.rows
    assert not found.tally.counts["exact_duplicate", "warning"]


def test_some_rows_have_tools(file):
    rows = [json.loads(line) for line in file.read_bytes().splitlines()]
    assert [number for number, row in enumerate(rows) if "tools" in row][:3] == [0, 25, 50]
    assert rows[0]["messages"][-1]["tool_calls"][0]["function"]["name"] == "shop_open"


def test_the_usual_loop_finds_nothing_there_and_something_elsewhere(file):
    rows = [json.loads(line) for line in file.read_bytes().splitlines()]
    assert check_format(rows) == {}
    assert check_format([{"messages": [{"role": "human"}]}, []]) == {
        "unrecognized_role": 1, "missing_content": 1, "example_missing_assistant_message": 1,
        "data_type": 1,
    }  # fmt: skip
    assert tokens_of(rows[1]) > 20
