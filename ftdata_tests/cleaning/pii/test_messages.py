"""Redaction of columns."""

import pyarrow as pa

from ftdata.cleaning.pii.json_text import redact_json
from ftdata.cleaning.pii.messages import redact_lists, redact_messages, redact_texts
from ftdata.cleaning.pii.redact import redact_text
from ftdata.settings_pii import Pii
from ftdata_tests.cleaning.raw import message, raw_table, turns

ENTITIES = Pii().entities


def test_messages_are_redacted_and_counted_by_conversation():
    table = raw_table(
        turns("Hi", "Hello"),
        [],
        turns("I am bob@corp.org", "Hi bob@corp.org, (555) 123-4567?"),
        [message("assistant", None, tool_calls='[{"to":"bob@corp.org"}]')],
    )
    redacted = redact_messages(table.column("messages"), ENTITIES)
    texts = [[m["content"] for m in messages] for messages in redacted.column.to_pylist()]
    assert texts == [["Hi", "Hello"], [], ["I am [EMAIL]", "Hi [EMAIL], [PHONE]?"], [None]]
    assert redacted.column[3][0]["tool_calls"].as_py() == '[{"to":"[EMAIL]"}]'
    assert redacted.counts == {2: {"EMAIL": 2, "PHONE": 1}, 3: {"EMAIL": 1}}


def test_a_slice_of_a_column_is_read_where_it_lies():
    table = raw_table(turns("one@corp.org", "x"), turns("a", "b"), turns("two@corp.org", "y"))
    redacted = redact_messages(table.column("messages").slice(1), ENTITIES)
    assert redacted.counts == {1: {"EMAIL": 1}}
    assert [m["content"] for m in redacted.column[1].as_py()] == ["[EMAIL]", "y"]


def test_a_json_column_keeps_its_nulls():
    redacted = redact_texts(pa.array([None, '{"a":"bob@corp.org"}', "{}"]), ENTITIES, redact_json)
    assert redacted.column.to_pylist() == [None, '{"a":"[EMAIL]"}', "{}"]
    assert redacted.counts == {1: {"EMAIL": 1}}


def test_a_column_of_lists_is_redacted_and_counted_by_row():
    lists = pa.array([["a"], [], ["b", "bob@corp.org"], ["amy@corp.org"]], pa.list_(pa.string()))
    redacted = redact_lists(lists.slice(1), ENTITIES, redact_text)
    assert redacted.column.to_pylist() == [[], ["b", "[EMAIL]"], ["[EMAIL]"]]
    assert redacted.counts == {1: {"EMAIL": 1}, 2: {"EMAIL": 1}}
