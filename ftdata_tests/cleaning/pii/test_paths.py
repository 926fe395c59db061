"""Raw files named after people."""

import re

import pyarrow as pa
import pytest

from ftdata.cleaning.pii.paths import hide_paths, private_paths, redact_drops, redact_message
from ftdata.settings_pii import Pii
from ftdata.tables import drops_table, from_rows
from ftdata_tests.cleaning.raw import raw_row, turns
from ftdata_tests.linear import assert_linear

EMPTY = from_rows("raw_logs", [])
HASHED = r"raw/web/2025-03-01/redacted-[0-9a-f]{16}"


def table(path, **more):
    return from_rows("raw_logs", [raw_row(0, turns("a", "b"), origins=[f"{path}:1"], **more)])


@pytest.mark.parametrize("name", ["bob@corp.org.jsonl", "4111111111111111.csv"])
def test_a_file_name_that_holds_personal_data_becomes_a_hash(name):
    path = f"raw/web/2025-03-01/{name}"
    names = private_paths(EMPTY, [path, "raw/web/2025-03-01/part-1.jsonl"], Pii())
    assert list(names) == [path]
    assert re.fullmatch(HASHED, names[path])


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("zq_4711.jsonl", {"user_id": "zq_4711"}),
        ("export-zq_4711-2.jsonl", {"user_id": "zq_4711"}),
        ("jane_doe.jsonl", {"metadata": '{"customer_name":"Jane Doe"}'}),
    ],
)
def test_what_the_log_says_of_people_is_looked_for_in_file_names(name, more):
    path = f"raw/web/2025-03-01/{name}"
    assert re.fullmatch(HASHED, private_paths(table(path, **more), [path], Pii())[path])
    other = private_paths(table(path, user_id="other_1"), [path], Pii())
    assert bool(other) == ("jane" in name)  # a name is one without being told


@pytest.mark.parametrize(
    ("name", "options", "hidden"),
    [
        ("zq_bot1.jsonl", Pii(allow={"USER": ("ZQ_bot1",)}), False),
        ("zq_bot1.jsonl", Pii(), True),
        ("sales-falcon_nine.csv", Pii(deny={"SECRET": ("falcon", "falcon nine ")}), True),
    ],
)
def test_the_owners_lists_hold_for_file_names(name, options, hidden):
    path = f"raw/web/2025-03-01/{name}"
    assert bool(private_paths(table(path, user_id="zq_bot1"), [path], options)) == hidden


@pytest.mark.parametrize(
    ("user", "name", "hidden"),
    [
        ("2025", "part-2025.jsonl", True), ("2025", "20250301.jsonl", False),
        ("2025", "2025-03-01.jsonl", False),
        ("7", "part-7.jsonl", False), ("mariagonzalez", "x-MariaGonzalez1.csv", True),
        ("support", "support.jsonl", True),
    ],
)  # fmt: skip
def test_files_are_named_after_users(user, name, hidden):
    path = f"raw/web/2025-03-01/{name}"
    assert bool(private_paths(table(path, user_id=user), [path], Pii())) == hidden


def test_many_files_of_many_users_take_a_time_linear_in_them():
    def find(files):
        paths = [f"raw/web/2025-03-01/user-{n:06d}.jsonl" for n in range(len(files))]
        rows = [raw_row(n, [], user_id=path[-17:-6]) for n, path in enumerate(paths)]
        assert list(private_paths(from_rows("raw_logs", rows), paths, Pii())) == paths

    find("files")  # the lists of names are read
    assert_linear("x", find, 1_500)


def test_usual_names_stay():
    paths = ["raw/web/2025-03-01.jsonl.gz", "raw/web/2025-03-01/part-00017.parquet",
             "raw/web/2025-03-01/chat_export_2025.csv"]  # fmt: skip
    assert private_paths(EMPTY, paths, Pii()) == {}


def test_origins_follow():
    lists = pa.array([["raw/a.jsonl:1", "raw/b.jsonl:2"], [], ["raw/a.jsonl:3"]]).slice(0, 3)
    renamed = hide_paths(lists, {"raw/a.jsonl": "raw/x"})
    assert renamed.to_pylist() == [["raw/x:1", "raw/b.jsonl:2"], [], ["raw/x:3"]]


def test_raw_drops_name_nobody():
    file = "raw/web/2025-03-01/bob@corp.org.jsonl"
    rows = [
        {"record_id": "amy@corp.org", "stage": "raw_logs", "reason": "duplicate_id",
         "detail": f"first at {file}:3", "file": file, "line": 4},
        {"record_id": None, "stage": "raw_logs", "reason": "bad_json", "detail": None,
         "file": "raw/web/a.jsonl", "line": 1},
    ]  # fmt: skip
    redacted = redact_drops(drops_table(rows), {file: "raw/web/2025-03-01/x"}).to_pylist()
    assert redacted[0]["record_id"].startswith("redacted-")
    assert redacted[0]["detail"] == "first at raw/web/2025-03-01/x:3"
    assert redacted[0]["file"] == "raw/web/2025-03-01/x"
    assert redacted[1] == drops_table(rows).to_pylist()[1]


def test_messages_for_people_hide_what_is_certain():
    assert redact_message("raw/bob@corp.org.jsonl:7 bad_json") == "raw/[EMAIL]:7 bad_json"


def test_the_owners_words_and_fields_are_looked_for_in_file_names():
    path = "raw/web/2025-03-01/zorblax_quenf.jsonl"
    told = table(path, metadata='{"rep":"Zorblax Quenf"}')
    assert list(private_paths(told, [path], Pii(fields={"PERSON": ("rep",)}))) == [path]
    assert list(private_paths(EMPTY, [path], Pii(deny={"SECRET": ("quenf",)}))) == [path]
    assert private_paths(told, [path], Pii()) == {}


def test_a_message_names_a_file_by_its_other_name():
    path = "raw/web/2025-03-01/jane_doe.jsonl"
    names = private_paths(EMPTY, [path], Pii())
    assert redact_message(f"{path}:7 bad_json", names) == f"{names[path]}:7 bad_json"
