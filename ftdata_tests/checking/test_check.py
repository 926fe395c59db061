"""Whole files: any content, any packing, any number of processes."""

import gzip
import json
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.checking import check, spread
from ftdata.checking.check import CheckOptions, check_file, read_other
from ftdata.checking.pieces import PIECE_BYTES, Piece
from ftdata.checking.scan import Task, scan_piece
from ftdata.errors import UsageError
from ftdata.release.examples import Example, Message
from ftdata.release.exports import EXPORTERS
from ftdata.settings_dedup import Dedup
from ftdata_tests.checking.rows import PLAIN, checked, encoded, row, rules_of

ASKED = "Please tell me how I can send back the tent that I bought."
EVERYTHING = CheckOptions(tokenizer="estimate")
GOOD = [row(f"Is shop {n} open?", f"Until {n}.") for n in range(12)]
FAULTS = (
    b'{"messages": []}\n'
    + encoded(GOOD[:1])
    + b'\n{"messages"\n{"messages": [{"role": "human", "content": "Hi"}]}\n'
    + json.dumps(GOOD[1]).encode()
)
AWKWARD = (
    "\u2028\u2029\u0085", "\U0001f469\u200d\U0001f467", "\u05e9\u05dc \u202eabc\u202c",
    "a\x00b", "x" * 200_000, "<|im_start|>",
)  # fmt: skip
NUMBERS = st.integers(-9, 9) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | NUMBERS | st.text()
NAMES = st.sampled_from(
    ["messages", "role", "content", "tool_calls", "function", "arguments", "name", "tools", "input",
     "prompt", "completion", "chosen", "rejected", "conversations", "from", "value", "weight",
     "text", "instruction", "output", "parts", "contents", "system", "id", "type"]
)  # fmt: skip
WORDS = st.sampled_from(["user", "assistant", "tool", "system", "human", "gpt", "model", "{}", "f"])
CALL = {"id": "c12345678", "type": "function", "function": {"name": "f", "arguments": "{}"}}
TOOLS = [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}]
SPOKEN = Example(
    "e", "train",
    [
        Message("system", "Be brief.", None, None, None, None),
        Message("user", "Is it warm?", None, None, None, None),
        Message("assistant", "Yes.", 1, None, None, None),
    ],
    None,
)  # fmt: skip
CALLING = SPOKEN._replace(
    messages=[
        SPOKEN.messages[1],
        Message("assistant", None, 0, [CALL], None, None),
        Message("tool", "18", None, None, "c12345678", None),
        SPOKEN.messages[2],
    ],
    tools=TOOLS,
)
ANY_ROW = st.recursive(
    SCALARS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


def test_faults_are_told_with_their_lines(tmp_path):
    found = checked(tmp_path, FAULTS)
    assert rules_of(found) == [
        (1, "no_messages"), (3, "blank_line"), (4, "invalid_json"), (5, "nothing_trained"),
        (5, "unknown_role"), (6, "no_final_newline"),
    ]  # fmt: skip
    assert (found.lines, found.rows, found.good) == (6, 4, 2)
    assert found.tokens.rows.total() == 2


def test_a_file_that_is_right_has_no_finding(tmp_path):
    found = checked(tmp_path, encoded(GOOD), EVERYTHING)
    assert found.tally.findings() == []
    assert (found.format, found.guess.fitting, found.good) == ("openai", 12, 12)


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_are_no_fault(tmp_path, text):
    content = encoded([*GOOD, row(f"Say {text}", text)])
    known = {"nul"} if "\x00" in text else set()
    assert {rule for _, rule in rules_of(checked(tmp_path, content, EVERYTHING))} == known


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.jsonl.gz", gzip.compress),
        ("a.jsonl.zst", lambda content: pa.Codec("zstd").compress(content, asbytes=True)),
    ],
)
def test_a_packed_file_is_checked_as_it_is_unpacked(tmp_path, name, pack):
    path = tmp_path / name
    path.write_bytes(pack(FAULTS))
    packed, plain = check_file(str(path), PLAIN), checked(tmp_path, FAULTS)
    assert packed.tally == plain.tally
    assert packed.tokens == plain.tokens


def test_a_table_is_checked_without_the_nulls_that_its_columns_need(tmp_path):
    call = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    told = {"role": "tool", "content": "18", "tool_call_id": "c1"}
    calling = row("Is it warm?")
    calling["messages"] += [
        {"role": "assistant", "tool_calls": [call]}, told, {"role": "assistant", "content": "Yes."}
    ]  # fmt: skip
    path = str(tmp_path / "train.parquet")
    pq.write_table(pa.Table.from_pylist([calling, *GOOD, row("Hi")]), path)
    assert rules_of(check_file(path, PLAIN)) == [(14, "nothing_trained")]


def test_damage_is_a_finding_and_what_stands_before_it_is_checked(tmp_path):
    content = FAULTS + b"\n" + b"x" * (2 * PIECE_BYTES) + b"\n"
    path = tmp_path / "train.jsonl.gz"
    path.write_bytes(gzip.compress(content)[:-9])
    found = rules_of(check_file(str(path), PLAIN))
    assert found[:3] == [(0, "damaged_file"), (1, "no_messages"), (3, "blank_line")]


