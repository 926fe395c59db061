"""Personal data in rows: found with its line and kind, never shown."""

from ftdata.checking.personal import open_look
from ftdata.release.examples import Message
from ftdata.release.exports.exporter import Reading
from ftdata.settings_pii import Pii
from ftdata_tests.checking.rows import reading

ADDRESS = "jo.miller@northwind-mail.org"
CALL = [{"id": "c", "function": {"name": "mail", "arguments": f'{{"to": "{ADDRESS}"}}'}}]


def look(*readings, options=None):
    return list(open_look(options or Pii())(readings, range(1, len(readings) + 1)))


def test_a_find_is_told_with_line_and_message_and_masked():
    (found,) = look(reading("Hi", "Hello."), reading(f"Write to {ADDRESS}", "Done."))
    assert (found.line, found.rule, found.level) == (2, "personal_data_email", "warning")
    assert found.where == "message 1 (user)"
    assert "**.******@*********-****.***" in found.message
    assert "miller" not in found.message


def test_every_row_is_told_and_a_kind_once_for_a_message():
    text = f"{ADDRESS} or {ADDRESS}"
    assert [one.line for one in look(reading(text, "Yes."), reading(text, "No."))] == [1, 2]


def test_tool_calls_and_rejected_replies_are_searched():
    called = Reading([Message("assistant", None, 1, CALL, None, None)], rejected=ADDRESS)
    assert [one.where for one in look(called)] == ["message 1 (tool calls)", "the rejected reply"]


def test_what_the_settings_allow_is_not_told():
    options = Pii(allow={"EMAIL": (ADDRESS,)})
    assert look(reading(ADDRESS, "Yes."), options=options) == []


def test_what_is_nobodys_is_not_told():
    assert look(reading("Write to bob@example.com", "Order 48213 is on its way.")) == []
