"""The owner's patterns."""

from ftdata.cleaning.conversations import read_conversations
from ftdata.cleaning.filters.patterns import find_patterns
from ftdata.settings_cleaning import Cleaning
from ftdata_tests.cleaning.raw import raw_table, turns


def test_the_first_pattern_found_in_any_message_is_named():
    options = Cleaning(drop_patterns=(r"(?i)lorem ipsum", r"^TEST\b"))
    table = raw_table(
        turns("TEST Lorem Ipsum", "ok"), turns("hello", "TEST of it"), turns("a TEST", "ok")
    )
    refusals = find_patterns(read_conversations(table.column("messages")), options)
    assert refusals == [("pattern", r"(?i)lorem ipsum"), ("pattern", r"^TEST\b"), None]
