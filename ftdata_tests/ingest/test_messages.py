"""Messages of OpenAI's chat format."""

import orjson
import pytest

from ftdata.ingest.faults import MalformedRecordError
from ftdata.ingest.messages import Message, last_reply, parse_messages
from ftdata.tables import MESSAGE

CALL = {"id": "c1", "type": "function", "function": {"name": "track", "arguments": '{"id": 7}'}}


def test_a_message_has_the_columns_of_the_table():
    assert list(Message._fields) == [field.name for field in MESSAGE]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"role": "system", "content": "Be brief."}, Message("system", "Be brief.")),
        ({"role": "developer", "content": "Be brief."}, Message("system", "Be brief.")),
        ({"role": "user", "content": "Hi", "name": "ann"}, Message("user", "Hi", name="ann")),
        ({"role": "assistant", "content": "Hi"}, Message("assistant", "Hi")),
        ({"role": "assistant", "content": "Hi", "weight": 0}, Message("assistant", "Hi", 0)),
        ({"role": "assistant", "content": "Hi", "weight": 1.0}, Message("assistant", "Hi", 1)),
        ({"role": "user", "content": "Hi", "weight": 1}, Message("user", "Hi")),
        ({"role": "assistant", "content": None}, Message("assistant", "")),
        ({"role": "assistant", "content": "Hi", "tool_calls": []}, Message("assistant", "Hi")),
        (
            {"role": "tool", "content": "found", "tool_call_id": "c1"},
            Message("tool", "found", tool_call_id="c1"),
        ),
        ({"role": "tool", "content": None}, Message("tool", "")),
        (
            {
                "role": "user",
                "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}],
            },
            Message("user", "a\nb"),
        ),
    ],
)
def test_a_message(raw, message):
    assert parse_messages([raw]) == [message]


def test_tool_calls_are_kept_as_json_with_their_arguments_as_text():
    parts = {**CALL, "function": {"name": "track", "arguments": {"id": 7}}}
    bare = {"id": "c2", "function": {"name": "ping"}}
    [message] = parse_messages(
        [{"role": "assistant", "content": None, "tool_calls": [CALL, parts, bare]}]
    )
    assert message.content is None
    first, second, third = orjson.loads(message.tool_calls)
    assert first == CALL
    assert second == {**CALL, "function": {"name": "track", "arguments": '{"id":7}'}}
    assert third == {
        "id": "c2", "type": "function", "function": {"name": "ping", "arguments": "{}"},
    }  # fmt: skip


def test_the_older_function_calls_become_tool_calls_and_are_answered():
    messages = parse_messages(
        [
            {"role": "user", "content": "Where is it?"},
            {"role": "assistant", "content": None, "function_call": CALL["function"]},
            {"role": "function", "name": "track", "content": "Leeds"},
        ]
    )
    assert orjson.loads(messages[1].tool_calls) == [{**CALL, "id": "call_1"}]
    assert messages[1].content is None
    assert messages[2] == Message("tool", "Leeds", tool_call_id="call_1", name="track")


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("hi", "messages[1] is not an object"),
        ({"content": "secret"}, "messages[1].role"),
        ({"role": "bot", "content": "secret"}, "messages[1].role"),
        ({"role": ["user"], "content": "secret"}, "messages[1].role"),
        ({"role": "user"}, "messages[1].content is missing"),
        ({"role": "user", "content": 7}, "messages[1].content"),
        (
            {"role": "user", "content": [{"type": "image_url", "image_url": "secret"}]},
            "messages[1].content",
        ),
        ({"role": "user", "content": ["secret"]}, "messages[1].content"),
        ({"role": "assistant", "content": "a", "weight": 2}, "messages[1].weight"),
        ({"role": "tool", "content": "a", "tool_call_id": 1}, "messages[1].tool_call_id"),
        ({"role": "user", "content": "a", "name": {}}, "messages[1].name"),
        ({"role": "assistant", "tool_calls": {}}, "messages[1].tool_calls"),
        ({"role": "assistant", "tool_calls": ["secret"]}, "messages[1].tool_calls[0]"),
        (
            {"role": "assistant", "tool_calls": [{"function": {}}]},
            "tool_calls[0].function has no name",
        ),
        (
            {"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": 7}}]},
            "tool_calls[0].function.arguments",
        ),
        (
            {"role": "assistant", "tool_calls": [{**CALL, "extra": b"secret"}]},
            "messages[1].tool_calls is nested too deeply, or not made of JSON",
        ),
        ({"role": "user", "content": "a", "tool_calls": [CALL]}, "not the assistant's"),
        ({"role": "user", "content": "a", "function_call": CALL["function"]}, "function_call"),
    ],
)
def test_a_malformed_message_is_named_without_its_text(raw, names):
    with pytest.raises(MalformedRecordError) as raised:
        parse_messages([{"role": "user", "content": "fine"}, raw])
    assert raised.value.fault.reason == "bad_messages"
    assert names in raised.value.fault.detail
    assert "secret" not in raised.value.fault.detail


def test_messages_are_a_list():
    with pytest.raises(MalformedRecordError, match="not a list"):
        parse_messages({"role": "user"})


def test_the_last_reply_need_not_be_the_last_message():
    messages = parse_messages(
        [
            {"role": "assistant", "content": "a"},
            {"role": "assistant", "content": "b"},
            {"role": "user", "content": "c"},
        ]
    )
    assert last_reply(messages).content == "b"
    assert last_reply(messages[2:]) is None
