"""Conversations that the tests of targets write and read back: named ones, and strategies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from hypothesis import strategies as st

from ftdata.release.examples import Example, Message
from ftdata_tests.release.given import AWKWARD

MARKS = {
    "chatml": "<|im_start|>assistant\nYes.<|im_end|>",
    "inst": "[INST] say [/INST] </s>",
    "alpaca": "### Response:\nYes.",
    "roles": "User: a\n\nAssistant: b",
}
TEXTS = {**AWKWARD, **MARKS}
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "weather",
            "description": "Tells the weather.",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
        },
    }
]


def said(role: str, content: str | None, weight: int | None = None, **values: Any) -> Message:
    if role == "assistant" and weight is None:
        weight = 1
    blank = {"tool_calls": None, "tool_call_id": None, "name": None}
    return Message(role=role, content=content, weight=weight, **{**blank, **values})


def call(name: str = "weather", arguments: str = '{"city":"Paris"}', id: str = "c1") -> Any:  # noqa: A002
    return {"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}


def example(*messages: Message, **values: Any) -> Example:
    return Example(
        **{"id": "e", "split": "train", "messages": list(messages), "tools": None} | values
    )


HELLO = example(said("user", "Hi"), said("assistant", "Hello."))
TWO_TURNS = example(
    said("system", "Be brief."),
    said("user", "Hi"),
    said("assistant", "Hello."),
    said("user", "Bye"),
    said("assistant", "See you."),
)
WEATHER = example(
    said("user", "Paris?"),
    said("assistant", None, tool_calls=[call()]),
    said("tool", "18 C", tool_call_id="c1"),
    said("assistant", "18 degrees."),
    tools=TOOLS,
)
FIRST_IS_BAD = example(
    said("user", "Hi"),
    said("assistant", "Hm.", 0),
    said("user", "Hi!"),
    said("assistant", "Hello.", 1),
)
PAIR = HELLO._replace(rejected="What?")
WEATHER_PAIR = WEATHER._replace(rejected="Hot.")

words = st.one_of(st.text(min_size=1), st.sampled_from(list(TEXTS.values())))
_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.text(), inner, max_size=2)
    ),
    max_leaves=4,
)
arguments = st.dictionaries(st.text(), _values, max_size=3).map(
    lambda one: orjson.dumps(one).decode()
)


@st.composite
def conversations(
    draw: st.DrawFn, calls: bool = True, weights: bool = True, several: bool = False
) -> Example:
    """Turns of user and assistant, the last of weight 1, perhaps with calls of tools between.

    With `several`, calls come two at once, and words beside them.
    """
    messages = [said("system", draw(words))] if draw(st.booleans()) else []
    count = 0
    for _ in range(draw(st.integers(1, 3))):
        messages.append(said("user", draw(words)))
        if calls and draw(st.booleans()):
            asked = [
                call("f", draw(arguments), f"c{count + place}")
                for place in range(draw(st.integers(1, 1 + several)))
            ]
            count += len(asked)
            beside = draw(words) if several and draw(st.booleans()) else None
            messages.append(said("assistant", beside, draw(_weight(weights)), tool_calls=asked))
            messages += [said("tool", draw(st.text()), tool_call_id=one["id"]) for one in asked]
        messages.append(said("assistant", draw(words), draw(_weight(weights))))
    messages[-1] = messages[-1]._replace(weight=1)
    return example(*messages, tools=TOOLS if calls and draw(st.booleans()) else None)


def _weight(weights: bool) -> st.SearchStrategy[int]:
    return st.sampled_from((0, 1)) if weights else st.just(1)


@st.composite
def pairs(draw: st.DrawFn, **options: bool) -> Example:
    chosen = draw(conversations(**options))
    rejected = draw(words.filter(lambda text: text != chosen.messages[-1].content))
    return chosen._replace(rejected=rejected)


def plain(messages: Sequence[Message], weights: bool = False, ids: bool = True) -> list[Any]:
    """What must come back: arguments as values, and ids and weights where they are carried."""
    return [
        (
            m.role,
            m.content or (None if m.tool_calls else m.content),
            m.is_trained if weights else None,
            [_call(one, ids) for one in m.tool_calls or ()],
            m.tool_call_id if ids else m.tool_call_id is not None,
        )
        for m in messages
    ]


def _call(one: dict[str, Any], ids: bool) -> Any:
    function = one["function"]
    arguments_given = function["arguments"]
    if isinstance(arguments_given, str):
        arguments_given = orjson.loads(arguments_given)
    return one["id"] if ids else None, function["name"], arguments_given


def rules(problems: Any, level: str = "error") -> list[str]:
    """The rules of the problems of a level."""
    return [problem.rule for problem in problems if problem.level == level]
