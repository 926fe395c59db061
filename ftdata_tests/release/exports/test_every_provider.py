"""Laws that hold for every target of a provider: rows are right, and say what was said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata import jsonl
from ftdata.release.examples import Example
from ftdata.release.exports import EXPORTERS
from ftdata.release.exports.alternation import learnable
from ftdata.release.exports.exporter import Reading
from ftdata_tests.release.exports.conversations import (
    FIRST_IS_BAD,
    TEXTS,
    conversations,
    example,
    pairs,
    plain,
    rules,
    said,
)

WEIGHTED = ("openai", "mistral", "together", "fireworks")
UNWEIGHTED = ("anthropic", "nova", "gemini")
OF_PAIRS = (
    "openai_dpo", "gemini_preference", "together_preference", "fireworks_preference",
)  # fmt: skip
IDS = ("openai", "together", "fireworks", "openai_dpo", "together_preference")
TEXT_RULES = {"empty_text", "reserved_text"}  # refuse what these targets know no way to say


def read_back(name: str, told: Example) -> Reading | None:
    """What the row says, as it comes from the file; None where a rule about texts refuses it."""
    exporter = EXPORTERS[name]
    (row,) = exporter.rows(told)
    errors = set(rules(exporter.problems(row)))
    assert errors <= TEXT_RULES
    line = jsonl.dumps(row)
    assert len(line.decode().splitlines()) == 1
    return None if errors else exporter.read(next(jsonl.read_lines([line])))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", WEIGHTED)
@settings(max_examples=40)
@given(told=conversations(several=True))
def test_a_conversation_comes_back_with_its_weights(name: str, told: Example) -> None:
    read = read_back(name, told)
    if read is not None:
        has_ids = name in IDS
        assert plain(read.messages, True, has_ids) == plain(told.messages, True, has_ids)
        assert read.tools == told.tools


@pytest.mark.parametrize("name", UNWEIGHTED)
@settings(max_examples=40)
@given(data=st.data())
def test_what_may_be_learnt_comes_back(name: str, data: st.DataObject) -> None:
    has_calls = name == "gemini"
    told = data.draw(conversations(calls=has_calls, several=has_calls))
    kept = learnable(told.messages)
    if not kept:
        assert not list(EXPORTERS[name].rows(told))
        return
    read = read_back(name, told)
    if read is not None:
        assert plain(read.messages, ids=False) == plain(kept, ids=False)
        assert read.tools == told.tools


@pytest.mark.parametrize("name", OF_PAIRS)
@settings(max_examples=40)
@given(data=st.data())
def test_a_pair_comes_back(name: str, data: st.DataObject) -> None:
    told = data.draw(pairs(calls=name != "gemini_preference", weights=False))
    read = read_back(name, told)
    if read is not None:
        has_ids = name in IDS
        assert plain(read.messages, ids=has_ids) == plain(told.messages, ids=has_ids)
        assert (read.tools, read.rejected) == (told.tools, told.rejected)


@pytest.mark.parametrize("name", [*WEIGHTED, *UNWEIGHTED, *OF_PAIRS])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_awkward_texts_survive_or_are_refused(name: str, text: str) -> None:
    told = example(said("system", text), said("user", text), said("assistant", f"{text}."))
    if name in OF_PAIRS:
        told = told._replace(rejected=f"{text}!")
    read = read_back(name, told)
    if read is None:
        assert name == "nova"
        assert "user:" in text.lower()
        return
    assert [message.content for message in read.messages] == [text, text, f"{text}."]
    assert read.rejected == told.rejected


@pytest.mark.parametrize("name", UNWEIGHTED)
def test_nothing_is_written_where_the_first_reply_shall_not_be_learnt(name: str) -> None:
    assert list(EXPORTERS[name].rows(FIRST_IS_BAD)) == []


@pytest.mark.parametrize("name", [*WEIGHTED, *UNWEIGHTED, *OF_PAIRS])
@pytest.mark.parametrize(
    "tools", [["f"], [None], [{"type": "function", "function": 1}], [{"name": "f"}]], ids=str
)
def test_tools_that_are_none_are_refused(name: str, tools: list[Any]) -> None:
    exporter = EXPORTERS[name]
    told = example(said("user", "Hi"), said("assistant", "Hello."), tools=tools)
    (row,) = exporter.rows(told._replace(rejected="What?" if name in OF_PAIRS else None))
    refused = "tool_no_function" in rules(exporter.problems(row))
    assert refused == ("tools" in exporter.carries)
