"""The lines of batch files: cut under both limits, read in any order, whatever they hold."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.chat import Answer, Refused, Usage
from ftdata.llm.batch_lines import Unanswered, line_of, read_results, shards
from ftdata.llm.chat_cache import request_key
from ftdata.llm.chat_client import Malformed
from ftdata_tests.llm.chat_server import Reply, completion_of
from ftdata_tests.llm.words import OPTIONS, request

KEY = bytes(32)
ASKED = {KEY: request("n 7")}


def answered(body, status=200, key=KEY):
    """A line of the output file."""
    line = {"custom_id": key.hex(), "response": {"status_code": status, "body": body}}
    return json.dumps(line | {"error": None}).encode()


def failed(code, key=KEY):
    """A line of the error file."""
    error = {"code": code, "message": "words that nobody shows"}
    return json.dumps({"custom_id": key.hex(), "response": None, "error": error}).encode()


GOOD = answered(completion_of(Reply('{"word": "seven"}'), {"model": "writer-1"}))


def read(*lines):
    return read_results(lines, ASKED, OPTIONS)[KEY]


@given(st.lists(st.text(max_size=40), unique=True), st.integers(1, 5), st.integers(900, 4_000))
def test_shards_hold_all_requests_in_order_under_both_limits(texts, most, size):
    asked = {request_key(one, OPTIONS): one for one in map(request, texts)}
    made = list(shards(asked, OPTIONS, most, size))
    lines = [line for shard in made for line in shard.items()]
    assert lines == [(key, line_of(key, one, OPTIONS)) for key, one in asked.items()]
    for shard in made:
        assert 1 <= len(shard) <= most
        assert len(shard) == 1 or sum(map(len, shard.values())) <= size
    for one, after in pairwise(made):
        next_line = len(next(iter(after.values())))
        assert len(one) == most or sum(map(len, one.values())) + next_line > size


def test_a_line_is_one_line_that_names_its_request():
    line = line_of(KEY, request("a\nb\u2028c"), OPTIONS)
    assert line.count(b"\n") == 1
    held = json.loads(line)
    assert held["custom_id"] == KEY.hex()
    assert held["body"]["messages"][1]["content"] == "a\nb\u2028c"
    assert len(str(line, "utf-8").splitlines()) == 1


@pytest.mark.parametrize("lines", [(GOOD,), (failed("batch_expired"), GOOD), (GOOD, GOOD)])
def test_an_answer_counts_before_a_failure(lines):
    for order in (lines, lines[::-1]):
        assert read(*order) == Answer('{"word":"seven"}', Usage(10, 0, 5, 0))


def refusal(code, status=400):
    return answered({"error": {"code": code, "message": "it is sk-…"}}, status)


@pytest.mark.parametrize(
    ("line", "code", "may_pass"),
    [
        (b"", "no_line", True),
        (b'{"custom_id": "00', "no_line", True),
        (b"[1]", "no_line", True),
        (failed("batch_expired", bytes(31) + b"\1"), "no_line", True),
        (failed("batch_expired"), "batch_expired", True),
        (failed("batch_cancelled"), "batch_cancelled", True),
        (failed("It is sk-…"), "no_code", True),
        (refusal("rate_limit_exceeded", 429), "rate_limit_exceeded", True),
        (refusal("insufficient_quota", 429), "insufficient_quota", False),
        (refusal(None, 503), "503", True),
        (refusal("invalid_schema"), "invalid_schema", False),
        (refusal(None, 401), "401", False),
        (answered({"choices": []}), "no_chat_completion", True),
        (answered({}), "no_chat_completion", True),
    ],
)
def test_a_line_without_an_answer_tells_whether_to_submit_it_again(line, code, may_pass):
    assert read(line) == Unanswered(code, may_pass)


def test_what_is_judged_is_judged_as_direct_answers_are():
    assert isinstance(read(refusal("context_length_exceeded")), Refused)
    poem = answered(completion_of(Reply("I am a poet"), {"model": "writer-1"}))
    assert isinstance(read(poem), Malformed)
