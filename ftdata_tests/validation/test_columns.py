"""What the rows of a table look like to the rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata import tables
from ftdata.cleaning.pii.ids import CERTAIN
from ftdata.settings_pii import Pii
from ftdata.tables import STAGES
from ftdata.validation.columns import cleaned_columns
from ftdata_tests.validation.given import (
    ORIGINS,
    TAGS,
    frames,
    message,
    row,
    rows,
    talk,
    variant,
)


def column(stage, name, given_rows):
    return frames(stage, given_rows).rows[name].tolist()


def with_messages(stage, *spoken):
    return [row(stage, i) | {"messages": messages} for i, messages in enumerate(spoken)]


@pytest.mark.parametrize("stage", STAGES)
def test_no_text_of_a_message_is_carried(stage):
    words = "Confidential", "Redacted"
    secret = [row(stage, 0) | {"messages": talk(*words)}, row(stage, 1)]
    seen = frames(stage, secret)
    assert len(seen.rows) == 2
    assert not any(word in seen.rows.to_csv() + str(seen.profile) for word in words)


@given(st.lists(st.text("suat", max_size=6), min_size=1, max_size=5))
def test_roles_are_one_letter_a_message(patterns):
    spoken = [talk(*["x"] * len(pattern), roles=pattern) for pattern in patterns]
    assert column("formatted", "roles", with_messages("formatted", *spoken)) == patterns


def test_an_unknown_role_is_a_question_mark():
    spoken = [message("user", "Hi"), message("human", "Hi")]
    assert column("raw_logs", "roles", with_messages("raw_logs", spoken)) == ["u?"]


def test_lengths_count_code_points_of_their_own_row():
    first = [message("system", "12345"), message("user", "ñ🙂"), message("assistant", "abc")]
    calls = message("assistant", None, tool_calls='[{"id":"1"}]')
    given_rows = with_messages("cleaned", first, [], [message("user", "12"), calls])
    assert column("cleaned", "prompt_chars", given_rows) == [2, 0, 2]
    assert column("cleaned", "reply_chars", given_rows) == [3, 0, 12]
    assert column("cleaned", "chars", given_rows) == [10, 0, 14]


def test_personal_data_is_looked_for_in_texts_and_tool_calls():
    calls = message("assistant", None, tool_calls='[{"to":"a@b.org"}]')
    given_rows = with_messages(
        "cleaned", talk("Hi", "Hello"), [], [message("user", "Mail it"), calls], talk("a@b.org")
    )
    assert column("cleaned", "pii_left", given_rows) == [None, None, "EMAIL", "EMAIL"]


@pytest.mark.parametrize(
    "private",
    [
        {"category": "a@b.org"},
        {"model": "a@b.org"},
        {"metadata": '{"seen":[{"by":"a@b.org"}]}'},
        {"tools": '[{"default":"a@b.org"}]'},
        {"worse_reply": "Ask a@b.org."},
        {"conversation_id": "a@b.org"},
        {"record_ids": ["r-1", "a@b.org"]},
        {"origins": ["raw/a@b.org.jsonl:1"]},
        {"messages": [message("user", "Hi", name="a@b.org"), message("assistant", "Hello")]},
    ],
    ids=str,
)
def test_personal_data_is_looked_for_in_everything_that_reaches_the_dataset(private):
    given_rows = [row("cleaned", 0) | {"record_ids": []}, row("cleaned", 1) | private]
    assert column("cleaned", "pii_left", given_rows) == [None, "EMAIL"]


@pytest.mark.parametrize(
    "held",
    [
        {"tools": '[{"default":"<|x|>"}]'},
        {"messages": [message("user", "Hi <|x|>"), message("assistant", "Hello")]},
        {"messages": [message("user", "Hi"), message("assistant", None, tool_calls='["<|x|>"]')]},
    ],
    ids=str,
)
def test_control_tokens_are_looked_for_in_everything_that_is_said(held):
    given_rows = [row("cleaned", 0), row("cleaned", 1) | held]
    assert column("cleaned", "token_left", given_rows) == [None, "<|x|>"]


@pytest.mark.parametrize("entity", Pii().entities)
def test_the_check_and_the_redactor_agree_on_what_is_certain_in_an_id(entity):
    table = tables.from_rows("cleaned", [row("cleaned", 0) | {"record_ids": ["told"]}])

    def pii_left(texts):
        return [entity if text == "told" else None for text in texts]

    def nothing(texts):
        return [None] * len(texts)

    judged = cleaned_columns(table, pii_left, nothing, lambda lists: [""] * len(lists))
    assert judged["pii_left"] == [entity if entity in CERTAIN else None]


def test_an_id_in_the_form_of_a_social_security_number_is_an_id():
    given_rows = rows("cleaned", 3)
    given_rows[0]["record_ids"] = ["123-45-6789"]
    given_rows[1]["category"] = "123-45-6789"
    assert column("cleaned", "pii_left", given_rows) == [None, "SSN", None]


def test_a_text_key_ignores_case_and_punctuation_and_nothing_else():
    spoken = [talk(text) for text in ("What now?", "what, NOW", "What then?", " ")]
    first, same, other, empty = column("cleaned", "text_key", with_messages("cleaned", *spoken))
    assert first == same != other
    assert empty is None


def test_records_that_stand_twice_are_counted_in_every_row():
    shared = [["a", "b"], ["b", "c"], ["d", "d"], ["e"]]
    given_rows = [row("raw_logs", i) | {"record_ids": ids} for i, ids in enumerate(shared)]
    assert column("raw_logs", "repeated_records", given_rows) == [1, 1, 2, 0]


def test_tags_without_a_value_are_not_named():
    tags = {"category": "", "model": "m", "turns": "1"}
    assert column("formatted", "tags", [row("formatted", 0) | {"tags": tags}]) == ["|model|turns|"]


def test_a_variant_of_a_variant_or_without_a_parent_is_an_orphan():
    parent = row("augmented", 0)
    child = variant("augmented", 1, parent)
    grandchild = variant("augmented", 2, child)
    stray = variant("augmented", 3, parent) | {"parent_id": None}
    found = column("augmented", "orphan", [parent, child, grandchild, stray])
    assert found == [None, None, "id-1", "no parent"]


def test_a_preference_pair_may_repeat_its_parent_and_not_its_reply():
    parent = row("augmented", 0)
    same = {"messages": parent["messages"]}
    pairs = [
        variant("augmented", 1, parent) | same | {"rejected": "It is the number one."},
        variant("augmented", 2, parent) | same | {"rejected": "it is the number 0"},
    ]
    assert column("augmented", "copy_of", [parent, *pairs]) == [None, None, None]
    assert column("augmented", "rejected_as_chosen", [parent, *pairs]) == [None, None, "id-2"]


def test_sides_are_those_of_a_group_and_originals_may_be_held_out():
    one, two, three = rows("validated_splits", 3)
    given_rows = [
        one | {"split": "test"},
        two | {"split": "train", "group_id": "id-0"},
        three | {"split": "train"},
        variant("validated_splits", 3, three) | {"split": "validation"},
    ]
    assert column("validated_splits", "group_sides", given_rows) == [2, 2, 2, 2]
    held_out = column("validated_splits", "held_out_variant", given_rows)
    assert held_out == [None, None, None, "validation"]


@pytest.mark.parametrize(
    ("changed", "odd"),
    [
        ({}, None),
        ({"tags": {**TAGS, "tone": "sad"}}, "tone: sad"),
        ({"tags": {"turns": "1"}}, "complexity: none"),
        ({"tag_origins": {**ORIGINS, "turns": "guessed"}}, "turns: no origin"),
        ({"tag_origins": {"tone": "rules"}}, "category: no origin"),
    ],
)
def test_a_tag_outside_its_set_or_without_origin_is_named(changed, odd):
    assert column("formatted", "odd_tag", [row("formatted", 0) | changed]) == [odd]
