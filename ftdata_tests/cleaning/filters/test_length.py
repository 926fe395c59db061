"""Length: each bound has its own reason."""

from ftdata.cleaning.conversations import read_conversations
from ftdata.cleaning.filters.length import find_lengths
from ftdata.settings_cleaning import Cleaning
from ftdata_tests.cleaning.raw import message, raw_table, turns

OPTIONS = Cleaning(min_prompt_chars=10, min_response_chars=5, max_chars=100)


def refused(messages, options=OPTIONS):
    table = raw_table(messages)
    return find_lengths(read_conversations(table.column("messages")), options)[0]


def test_turns_are_measured_together():
    assert refused(turns("12345", "123", "12345", "12")) is None
    assert refused(turns("12345", "12345", "1234", "1")) == (
        "prompt_too_short", "9 characters, under 10"
    )  # fmt: skip
    assert refused(turns("1234567890", "1234")) == (
        "response_too_short", "4 characters, under 5"
    )  # fmt: skip
    assert refused(turns("x" * 50, "y" * 51)) == (
        "conversation_too_long", "101 characters, over 100"
    )  # fmt: skip
    assert refused(turns("x" * 50, "y" * 50)) is None


def test_tool_calls_are_a_reply():
    called = message("assistant", None, tool_calls='[{"id":"1"}]')
    assert refused([message("user", "1234567890"), called]) is None
