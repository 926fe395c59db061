"""The strings of JSON: each offered with its keys, and JSON stays JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.pii.json_text import change_json, json_strings, may_be_json
from ftdata_tests.cleaning.pii.planted import TEXTS
from ftdata_tests.linear import assert_linear

VALUES = st.recursive(
    st.one_of(TEXTS, st.integers(-(2**62), 2**62), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(TEXTS, inner, max_size=3),
        inner.map(json.dumps),
    ),
    max_leaves=6,
)


def upper(text, path):
    return text.upper()


def test_strings_are_offered_with_the_keys_that_lead_to_them():
    value = {"a": {"b": ["x", 7, 1.5, True, None]}, "c": '{"d":"y"}'}
    assert json_strings(json.dumps(value)) == [
        ("a", ()), ("b", ()), ("x", ("a", "b")), ("7", ("a", "b")), ("1.5", ("a", "b")), ("c", ()),
        ("d", ()), ("y", ("c", "d")),
    ]  # fmt: skip


def test_json_within_json_stays_json():
    text = json.dumps({"arguments": json.dumps({"to": "bob"}), "n": 5})
    changed = json.loads(change_json(text, lambda text, path: text.replace("bob", '"')))
    assert json.loads(changed["arguments"]) == {"to": '"'}
    assert changed["n"] == 5


def test_a_number_that_changes_becomes_a_string_and_keys_stay_apart():
    text = '{"a":4111,"A":2,"b":[1]}'
    assert change_json(text, lambda text, path: text.upper().replace("4111", "x")) == (
        '{"A":"x","A 2":2,"B":[1]}'
    )


def test_what_does_not_change_is_not_rewritten():
    text = '{ "a" : 1.0,\n"b": [ ] }'
    assert change_json(text, lambda text, path: text) is text


def test_what_stays_beside_a_change_is_written_as_it_was():
    text = '{ "a" : 1.50,\n"to": "bob", "n": 123456789012345678901234567890, "u": "\\u00e9" }'
    assert change_json(text, lambda text, path: text.replace("bob", "x")) == text.replace(
        "bob", "x"
    )


@pytest.mark.parametrize(
    ("number", "offered"),
    [
        ("4111111111111111.0", "4111111111111111"),
        ("-2.5e-3", "-2.5e-3"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ],
)
def test_every_number_is_offered_as_it_is_written(number, offered):
    assert json_strings(f'{{"n":{number}}}') == [("n", ()), (offered, ("n",))]
    assert change_json(f"[{number} ]", lambda text, path: "x") == '["x" ]'


def test_a_key_that_stands_twice_hides_nothing():
    text = '{"to":"bob","to":"amy"}'
    assert change_json(text, lambda text, path: text.replace("bob", "x")) == (
        '{"to":"x","to":"amy"}'
    )


def test_an_escaped_letter_is_offered_as_the_letter_and_what_replaces_it_is_valid():
    text = '["Zo\\u00eb \\"Q\\""]'
    assert json_strings(text) == [('Zoë "Q"', ())]
    assert change_json(text, lambda text, path: text.replace("Zoë", '\\"')) == (r'["\\\" \"Q\""]')


@pytest.mark.parametrize(
    ("text", "may_be"), [("{", True), (" \n[1]", True), ("x {", False), ("", False), ("4", False)]
)
def test_json_begins_with_a_bracket(text, may_be):
    assert may_be_json(text) is may_be


def test_what_is_no_json_is_one_text():
    assert change_json("{bob", upper) == "{BOB"
    assert json_strings("{bob") == [("{bob", ())]


@pytest.mark.parametrize("depth", [200, 255, 1_024, 1_025, 5_000])
def test_json_of_any_depth_is_changed(depth):
    deep = "[" * depth + '"bob"' + "]" * depth
    assert change_json(deep, upper) == deep.upper()
    assert len(json_strings(deep)) == 1


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        ("{", '"k":1,', '"k":N}'),
        ("[", r'"[1,\"x\"]",', "N]"),
        ('["', r"\"", 'N"]'),
        ('["', "[[{", 'N"]'),
        ("", " ", "{N"),
        ("", "[", "N"),
    ],
    ids=["one key", "json in strings", "quotes", "brackets in a string", "space", "brackets"],
)
def test_awkward_json_takes_a_time_linear_in_it(before, piece, after):
    def change(text):
        pieces, _, number = text.rpartition(" ")
        whole = before + pieces + after.replace("N", number)
        change_json(whole, lambda text, path: text if path else f"<{text}>")

    assert_linear(piece, change, 5_000 * len(piece))


@given(VALUES)
def test_what_is_offered_is_what_is_changed(value):
    text = json.dumps(value)
    offered = []
    changed = change_json(text, lambda text, path: offered.append((text, path)) or f"<{text}>")
    json.loads(changed)
    assert json_strings(text) == offered
