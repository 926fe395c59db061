"""Laws that hold for every target of an open trainer: rows are right, and say what was said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata import jsonl
from ftdata.release.examples import Example, Message
from ftdata.release.exports import EXPORTERS
from ftdata.release.exports.exporter import Exporter, Problem, Reading
from ftdata_tests.release.exports.conversations import (
    TEXTS,
    conversations,
    example,
    pairs,
    plain,
    rules,
    said,
)
from ftdata_tests.release.exports.test_chat_template import JSON

WHOLE = ("trl", "unsloth", "nemo", "axolotl")
TURNS = ("trl_prompt_completion", "mlx")
NUMBERED = ("sharegpt", "llama_factory")
PAIRS = ("trl_preference", "trl_unpaired", "llama_factory_preference", "axolotl_preference")
TRAINERS = (*WHOLE, *TURNS, *NUMBERED, "alpaca", *PAIRS)


def rows_of(exporter: Exporter, given_example: Example) -> list[dict[str, Any]]:
    """The rows, as they come back from the file; none of them is refused."""
    made = list(exporter.rows(given_example))
    assert not [problem for problem in made if isinstance(problem, Problem)]
    assert not [rule for row in made for rule in rules(exporter.problems(row))]
    lines = [jsonl.dumps(row) for row in made]
    assert all(len(line.decode().splitlines()) == 1 for line in lines)
    return [next(jsonl.read_lines([line])) for line in lines]  # type: ignore[arg-type]


def readings(name: str, given_example: Example) -> list[Reading]:
    exporter = EXPORTERS[name]
    return [exporter.read(row) for row in rows_of(exporter, given_example)]


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=25)
@given(told=conversations(several=True))
def test_a_conversation_comes_back_whole(name: str, told: Example) -> None:
    (read,) = readings(name, told)
    weights = "weights" in EXPORTERS[name].carries
    assert plain(read.messages, weights) == plain(told.messages, weights)
    assert read.tools == told.tools


@pytest.mark.parametrize("name", TURNS)
@settings(max_examples=25)
@given(told=conversations(several=True))
def test_each_trained_reply_comes_back_with_what_was_before(name: str, told: Example) -> None:
    trained = [place for place, message in enumerate(told.messages) if message.is_trained]
    read = readings(name, told)
    assert len(read) == len(trained)
    for one, place in zip(read, trained, strict=True):
        assert plain(one.messages) == plain(told.messages[: place + 1])
        assert [m.is_trained for m in one.messages] == [False] * place + [True]
        assert one.tools == told.tools


@pytest.mark.parametrize("name", NUMBERED)
@settings(max_examples=25)
@given(told=conversations())
def test_calls_come_back_under_other_ids(name: str, told: Example) -> None:
    (read,) = readings(name, told)
    assert plain(read.messages, ids=False) == plain(told.messages, ids=False)
    called = [one["id"] for m in read.messages for one in m.tool_calls or ()]
    assert [m.tool_call_id for m in read.messages if m.role == "tool"] == called
    assert len(set(called)) == len(called)
    assert read.tools == told.tools


@settings(max_examples=25)
@given(told=conversations(calls=False))
def test_alpaca_gives_turns_back(told: Example) -> None:
    (read,) = readings("alpaca", told)
    assert plain(read.messages) == plain(told.messages)


@pytest.mark.parametrize("name", PAIRS)
@settings(max_examples=25)
@given(data=st.data())
def test_a_pair_comes_back(name: str, data: st.DataObject) -> None:
    ids = name.startswith("trl")
    told = data.draw(pairs(calls=name != "axolotl_preference", several=ids))
    if name == "axolotl_preference":
        said_last = (told.messages[-1].content or "", told.rejected or "")
        told = told._replace(rejected=f"{said_last[1]} ({said_last[0]!r:.40}) §")
        told.messages[-1] = said("assistant", f"§ {said_last[0]}")
    read = readings(name, told)
    if name == "trl_unpaired":
        good, bad = read
        assert bad.messages == good.messages[:-1]
        read = [good._replace(rejected=bad.rejected)]
    (one,) = read
    assert plain(one.messages, ids=ids) == plain(told.messages, ids=ids)
    assert one.rejected == told.rejected
    assert one.tools == (told.tools if name != "axolotl_preference" else None)


@pytest.mark.parametrize("name", TRAINERS)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_awkward_texts_survive(name: str, text: str) -> None:
    told = example(said("system", text), said("user", text), said("assistant", f"{text}."))
    if name in PAIRS:
        told = told._replace(rejected=f"{text}!")
    for read in readings(name, told):
        assert all(m.content in (text, f"{text}.") for m in read.messages)
        assert read.rejected in (None, f"{text}!")


@pytest.mark.parametrize("name", [name for name in TRAINERS if name not in ("unsloth", "nemo")])
@settings(max_examples=25)
@given(value=JSON)
def test_no_value_makes_the_rules_fail(name: str, value: Any) -> None:
    check: Callable[[Any], Any] = EXPORTERS[name].problems
    assert all(problem.rule and problem.message for problem in check(value))


@pytest.mark.parametrize("name", [name for name in TRAINERS if name not in PAIRS])
def test_an_example_without_a_trained_reply_has_no_row(name: str) -> None:
    silent = example(said("user", "Hi"), Message("assistant", "No.", 0, None, None, None))
    assert not list(EXPORTERS[name].rows(silent))
