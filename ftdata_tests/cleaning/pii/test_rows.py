"""Redaction of conversations: what is known of one is found in all of its texts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.pii.rows import Redactor
from ftdata.settings_pii import Pii
from ftdata.tables import from_rows
from ftdata_tests.cleaning.pii.planted import TEXTS
from ftdata_tests.cleaning.raw import message, raw_row, raw_table, turns

KEY = b"a key of sixteen"


def redact(*rows, key=None, **options):
    return Redactor(Pii(**options), key).redact(from_rows("raw_logs", list(rows)))


def texts(redacted, row=0):
    return [message["content"] for message in redacted.table.column("messages")[row].as_py()]


def test_messages_are_redacted_and_counted_by_conversation():
    table = raw_table(
        turns("Hi", "Hello"),
        [],
        turns("I am at bob@corp.org", "Hi bob@corp.org, call (555) 123-4567?"),
        [message("assistant", None, tool_calls='[{"to":"bob@corp.org"}]')],
    )
    redacted = Redactor(Pii()).redact(table)
    assert [texts(redacted, row) for row in range(4)] == [
        ["Hi", "Hello"], [], ["I am at [EMAIL]", "Hi [EMAIL], call [PHONE]?"], [None]
    ]  # fmt: skip
    calls = redacted.table.column("messages")[3][0]["tool_calls"].as_py()
    assert calls == '[{"to":"[EMAIL]"}]'
    assert redacted.counts == [{}, {}, {"EMAIL": 2, "PHONE": 1}, {"EMAIL": 1}]


def test_every_text_of_a_row_is_redacted():
    row = raw_row(
        0, [message("user", "x"), message("tool", "y", name="bob@corp.org")],
        metadata='{"to":"bob@corp.org"}', tools='[{"d":"bob@corp.org"}]',
        category="for bob@corp.org", model="bob@corp.org",
        conversation_id="chat-bob@corp.org", record_ids=["a", "bob@corp.org"],
    )  # fmt: skip
    redacted = redact(row)
    left = json.dumps(redacted.table.drop_columns(["origins"]).to_pylist(), default=str)
    assert "bob" not in left
    assert redacted.counts == [{"EMAIL": 7}]
    assert redacted.table.column("record_ids").to_pylist()[0][0] == "a"


def test_a_name_is_carried_over_the_whole_conversation():
    row = raw_row(
        0,
        [
            message("user", "My name is Yusuf Rossi."),
            message("assistant", "Thank you, Yusuf."),
            message("user", "yusuf rossi is right; the Rossi account, not Rossini's"),
            message("assistant", None, tool_calls='[{"args":{"surname":"Rossi"}}]'),
        ],
    )
    redacted = redact(row)
    assert texts(redacted)[:3] == [
        "My name is [PERSON].", "Thank you, [PERSON].",
        "[PERSON] is right; the [PERSON] account, not Rossini's",
    ]  # fmt: skip
    assert "Rossi" not in redacted.table.column("messages")[0][3]["tool_calls"].as_py()


def test_fields_of_the_log_are_looked_for_in_the_texts():
    row = raw_row(
        0, turns("It is for Zorblat Quix, user zq_4711.", "Hello Zorblat, zq_4711 it is"),
        metadata='{"customer": {"full_name": "Zorblat Quix", "id": 7}, "plan": "Quix"}',
        user_id="zq_4711", conversation_id="zq_4711-3",
    )  # fmt: skip
    redacted = redact(row)
    assert texts(redacted) == ["It is for [PERSON], user [USER].", "Hello [PERSON], [USER] it is"]
    assert redacted.table.column("metadata")[0].as_py() == (
        '{"customer": {"full_name": "[PERSON]", "id": "[USER]"}, "plan": "[PERSON]"}'
    )
    assert redacted.table.column("conversation_id")[0].as_py().startswith("redacted-")


@pytest.mark.parametrize("user", ["7", "admin", "test"])
def test_a_user_id_that_is_a_word_or_a_digit_is_not_looked_for(user):
    said = ["7 admins test it", "an admin, 7 test"]
    assert texts(redact(raw_row(0, turns(*said), user_id=user))) == said


def test_a_field_is_private_where_it_stands_even_when_it_is_too_common_to_be_looked_for():
    row = raw_row(0, turns("al is here", "yes"), metadata='{"name":"al","user_id":7}')
    redacted = redact(row)
    assert texts(redacted) == ["al is here", "yes"]
    assert redacted.table.column("metadata")[0].as_py() == '{"name":"[PERSON]","user_id":"[USER]"}'


@pytest.mark.parametrize(
    "metadata",
    [
        '{"userId":"%s"}', '{"user-id":"%s"}', '{"USER_ID":"%s"}', '{"user.id":"%s"}',
        '{"session":{"user":{"id":"%s"}}}', '{"raw":"{\\"user_id\\":\\"%s\\"}"}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("user", ["zq_4711", "7"])
def test_a_field_is_known_however_its_name_is_written(metadata, user):
    row = raw_row(0, turns("I am zq_4711", "7 it is"), metadata=metadata % user)
    redacted = redact(row)
    assert redacted.table.column("metadata")[0].as_py() == metadata % "[USER]"
    assert texts(redacted)[0] == ("I am zq_4711" if user == "7" else "I am [USER]")


@pytest.mark.parametrize("number", ["12345678901234567890123", "-5.5e300", "4711.0", "4711"])
def test_a_field_may_be_any_number(number):
    row = raw_row(0, turns("12345678901234567890123", "ok"), metadata=f'{{"userId":{number}}}')
    redacted = redact(row)
    assert redacted.table.column("metadata")[0].as_py() == '{"userId":"[USER]"}'
    assert (texts(redacted)[0] == "[USER]") == (len(number) > 20)


def test_fields_of_users_are_known_in_what_tools_are_told_and_answer():
    arguments = json.dumps({"user_id": "mia_li_36", "name": "Blue pencil", "login": "Log in"})
    calls = json.dumps([{"function": {"name": "find_user", "arguments": arguments}}])
    row = raw_row(
        0, [message("user", "It is for mia_li_36"), message("assistant", None, tool_calls=calls),
            message("tool", '{"user": {"id": 36, "items": ["user_id"]}}')],
        tools='[{"parameters":{"user_id":{"type":"string"},"login":"mia"}}]',
    )  # fmt: skip
    table = redact(row).table
    user, assistant, tool = table.column("messages")[0].as_py()
    assert user["content"] == "It is for [USER]"
    assert assistant["tool_calls"] == calls.replace("mia_li_36", "[USER]")
    assert tool["content"] == '{"user": {"id": "[USER]", "items": ["user_id"]}}'
    assert table.column("tools")[0].as_py() == row["tools"]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (r'{"to": "Zo\u00eb Garc\u00eda", "n": [1.0]}', '{"to": "[PERSON]", "n": [1.0]}'),
        (r' [ "bob\u0040corp.org" , 2 ]', ' [ "[EMAIL]" , 2 ]'),
        (r'{"a": "caf\u00e9",  "n": 1e5}', r'{"a": "caf\u00e9",  "n": 1e5}'),
        ("{name} is bob@corp.org", "{name} is [EMAIL]"),
    ],
)
@pytest.mark.parametrize("role", ["tool", "user"])
def test_a_message_that_is_json_stays_json(role, content, shown):
    row = raw_row(0, [message("user", "My name is Zoë García"), message(role, content)])
    assert texts(redact(row))[1] == shown


@pytest.mark.parametrize(
    ("user", "said", "shown"),
    [
        ("mariagonzalez", "it is MariaGonzalez", "it is [USER]"),
        ("support", "ask support", "ask support"),
        ("Customer", "a customer", "a customer"),
        ("2025", "since 2025", "since 2025"),
        ("20251", "box 20251", "box [USER]"),
    ],
)
def test_a_user_id_is_looked_for_where_it_can_be_no_word_and_no_year(user, said, shown):
    row = raw_row(0, turns(said, "ok"), metadata=f'{{"user_id":"{user}"}}', user_id=user)
    redacted = redact(row)
    assert texts(redacted)[0] == shown
    assert redacted.table.column("metadata")[0].as_py() == '{"user_id":"[USER]"}'


def test_four_digits_of_a_user_go_from_ids_where_they_stand_apart():
    row = raw_row(0, turns("a", "b"), user_id="2025", conversation_id="c-2025-1",
                  record_ids=["20250301"])  # fmt: skip
    table = redact(row).table
    assert table.column("conversation_id")[0].as_py().startswith("redacted-")
    assert table.column("record_ids")[0].as_py() == ["20250301"]


def test_what_is_allowed_stays_in_fields_and_ids():
    row = raw_row(
        0, turns("Zorblat Quix of zq_bot1", "Zorblat"), user_id="zq_bot1",
        metadata='{"customer":"Zorblat Quix","user_id":"zq_bot1"}',
        conversation_id="zq_bot1-2", record_ids=["help@corp.org"],
    )  # fmt: skip
    allow = {"PERSON": ("zorblat quix",), "USER": ("ZQ_BOT1",), "EMAIL": ("help@corp.org",)}
    redacted = redact(row, allow=allow)
    assert redacted.counts == [{}]
    kept = redacted.table.select(["conversation_id", "record_ids", "metadata"]).to_pylist()[0]
    assert kept == {name: row[name] for name in kept}
    assert texts(redacted) == ["Zorblat Quix of zq_bot1", "Zorblat"]


def test_of_a_name_what_is_allowed_stays():
    row = raw_row(0, turns("Ask Quix or Zorblat", "ok"), metadata='{"customer":"Zorblat Quix"}')
    assert texts(redact(row, allow={"PERSON": ("quix",)}))[0] == "Ask Quix or [PERSON]"


def test_what_is_denied_goes_from_ids_too_and_the_longest_goes():
    row = raw_row(0, turns("Falcon Nine, falcon", "ok"), conversation_id="x_falcon_2",
                  record_ids=["falcons-2"])  # fmt: skip
    redacted = redact(row, deny={"SECRET": (" falcon ", "falcon nine")})
    assert texts(redacted)[0] == "[SECRET], [SECRET]"
    assert redacted.table.column("conversation_id")[0].as_py().startswith("redacted-")
    assert redacted.table.column("record_ids")[0].as_py() == ["falcons-2"]


def test_own_fields_may_be_paths_and_of_any_kind():
    row = raw_row(0, turns("Box 9, Elm", "ok"), metadata='{"ship":{"to":"Box 9, Elm"},"to":"x1"}')
    redacted = redact(row, fields={"ADDRESS": ("ship.to",)})
    assert texts(redacted) == ["[ADDRESS]", "ok"]
    assert redacted.table.column("metadata")[0].as_py() == '{"ship":{"to":"[ADDRESS]"},"to":"x1"}'


def test_numbers_are_the_same_for_the_same_value_of_a_conversation():
    rows = [
        raw_row(0, turns("a@x.com b@x.com", "A@x.com"), metadata='{"e":"b@x.com"}'),
        raw_row(1, turns("b@x.com", "ok")),
    ]
    redacted = redact(*rows, mode="number")
    assert [texts(redacted, row) for row in (0, 1)] == [
        ["[EMAIL_1] [EMAIL_2]", "[EMAIL_1]"], ["[EMAIL_1]", "ok"]
    ]  # fmt: skip
    assert redacted.table.column("metadata")[0].as_py() == '{"e":"[EMAIL_2]"}'


def test_a_part_of_a_name_has_the_number_of_the_name():
    redacted = redact(raw_row(0, turns("My name is Yusuf Rossi", "Hello Yusuf")), mode="number")
    assert texts(redacted) == ["My name is [PERSON_1]", "Hello [PERSON_1]"]


def test_modes_are_per_entity():
    row = raw_row(0, turns("bob@corp.org, 4111 1111 1111 1111, 93.184.216.34", "ok"))
    redacted = redact(row, modes={"CREDIT_CARD": "mask", "IP": "report"})
    assert texts(redacted)[0] == "[EMAIL], **** **** **** 1111, 93.184.216.34"
    assert redacted.counts == [{"EMAIL": 1, "CREDIT_CARD": 1, "IP": 1}]


def test_hashes_and_surrogates_depend_on_the_key_and_the_value_alone():
    row = raw_row(0, turns("bob@corp.org and BOB@corp.org", "amy@corp.org"))
    for mode in ("hash", "surrogate"):
        first, second = (texts(redact(row, mode=mode, key=KEY)) for _ in range(2))
        other = texts(redact(row, mode=mode, key=b"another key of 16"))
        one, two = first[0].split(" and ")
        assert one == two != first[1]
        assert first == second != other


def test_what_is_allowed_stays_and_what_is_denied_goes():
    row = raw_row(0, turns("help@corp.org, bob@corp.org; Project Falcon; falcons", "ok"))
    redacted = redact(
        row, allow={"EMAIL": ("HELP@corp.org",)}, deny={"SECRET": ("project falcon",)}
    )
    assert texts(redacted)[0] == "help@corp.org, [EMAIL]; [SECRET]; falcons"


def test_reserved_values_stay_unless_asked_for():
    row = raw_row(0, turns("me@example.com at 10.0.0.1", "ok"))
    assert texts(redact(row))[0] == "me@example.com at 10.0.0.1"
    assert texts(redact(row, keep_reserved=False))[0] == "[EMAIL] at [IP]"


def test_a_slice_of_a_table_is_read_where_it_lies():
    table = raw_table(turns("one@corp.org", "x"), turns("a", "b"), turns("two@corp.org", "y"))
    redacted = Redactor(Pii()).redact(table.slice(1))
    assert redacted.counts == [{}, {"EMAIL": 1}]
    assert [texts(redacted, row) for row in (0, 1)] == [["a", "b"], ["[EMAIL]", "y"]]


@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_twice_is_once(contents):
    once = Redactor(Pii()).redact(raw_table(turns(*contents)))
    twice = Redactor(Pii()).redact(once.table)
    assert twice.table.equals(once.table)
    assert twice.counts == [{}]


def test_a_call_and_its_result_stay_together():
    call = '[{"id":"call_bob@corp.org","type":"function"}]'
    row = raw_row(
        0, [message("user", "x"), message("assistant", None, tool_calls=call),
            message("tool", "done", tool_call_id="call_bob@corp.org")],
    )  # fmt: skip
    said = redact(row).table.column("messages")[0].as_py()
    assert '"id":"[EMAIL]"' in said[1]["tool_calls"]
    assert said[2]["tool_call_id"] == "[EMAIL]"


@pytest.mark.parametrize("user", ["marcelofz", "zq_4711", "QX-1234"])
def test_a_user_id_goes_from_ids_that_are_made_of_it(user):
    ids = {"conversation_id": f"{user}_20250301", "record_ids": [f"a{user}_1", "b-2"]}
    table = redact(raw_row(0, turns("hi", "yes"), user_id=user, **ids)).table
    assert table.column("conversation_id")[0].as_py().startswith("redacted-")
    first, second = table.column("record_ids")[0].as_py()
    assert first.startswith("redacted-")
    assert second == "b-2"
