"""From columns to examples."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ftdata import tables
from ftdata.release.examples import Example, Message, read_rows
from ftdata_tests.release.given import WEB_1, chat, message, row

TEXTS = st.lists(st.text(), min_size=1, max_size=5)


@given(st.lists(TEXTS, max_size=6), st.data())
def test_messages_come_back_as_they_were_stored(
    conversations: list[list[str]], data: st.DataObject
) -> None:
    stored = [row(WEB_1, i, chat(*texts)) for i, texts in enumerate(conversations)]
    table = tables.from_rows("validated_splits", stored)
    start = data.draw(st.integers(0, len(stored)))
    read = list(read_rows(table.slice(start)))
    assert [[m.content for m in example.messages] for example in read] == conversations[start:]
    assert [example.id for example in read] == [values["id"] for values in stored[start:]]


def test_tool_calls_are_parsed_in_one_shape() -> None:
    calls = (
        '[{"function": {"arguments": {"b": 1, "a": [2]}, "name": "f"}, "id": "x", "index": 0},'
        ' {"id": "y", "type": "custom", "custom": {"name": "g", "input": "text"}}]'
    )
    stored = [row(WEB_1, 0, [message("assistant", None, tool_calls=calls)], tools="[]")]
    (example,) = read_rows(tables.from_rows("validated_splits", stored))
    assert example == Example(
        id="web-01-0",
        split="train",
        messages=[
            Message(
                role="assistant",
                content=None,
                weight=1,
                tool_calls=[
                    {
                        "id": "x",
                        "type": "function",
                        "function": {"name": "f", "arguments": '{"b":1,"a":[2]}'},
                    },
                    {"id": "y", "type": "custom", "custom": {"name": "g", "input": "text"}},
                ],
                tool_call_id=None,
                name=None,
            )
        ],
        tools=None,
        tokens=10,
        source="web",
        tags=(("category", "billing"),),
    )


def test_arguments_that_are_a_string_already_stay_as_they_are() -> None:
    calls = '[{"id": "x", "function": {"name": "f", "arguments": "{ \\"a\\" : 1 }"}}]'
    stored = [row(WEB_1, 0, [message("assistant", None, tool_calls=calls)])]
    (example,) = read_rows(tables.from_rows("validated_splits", stored))
    found = example.messages[0].tool_calls
    assert found is not None
    assert found[0]["function"]["arguments"] == '{ "a" : 1 }'
