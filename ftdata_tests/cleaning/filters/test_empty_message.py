"""Empty messages."""

from ftdata.cleaning.conversations import read_conversations
from ftdata.cleaning.filters.empty_message import find_empty_messages
from ftdata.settings_cleaning import Cleaning
from ftdata_tests.cleaning.raw import message, raw_table, turns


def test_a_user_or_assistant_message_says_something_or_calls_a_tool():
    table = raw_table(
        turns("Hi", "Hello"),
        turns("Hi", "", "Hi?", " "),
        [message("user", "Hi"), message("assistant", None, tool_calls='[{"id":"1"}]')],
        [message("user", "Hi"), message("assistant", None, tool_calls="[]")],
        [message("system", ""), *turns("Hi", "Hello")],
    )
    refusals = find_empty_messages(read_conversations(table.column("messages")), Cleaning())
    assert refusals == [
        None,
        ("empty_message", "2 without text"),
        None,
        ("empty_message", "1 without text"),
        None,
    ]
