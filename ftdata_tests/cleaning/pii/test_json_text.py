"""Redaction inside JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.pii.json_text import redact_json
from ftdata.cleaning.pii.leftovers import pii_left
from ftdata.settings_pii import Pii
from ftdata_tests.cleaning.pii.planted import TEXTS

ENTITIES = Pii().entities
VALUES = st.recursive(
    st.one_of(TEXTS, st.integers(-(2**62), 2**62), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(TEXTS, inner, max_size=3),
        inner.map(json.dumps),
    ),
    max_leaves=6,
)


def redacted(value):
    return json.loads(redact_json(json.dumps(value), ENTITIES).text)


def test_strings_are_read_with_their_key():
    assert redacted({"password": "hunter", "phone": "5551234567", "item_id": "5551234567"}) == {
        "password": "[SECRET]", "phone": "[PHONE]", "item_id": "5551234567"
    }  # fmt: skip


def test_numbers_and_keys_are_redacted_too():
    assert redacted({"card": 4111111111111111, "a@b.io": 1, "c@d.io": 2, "n": [1, 2.5]}) == {
        "card": "[CREDIT_CARD]", "[EMAIL]": 1, "[EMAIL] 2": 2, "n": [1, 2.5]
    }  # fmt: skip


def test_json_within_json_stays_json():
    inner = json.loads(redacted({"arguments": json.dumps({"to": "bob@corp.org"})})["arguments"])
    assert inner == {"to": "[EMAIL]"}


def test_what_holds_nothing_is_not_rewritten():
    text = '{ "a" : 1.0,\n"b": [ ] }'
    assert redact_json(text, ENTITIES).text == text


def test_what_is_no_json_is_text():
    assert redact_json("{bob@corp.org", ENTITIES).text == "{[EMAIL]"


@pytest.mark.parametrize("depth", [200, 254, 255, 300, 900, 2_000])
def test_what_is_nested_too_deeply_is_text(depth):
    deep = "[" * depth + '"bob@corp.org"' + "]" * depth
    assert redact_json(deep, ENTITIES).text == deep.replace("bob@corp.org", "[EMAIL]")
    assert redacted({"arguments": deep})["arguments"] == deep.replace("bob@corp.org", "[EMAIL]")
    assert redact_json(deep, ENTITIES).counts == {"EMAIL": 1}


@given(VALUES)
def test_json_stays_json_and_twice_is_once(value):
    once = redact_json(json.dumps(value), ENTITIES)
    json.loads(once.text)
    twice = redact_json(once.text, ENTITIES)
    assert (twice.text, dict(twice.counts)) == (once.text, {})
    assert pii_left([once.text]) == [None]
