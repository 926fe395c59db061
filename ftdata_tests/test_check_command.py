"""`ftdata check` as a user calls it: exit codes, what is shown, reports, settings, pipes."""

import io
import json
from xml.etree import ElementTree as ET

import pytest

from ftdata_tests.checking.rows import encoded, row
from ftdata_tests.command_line import ftdata

MAIL = "jo.miller@northwind-mail.org"
GOOD = [row(f"Is shop {n} open on {n + 3} May?", f"Until {n}.") for n in range(12)]
WRONG = [*GOOD, row("Hi"), row("My mail is " + MAIL, "Thanks.")]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """No project: a folder with a good and a wrong file."""
    (tmp_path / "good.jsonl").write_bytes(encoded(GOOD))
    (tmp_path / "wrong.jsonl").write_bytes(encoded(WRONG) + b'{"messages": [}\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments):
    return ftdata("check", "--tokenizer", "estimate", *arguments)


def test_a_good_file_passes_without_a_project():
    done = check("good.jsonl")
    assert done.code == 0
    assert "good.jsonl: openai, guessed from 12 rows" in done.out
    assert "personal data: none found; names were not looked for (--names)" in done.out
    assert "duplicates: 0 exact, 0 near" in done.out
    assert done.out.endswith("passed: 0 errors, 0 warnings\n")


def test_a_wrong_file_fails_and_its_lines_are_named():
    done = check("wrong.jsonl", "--format", "openai")
    assert done.code == 1
    assert "wrong.jsonl:13: error nothing_trained: messages holds no assistant" in done.out
    assert "wrong.jsonl:14: warning personal_data_email: message 1 (user) holds" in done.out
    assert "wrong.jsonl:15:15: error invalid_json" in done.out
    assert "miller" not in done.out + done.err
    assert "failed: 2 errors, 1 warning\n" in done.out


def test_warnings_fail_where_they_are_strict(folder):
    (folder / "warned.jsonl").write_bytes(encoded(GOOD) + b"\n")
    assert check("warned.jsonl").code == 0
    assert check("warned.jsonl", "--strict").code == 1


def test_the_same_as_json():
    done = check("good.jsonl", "wrong.jsonl", "--json", "--price-per-million", 10, "--epochs", 2)
    good, wrong = done.values["files"]
    assert done.code == 1
    assert (done.values["passed"], done.values["errors"]) == (False, 2)
    assert (good["rows"], good["findings"], good["guessed"]["fitting"]) == (12, [], 12)
    assert good["tokens"]["cost"] == pytest.approx(good["tokens"]["total"] * 2 * 10 / 1e6)
    assert sum(one["rows"] for one in good["tokens"]["histogram"]) == 12
    assert wrong["rules"]["invalid_json"] == {"errors": 1}
    assert wrong["findings"][-1]["line"] == 15


def test_what_is_not_looked_for_is_said():
    done = check("wrong.jsonl", "--no-pii", "--no-duplicates")
    assert "personal data: not looked for" in done.out
    assert "duplicates: not looked for" in done.out
    done = check("wrong.jsonl", "--near-rows", 5)
    assert "0 exact; near ones not looked for among so many rows" in done.out


def test_names_are_looked_for_on_demand(folder):
    (folder / "named.jsonl").write_bytes(encoded([*GOOD, row("I am Maria Gonzales.", "Hello.")]))
    assert "PERSON" not in check("named.jsonl").out
    assert "personal data: PERSON 1" in check("named.jsonl", "--names").out


def test_rows_are_told_that_stand_in_another_file_too(folder):
    (folder / "test.jsonl").write_bytes(encoded(GOOD[3:5]))
    done = check("good.jsonl", "--against", "test.jsonl")
    assert done.code == 1
    assert "good.jsonl:4: error leaks_prefix: " in done.out
    assert "against 2 rows of the other file" in done.out


def test_of_many_findings_some_are_listed(folder):
    (folder / "many.jsonl").write_bytes(b"{bad\n" * 30)
    done = check("many.jsonl", "--max-errors", 2)
    assert done.out.count("invalid_json") == 2
    assert "invalid_json: 28 more" in done.err


def test_reports_for_ci(folder):
    check("wrong.jsonl", "--junit", "junit.xml", "--sarif", "check.sarif")
    (suite,) = ET.parse(folder / "junit.xml").getroot()
    assert suite.get("failures") == "2"
    (run,) = json.loads((folder / "check.sarif").read_text())["runs"]
    assert {one["ruleId"] for one in run["results"]} == {
        "nothing_trained", "personal_data_email", "invalid_json",
    }  # fmt: skip


def test_settings_of_a_project_hold(folder):
    (folder / "ftdata.yaml").write_text(
        "training: {price_per_million: 4}\nextraction: {max_line_bytes: 1024}\n"
        f"cleaning: {{pii: {{allow: {{EMAIL: [{MAIL}]}}}}}}\n"
    )
    (folder / "wrong.jsonl").write_bytes(encoded([*WRONG, row("x" * 2_000, "y")]))
    done = check("wrong.jsonl", "--json")
    (found,) = done.values["files"]
    assert set(found["rules"]) == {"nothing_trained", "line_too_long"}
    assert found["tokens"]["cost"] > 0
    assert found["tokens"]["epochs"] == 3


def test_standard_input(monkeypatch):
    given = io.TextIOWrapper(io.BufferedReader(io.BytesIO(encoded(GOOD))))
    monkeypatch.setattr("sys.stdin", given)
    assert "-: openai" in check("-").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Missing argument"),
        (("absent.jsonl",), "absent.jsonl: No such file or directory"),
        ((".",), "Is a directory"),
        (("good.jsonl", "--format", "gpt"), "no such format: write auto, or one of openai"),
        (("good.jsonl", "--against", "absent.jsonl"), "absent.jsonl: No such file"),
        (("good.jsonl", "--tokenizer", "absent.json"), "absent.json: no such file"),
        (("good.jsonl", "--max-errors", "0"), "--max-errors"),
        (("-", "-"), "standard input can be read once"),
    ],
)
def test_misuse(arguments, told):
    done = check(*arguments)
    assert done.code == 2
    assert told in done.err


def test_a_mistake_in_the_settings_is_misuse(folder):
    (folder / "ftdata.yaml").write_text("training: {epochs: 0}\n")
    done = check("good.jsonl")
    assert done.code == 2
    assert "ftdata.yaml:1: `training.epochs`" in done.err


def test_rows_of_the_owners_own_form_are_held_to_its_schema(folder):
    (folder / "row.json").write_text('{"required": ["q"], "properties": {"q": {"type": "string"}}}')
    (folder / "ftdata.yaml").write_text(
        "dataset: {custom: {fields: {q: prompt}, json_schema: row.json}}\n"
    )
    (folder / "own.jsonl").write_bytes(encoded([{"q": "Hi"}, {"q": 1}, {}]))
    assert "own.jsonl: custom, guessed from 3 rows" in check("own.jsonl").out
    done = check("own.jsonl", "--format", "custom")
    assert done.code == 1
    assert "own.jsonl:2: error schema: q 1 is not of type 'string'" in done.out
