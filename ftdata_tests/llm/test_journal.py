"""Lines of a cache's journal: they come back as they were, and nothing else is taken for one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.chat import Answer, Refused, Usage
from ftdata.llm.journal import Entry, entry_of, line_of

KEY = "ab" * 32
USAGE = {"prompt": 3, "cached": 0, "completion": 2, "reasoning": 0}
COUNTS = st.integers(0, 10**9)
USAGES = st.none() | st.builds(Usage, COUNTS, COUNTS, COUNTS, COUNTS)
OUTCOMES = (
    st.none()
    | st.builds(Answer, st.dictionaries(st.text(), st.text()).map(json.dumps), USAGES)
    | st.builds(Refused, st.sampled_from(["malformed_answer", "model_refused"]), st.text(), USAGES)
)


@given(st.binary(min_size=32, max_size=32), OUTCOMES)
def test_an_entry_comes_back_from_its_line(key, outcome):
    line = line_of(Entry(key, outcome))
    assert line.count(b"\n") == 1
    assert entry_of(line) == Entry(key, outcome)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "7",
        "[" * 100_000 + "]" * 100_000,
        b"\xff\xfe",
        json.dumps({"answer": "{}"}),
        json.dumps({"key": KEY[2:], "answer": "{}"}),
        json.dumps({"key": KEY, "answer": 7}),
        json.dumps({"key": KEY, "answer": '{"word": "\ud800"}'}, ensure_ascii=False),
        json.dumps({"key": KEY, "refused": "not_asked", "detail": "of an estimate"}),
        json.dumps({"key": KEY, "refused": "model_refused"}),
        json.dumps({"key": KEY, "answer": "{}", "usage": {**USAGE, "prompt": 10**40}}),
        json.dumps({"key": KEY, "answer": "{}", "usage": {**USAGE, "prompt": -1}}),
        json.dumps({"key": KEY, "answer": "{}", "usage": {**USAGE, "prompt": "3"}}),
        json.dumps({"key": KEY, "answer": "{}", "usage": {"prompt": 3}}),
        json.dumps({"key": KEY, "answer": "{}", "usage": [3]}),
    ],
)
def test_what_is_no_entry_is_refused(line):
    with pytest.raises(ValueError, match=r"."):
        entry_of(line)