@pytest.mark.parametrize("content", [b"", b"\n \n", b"[\n{}\n]", b"{\n}", b"\x00\xff" * 500])
def test_a_file_without_a_row_is_wrong(tmp_path, content):
    found = checked(tmp_path, content, EVERYTHING)
    assert found.tally.number("error")
    assert found.rows == 0


def test_a_line_that_is_too_long_is_told_with_its_line(tmp_path):
    content = encoded(GOOD[:2]) + b"x" * 3_000_000 + b"\n" + b'{"messages": []}\n'
    found = checked(tmp_path, content, replace(PLAIN, max_line_bytes=20_000))
    assert rules_of(found) == [(3, "line_too_long"), (4, "no_messages")]


def test_of_each_rule_as_many_are_listed_as_asked_for(tmp_path):
    found = checked(tmp_path, b"{bad\n" * 50, replace(PLAIN, listed=3))
    assert [one.line for one in found.tally.findings() if one.rule == "invalid_json"] == [1, 2, 3]
    assert found.tally.counts["invalid_json", "error"] == 50


def test_rows_that_leak_are_told(tmp_path):
    other = tmp_path / "test.jsonl"
    other.write_bytes(b"{bad\n" + encoded([row(ASKED, "By post.")]))
    found = checked(
        tmp_path, encoded([*GOOD, row(ASKED, "No.")]), PLAIN, read_other(str(other), PLAIN)
    )
    assert rules_of(found) == [(13, "leaks_prompt"), (13, "leaks_turn")]
    assert found.compared == 1
    assert f"line 2 of {other}" in found.tally.findings()[0].message


def test_a_row_of_too_many_tokens(tmp_path):
    found = checked(
        tmp_path, encoded([{"contents": turns("x" * 600_000)}]), replace(PLAIN, format="gemini")
    )
    assert ("too_many_tokens", "warning") in found.tally.counts


def turns(text):
    return [
        {"role": "user", "parts": [{"text": text}]},
        {"role": "model", "parts": [{"text": "Yes."}]},
    ]


@pytest.mark.parametrize("name", EXPORTERS)
@settings(max_examples=40)
@given(data=st.data())
def test_no_row_of_any_shape_raises(name, data):
    exporter = EXPORTERS[name]
    pairs = exporter.holds == "pairs"
    given = (SPOKEN._replace(rejected="No."),) if pairs else (SPOKEN, CALLING)
    right = [one for example in given for one in exporter.rows(example)]
    rows = data.draw(st.lists(ANY_ROW | st.sampled_from(right).flatmap(spoilt), max_size=4))
    dedup = Dedup().model_dump_json()
    task = Task(name, 10_000, 5, tokenizer="estimate", dedup=dedup, with_ties=True)
    part = scan_piece(Piece(encoded(rows)), task)
    assert part.lines == part.rows == len(rows)


def spoilt(value):
    """The value with any JSON in the place of one of its parts, at any depth."""
    if isinstance(value, dict) and value:
        return st.sampled_from(sorted(value)).flatmap(
            lambda name: spoilt(value[name]).map(lambda part: {**value, name: part}) | ANY_ROW
        )
    if isinstance(value, list) and value:
        return st.integers(0, len(value) - 1).flatmap(
            lambda at: spoilt(value[at]).map(lambda part: [*value[:at], part, *value[at + 1 :]])
        )
    return ANY_ROW


@pytest.fixture
def larger(tmp_path):
    """A file of several pieces with faults, repeats and personal data in it."""
    rows = [row(f"Is shop {n % 300} open?" + " now" * 300, f"Until {n}.") for n in range(900)]
    rows[7] = row("Mail bob@corp-mail.org", "Yes.")
    content = encoded(rows) + FAULTS
    path = tmp_path / "train.jsonl"
    path.write_bytes(content + b"\n" + content)
    assert path.stat().st_size > 2 * PIECE_BYTES
    return str(path)


def test_the_number_of_processes_makes_no_difference(larger, monkeypatch):
    monkeypatch.setattr(check, "SPREAD_FROM", PIECE_BYTES)
    alone = check_file(larger, EVERYTHING)
    assert check_file(larger, replace(EVERYTHING, workers=2)) == alone
    assert alone.tally.counts["exact_duplicate", "warning"] > 300
    assert alone.tally.counts["near_duplicate", "warning"] > 1_000
    assert alone.tally.counts["personal_data_email", "warning"] == 2


def test_a_process_that_is_killed_is_told(larger, monkeypatch):
    monkeypatch.setattr(check, "SPREAD_FROM", PIECE_BYTES)
    monkeypatch.setattr(spread, "scan_piece", die)
    with pytest.raises(UsageError, match="--workers 1"):
        check_file(larger, replace(PLAIN, workers=2))


def die(piece, task):
    import multiprocessing
    import os

    if multiprocessing.parent_process() is not None:
        os._exit(1)
    return scan_piece(piece, task)


def test_how_far_it_is_gets_told(larger):
    told = []
    found = check_file(larger, PLAIN, say=told.append)
    assert sum(told) == found.size
    assert len(told) > 2
