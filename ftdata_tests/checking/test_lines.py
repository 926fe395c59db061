"""Rules about lines: each fault is its own rule, and no line raises."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ftdata.checking.lines import MAX_DEPTH, LineReader
from ftdata_tests.checking.rows import row

GOOD = json.dumps(row("Hi", "Hello.")).encode()
LIMIT = 10_000
TOOL = {"type": "function", "function": {"name": "f", "parameters": {"properties": {"a": {}}}}}
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=15,
)


def read(line, limit=LIMIT):
    return LineReader(line + b"\n", limit).read(0, line)


def faults(line):
    return [(problem.rule, column) for problem, column in read(line).problems]


@pytest.mark.parametrize(
    ("line", "rule", "column"),
    [
        (b"", "blank_line", None),
        (b"  \t ", "blank_line", None),
        (b'{"a": 1', "invalid_json", 8),
        (b"{'a': 1}", "invalid_json", 2),
        (b'{"a": 1} {"b": 2}', "invalid_json", 10),
        (b'{"a": "\xff"}', "invalid_utf8", None),
        (b'\xef\xbb\xbf{"a": 1}', "byte_order_mark", 1),
        (b'{"a": "\x00"}', "nul_byte", 8),
        (b'{"a": NaN}', "not_a_number", None),
        (b'{"a": [-Infinity]}', "not_a_number", None),
        (b'{"a": "\\ud83d"}', "lone_surrogate", None),
        (b"[" * 900 + b"]" * 900, "nested_too_deeply", None),
        (b"[" * 5_000 + b"]" * 5_000, "nested_too_deeply", None),
        (b'{"a":' * 150 + b"1" + b"}" * 150, "nested_too_deeply", None),
        (b'{"a": "' + b"x" * LIMIT + b'"}', "line_too_long", None),
    ],
)
def test_a_line_that_is_no_row(line, rule, column):
    found = read(line)
    assert not found.is_row
    assert [(problem.rule, at) for problem, at in found.problems] == [(rule, column)]


@pytest.mark.parametrize(
    ("line", "rule", "column"),
    [
        (GOOD + b"\r", "crlf", len(GOOD) + 1),
        ('{"a": "é\u2028"}'.encode(), "line_separator", 9),
        ('{"a": "\u0085"}'.encode(), "line_separator", 8),
        (b'{"a": 1, "a": 1}', "duplicate_key", None),
        (b'{"a":1,"b":2,"a":1}', "duplicate_key", None),
        (b'{"a" : 1, "a"\t:1}', "duplicate_key", None),
        (b'{"a"  :{"b":1},"a":[]}', "duplicate_key", None),
        (b'{"a":["x"],"a":["x"]}', "duplicate_key", None),
        (b'{"a":[{"b":1,"b":2}]}', "duplicate_key", None),
        (b'{"a\\\\":1,"a\\\\":2}', "duplicate_key", None),
        (b'{"a":[{"b":"\\":","b":"x"}]}', "duplicate_key", None),
        (b'{"\\u0061":1,"a":2}', "duplicate_key", None),
    ],
)
def test_a_row_in_a_line_with_a_fault(line, rule, column):
    found = read(line)
    assert found.is_row
    assert [(problem.rule, at) for problem, at in found.problems] == [(rule, column)]


def test_a_key_that_stands_twice_is_named():
    (problem, _), *_ = read(b'{"messages":[],"messages":[]}').problems
    assert "'messages'" in problem.message


@pytest.mark.parametrize(
    "value",
    [
        row("Hi", "Hello."),
        row('He said "so": yes', 'Say "a" : b, or "c"  : d.'),
        row('{"a":1,"a":2}', "C:\\\\"),
        row("a : b  : c", "d\t: e\n\n:"),
        row("Hi", "x", tools=[TOOL, TOOL]),
        {"a": {"b": {"c": [1, {"d": 2}]}}, "a\\": 1, "": {}},
        [{"a": 1}, {"a": 1}],
        {"é": "\u2027", "…": 1},
    ],
)
@pytest.mark.parametrize("spacing", [(",", ":"), (", ", ": "), (",", " : "), (",", "\t:")])
@pytest.mark.parametrize("is_ascii", [True, False])
def test_what_looks_like_a_fault_is_none(value, spacing, is_ascii):
    line = json.dumps(value, separators=spacing, ensure_ascii=is_ascii).encode()
    found = read(line)
    assert (found.is_row, found.value, list(found.problems)) == (True, value, [])


@given(JSON, st.sampled_from([(",", ":"), (" ,", " : ")]))
def test_whatever_json_holds_no_key_stands_twice_that_does_not(value, spacing):
    line = json.dumps(value, separators=spacing).encode()
    if b"\\ud" not in line:
        assert {rule for rule, _ in faults(line)} <= {"invalid_json"}


@given(st.binary(max_size=60))
@example(b"\xff\xfe{\x00}\x00")
@example(b"1" * 6_000)
@example(b"-")
def test_no_line_raises(line):
    text = line.replace(b"\n", b"")
    found = read(text)
    assert found.is_row or found.problems


def test_only_the_lines_that_hold_a_separator_are_blamed():
    lines = [GOOD, '{"a":"\u2029"}'.encode(), GOOD]
    reader = LineReader(b"\n".join(lines), LIMIT)
    assert [len(reader.read(at, line).problems) for at, line in enumerate(lines)] == [0, 1, 0]


def test_the_deepest_that_is_allowed():
    deep = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert read(deep).is_row
    assert not read(b"[" + deep + b"]").is_row
