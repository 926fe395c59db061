"""One object as a typed record: fields, types, names, ids."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.ingest.faults import Fault
from ftdata.ingest.messages import Message
from ftdata.ingest.records import RecordParser, is_error

FILE = "raw/web/2025-03-01.jsonl"
BARE = {"id": "a", "prompt": "Where is my order?", "response": "On its way."}
LISTED = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]


def parse(values, fields=None, source="web", file=FILE):
    return RecordParser(source, fields or {}).parse(values, file)


def test_a_bare_record():
    record = parse(BARE)
    assert record.id == "a"
    assert record.messages == [
        Message("user", "Where is my order?"),
        Message("assistant", "On its way."),
    ]
    assert not record.holds_list
    assert not record.has_error
    absent = ("conversation_id", "timestamp", "user_rating", "category", "model", "user_id")
    assert [getattr(record, name) for name in (*absent, "metadata", "tools")] == [None] * 8


def test_a_full_record():
    record = parse(
        {
            **BARE, "conversation_id": 7, "timestamp": "2025-03-01T09:00:00+01:00",
            "user_rating": 4, "category": "orders", "model": 4.5, "error": "timeout", "user_id": 12,
            "metadata": {"region": "eu", "n": [1]}, "tools": [{"type": "function"}],
        }
    )  # fmt: skip
    assert record.conversation_id == "7"
    assert record.timestamp == dt.datetime(2025, 3, 1, 8, tzinfo=dt.UTC)
    assert (record.user_rating, record.category, record.model) == (4.0, "orders", "4.5")
    assert (record.user_id, record.has_error) == ("12", True)
    assert (record.metadata, record.tools) == ('{"region":"eu","n":[1]}', '[{"type":"function"}]')


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("id", True, "wrong_type"),
        ("id", 1.5, "wrong_type"),
        ("id", 1e300, "wrong_type"),
        ("id", ["x"], "wrong_type"),
        ("conversation_id", {}, "wrong_type"),
        ("user_id", False, "wrong_type"),
        ("timestamp", "soon", "bad_time"),
        ("prompt", 7, "wrong_type"),
        ("prompt", ["x"], "wrong_type"),
        ("prompt", None, "missing_field"),
        ("response", 7, "wrong_type"),
        ("response", {"text": "x"}, "wrong_type"),
        ("user_rating", True, "wrong_type"),
        ("user_rating", "good", "wrong_type"),
        ("user_rating", "nan", "wrong_type"),
        ("user_rating", [4], "wrong_type"),
        ("category", True, "wrong_type"),
        ("category", ["x"], "wrong_type"),
        ("model", {}, "wrong_type"),
        ("metadata", [1], "wrong_type"),
        ("metadata", "free text", "wrong_type"),
        ("metadata", "[1]", "wrong_type"),
        ("metadata", 7, "wrong_type"),
        ("metadata", {"x": b"bytes"}, "wrong_type"),
        ("tools", {}, "wrong_type"),
        ("messages", {}, "bad_messages"),
        ("messages", "free text", "wrong_type"),
    ],
)
def test_a_wrong_field_is_named_and_its_value_is_not(field, value, reason):
    fault = parse({**BARE, field: value})
    assert isinstance(fault, Fault)
    assert fault.reason == reason
    assert field in fault.detail
    assert "free text" not in fault.detail
    assert "soon" not in fault.detail


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"id": "a"}, "prompt"),
        ({"prompt": "x"}, "response"),
        ({"response": "x"}, "prompt"),
        ({"messages": None}, "prompt"),
    ],
)
def test_a_record_needs_messages_or_prompt_and_response(values, names):
    fault = parse(values)
    assert fault.reason == "missing_field"
    assert names in fault.detail


def test_a_null_response_is_no_fault():
    assert parse({**BARE, "response": None}).messages[1].content == ""


@pytest.mark.parametrize(
    ("value", "text"), [("x", "x"), (7, "7"), (7.0, "7"), (Decimal(7), "7"), ("007", "007")]
)
def test_ids_are_text_or_whole_numbers(value, text):
    record = parse({**BARE, "id": value, "conversation_id": value, "user_id": value})
    assert (record.id, record.conversation_id, record.user_id) == (text, text, text)


@pytest.mark.parametrize(
    ("value", "rating"),
    [(4, 4.0), (4.5, 4.5), ("4", 4.0), ("-1.5", -1.5), (None, None), ("", None)],
)
def test_ratings_are_numbers_or_their_text(value, rating):
    assert parse({**BARE, "user_rating": value}).user_rating == rating


@pytest.mark.parametrize("value", [None, "", "  ", False, 0, "false", "False"])
def test_what_is_no_error(value):
    assert not is_error(value)


@pytest.mark.parametrize("value", ["timeout", True, 1, {"code": 500}, {}, ["x"]])
def test_what_is_an_error(value):
    assert is_error(value)


def test_messages_win_over_prompt_and_response():
    record = parse({**BARE, "messages": LISTED})
    assert record.messages == [Message("user", "Hi"), Message("assistant", "Hello")]
    assert record.holds_list


def test_the_response_beside_a_list_that_waits_for_one_is_its_answer():
    values = {"messages": LISTED[:1], "response": "Hello"}
    assert parse(values).messages == [Message("user", "Hi"), Message("assistant", "Hello")]
    assert parse({**values, "response": None}).messages == [Message("user", "Hi")]


def test_nested_values_may_be_json_text_as_in_a_csv_cell():
    record = parse(
        {"messages": '[{"role": "user", "content": "Hi"}]', "metadata": '{"a": 1}', "tools": "[]"}
    )
    assert (record.messages, record.metadata, record.tools) == (
        [Message("user", "Hi")],
        '{"a":1}',
        "[]",
    )


def test_a_source_has_names_of_its_own_and_dots_reach_into_objects():
    fields = {
        "id": "request.id", "prompt": "input.text.body", "response": "output", "model": "a.b",
        "category": "a.missing", "user_rating": "output.stars",
    }  # fmt: skip
    values = {
        "request": {"id": 9}, "input": {"text": {"body": "Hi"}}, "output": "Hello",
        "a.b": "exact", "a": {"b": "nested"}, "prompt": "not this one",
    }  # fmt: skip
    record = parse(values, fields)
    assert (record.id, record.model, record.category, record.user_rating) == (
        "9",
        "exact",
        None,
        None,
    )
    assert [m.content for m in record.messages] == ["Hi", "Hello"]


def test_a_mapped_field_does_not_fall_back_to_the_usual_name():
    assert parse(BARE, {"prompt": "question"}).reason == "missing_field"


def test_a_null_at_the_end_of_a_path_is_a_null():
    record = parse({"q": "Hi", "out": {"text": None}}, {"prompt": "q", "response": "out.text"})
    assert record.messages[1].content == ""


def test_an_id_is_made_of_source_file_and_content():
    bare = {key: value for key, value in BARE.items() if key != "id"}
    made = parse(bare).id
    assert len(made) == 16
    assert made == parse(dict(reversed(bare.items()))).id
    others = {
        parse({**bare, "response": "Lost."}).id,
        parse({**bare, "trace": 1}).id,
        parse(bare, source="app").id,
        parse(bare, file="raw/web/2025-03-02.jsonl").id,
    }
    assert len(others | {made}) == 5


def test_values_that_json_cannot_hold_still_give_an_id():
    assert (
        len(parse({"prompt": "a", "response": "b", "price": Decimal("1.5"), "raw": b"\xff"}).id)
        == 16
    )


def nested(depth, leaf=1):
    value = leaf
    for _ in range(depth):
        value = {"a": value}
    return value


@pytest.mark.parametrize("depth", [260, 300, 900])
def test_a_record_nested_too_deeply_to_be_hashed_is_a_fault(depth):
    bare = {"prompt": "secret", "response": "b"}
    fault = parse({**bare, "trace": nested(depth)})
    assert (fault.reason, fault.record_id) == ("wrong_type", None)
    assert "id is missing" in fault.detail
    assert "secret" not in fault.detail
    assert parse({**bare, "id": "a", "trace": nested(depth)}).id == "a"


def test_deep_arguments_and_metadata_are_faults():
    call = {"function": {"name": "f", "arguments": nested(300)}}
    listed = [*LISTED, {"role": "assistant", "tool_calls": [call]}]
    faults = [
        parse({"id": "a", "messages": listed}),
        parse({**BARE, "metadata": nested(300)}),
    ]
    assert [(fault.reason, fault.record_id) for fault in faults] == [
        ("bad_messages", "a"),
        ("wrong_type", "a"),
    ]
    assert "messages[2].tool_calls[0].function.arguments is nested" in faults[0].detail


def test_a_parquet_map_may_have_numbers_for_keys():
    bare = {"prompt": "a", "response": "b"}
    assert parse({**bare, "n": {1: "x", 2: "y"}}).id == parse({**bare, "n": {2: "y", 1: "x"}}).id
    assert parse({**bare, "n": {(1, 2): "x"}}).reason == "wrong_type"
    assert parse({**bare, "metadata": {1: "x"}, "id": "a"}).reason == "wrong_type"


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False)
    | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
names = st.sampled_from(
    ["id", "conversation_id", "timestamp", "prompt", "response", "messages", "user_rating",
     "category", "model", "error", "user_id", "metadata", "tools", "role", "content"]
)  # fmt: skip


@given(st.dictionaries(names, json_values))
def test_every_object_is_a_record_or_a_fault(values):
    outcome = parse(values)
    assert isinstance(outcome, Fault) or (outcome.id and isinstance(outcome.messages, list))


def test_fields_that_have_no_place_join_the_metadata():
    others = {"customer": {"name": "Jo Kim"}, "account_id": 7, "region": "us", "flag": False}
    record = parse({**BARE, **others, "metadata": {"region": "eu"}})
    assert json.loads(record.metadata) == {
        "region": "eu", "customer": {"name": "Jo Kim"}, "account_id": 7, "flag": False
    }  # fmt: skip
    assert json.loads(parse({**BARE, "rep": "Jo"}).metadata) == {"rep": "Jo"}


def test_fields_that_do_not_fit_stay_out_of_the_metadata():
    others = {
        "none": None, "empty": "", "page": "x" * 3_000, "vector": [0.5] * 1_000, "huge": 2**70,
        "bytes": b"x", "keys": {1: 2},
    }  # fmt: skip
    assert parse({**BARE, **others}).metadata is None


def test_a_field_that_is_mapped_has_its_place():
    parser = RecordParser("web", {"prompt": "body.question", "response": "body.answer"})
    record = parser.parse({"body": {"question": "q", "answer": "a", "rep": "Jo"}, "at": 3}, "f")
    assert record.metadata == '{"at":3}'
