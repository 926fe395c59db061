"""Tokens of rows: the same rule as for the dataset's own examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from ftdata import jsonl
from ftdata.checking.tokens import TokenStatistics, count_tokens, open_tokenizer
from ftdata.errors import UsageError
from ftdata.formatting.tokens import load_tokenizer
from ftdata.release.examples import Message
from ftdata.release.exports.exporter import Reading
from ftdata.token_count import count_examples
from ftdata_tests.checking.rows import reading

CALLS = [{"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}]
ESTIMATE = load_tokenizer("estimate").count
MESSAGES = st.builds(
    Message,
    role=st.sampled_from(["system", "user", "assistant", "tool"]),
    content=st.none() | st.text(),
    weight=st.none() | st.sampled_from([0, 1]),
    tool_calls=st.sampled_from([None, CALLS]),
    tool_call_id=st.none(),
    name=st.sampled_from([None, "ann"]),
)


def statistics(*tokens):
    made = TokenStatistics()
    for count in tokens:
        made.rows[count] += 1
    return made


def as_stored(message):
    calls = message.tool_calls and jsonl.dumps(message.tool_calls).decode()
    weight = None if message.role != "assistant" else int(message.is_trained)
    return {**message._asdict(), "tool_calls": calls, "weight": weight}


@given(st.lists(st.lists(MESSAGES, min_size=1), max_size=4))
def test_rows_have_the_tokens_that_the_datasets_examples_have(conversations):
    found = count_tokens([Reading(messages) for messages in conversations], ESTIMATE)
    stored = [[as_stored(message) for message in messages] for messages in conversations]
    assert list(zip(found.all.tolist(), found.learnt.tolist(), strict=True)) == [
        (one.tokens, one.trained_tokens) for one in count_examples(stored, ESTIMATE)
    ]


def test_of_a_pair_both_ends_are_learnt_and_nothing_before():
    said = reading("x" * 40, "y" * 80, "z" * 4, "w" * 12)
    found = count_tokens([said._replace(rejected="v" * 8)], ESTIMATE)
    assert found.all.tolist() == [(40 + 80 + 4 + 12 + 8) // 4 + 4 * 4 + 3]
    assert found.learnt.tolist() == [(12 + 8) // 4]


def test_nothing_has_no_tokens():
    made = TokenStatistics()
    made.add(count_tokens([], ESTIMATE))
    assert (made.total, made.mean, made.quantile(0.5), made.histogram()) == (0, 0, 0, [])


def test_figures_of_rows():
    made = statistics(*range(1, 101))
    assert (made.total, made.mean) == (5_050, 50.5)
    assert [made.quantile(share) for share in (0.5, 0.95, 1)] == [50, 95, 100]


def test_a_histogram_has_a_bin_for_each_power_of_two():
    assert statistics(3, 4, 5, 17).histogram() == [(2, 3, 1), (4, 7, 2), (8, 15, 0), (16, 31, 1)]


@given(st.lists(st.integers(0, 100_000), min_size=1))
def test_every_row_is_in_one_bin(tokens):
    bins = statistics(*tokens).histogram()
    assert sum(rows for _, _, rows in bins) == len(tokens)
    assert bins[0][0] <= min(tokens)
    assert bins[-1][1] >= max(tokens)


def test_a_tokenizer_of_ones_own(tmp_path):
    own = Tokenizer(models.WordLevel({"a": 0, "b": 1, "?": 2}, unk_token="?"))
    own.pre_tokenizer = pre_tokenizers.Whitespace()
    path = tmp_path / "tokenizer.json"
    own.save(str(path))
    opened = open_tokenizer(str(path))
    assert opened.name == "tokenizer.json"
    assert opened.count(["a b a", "", "c"]) == [3, 0, 1]


@pytest.mark.parametrize("content", [None, b"no json", b"[]", b"{}", b'{"model": {}}'])
def test_a_file_that_is_no_tokenizer_is_misuse(tmp_path, content):
    path = tmp_path / "tokenizer.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=r"tokenizer\.json: (no such file|is no tokenizer)"):
        open_tokenizer(str(path))
