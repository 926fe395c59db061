"""Both sides speak."""

from ftdata.cleaning.conversations import read_conversations
from ftdata.cleaning.filters.roles import find_missing_roles
from ftdata.settings_cleaning import Cleaning
from ftdata_tests.cleaning.raw import message, raw_table, turns


def test_both_sides_must_speak():
    table = raw_table(
        turns("Hi", "Hello"), turns("Hi"), [message("assistant", "Hello")], [message("tool", "{}")]
    )
    refusals = find_missing_roles(read_conversations(table.column("messages")), Cleaning())
    assert refusals == [None, ("no_reply", None), ("no_user_message", None),
                        ("no_user_message", None)]  # fmt: skip
