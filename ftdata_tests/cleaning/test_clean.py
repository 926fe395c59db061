"""The stage `cleaned`: order of the steps, accounting, independence of row order, real logs."""

import json

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.cleaning.clean import clean_partition
from ftdata.cleaning.control_tokens import tokens_left
from ftdata.settings_cleaning import Cleaning, ControlTokens, Refusals
from ftdata.settings_dedup import Dedup
from ftdata.settings_pii import Pii
from ftdata.tables import conform, drops_table, from_rows, schema
from ftdata_tests.cleaning.raw import LOGS, message, raw_row, raw_table, read_day, turns

TRIP = "I want to book a trip from Boston to Berlin for two adults in early May please"
TRIP_TOO = "I want to book a trip from Boston to Berlin for two adults in early June please"


def reasons(result):
    return dict(
        zip(
            result.drops.column("record_id").to_pylist(),
            result.drops.column("reason").to_pylist(),
            strict=True,
        )
    )


def test_each_step_drops_with_its_reason():
    raw = raw_table(
        turns("Where is my parcel?", "It arrives on Monday."),
        turns("Where is my parcel?"),
        [message("assistant", "Hello, how can I help?")],
        turns("Thanks \u200b", "\u200b\x00 "),
        turns("where is my PARCEL", "On its way."),
        turns(TRIP, "Gladly."),
        turns(TRIP_TOO, "Of course."),
    )
    result = clean_partition(raw, Cleaning())
    assert reasons(result) == {
        "log_1": "no_reply",
        "log_2": "no_user_message",
        "log_3": "empty_message",
        "log_4": "exact_duplicate",
        "log_6": "near_duplicate",
    }
    assert result.drops.column("detail").to_pylist()[-2:] == [
        "of log_0, similarity 1.00",
        "of log_5, similarity 0.88",
    ]
    assert set(result.drops.column("stage").to_pylist()) == {"cleaned"}
    assert (result.rows_in, result.rows_out) == (7, 2)
    assert result.facts == {
        "redactions": {}, "flags": {}, "refusals": {}, "languages": {"en": 4},
        "exact_duplicates": 1, "near_duplicates": 1,
    }  # fmt: skip


def test_redaction_reaches_every_column():
    calls = [{"id": "1", "type": "function", "function": {
        "name": "mail", "arguments": json.dumps({"to": "bob@corp.org", "phone": "5551234567"})
    }}]  # fmt: skip
    row = raw_row(
        0,
        [
            message("user", "I am bob@corp.org, card 4111 1111 1111 1111", name="bob@corp.org"),
            message("assistant", None, tool_calls=json.dumps(calls)),
            message("tool", '{"ssn": "123-45-6789"}', tool_call_id="1"),
            message("assistant", "Call (555) 123-4567."),
        ],
        metadata=json.dumps({"from": {"ip": "8.8.4.4", "mail": ["bob@corp.org"]}, "n": 3}),
        category="mail@corp.org",
        model="m@corp.org",
        conversation_id="bob@corp.org",
        record_ids=["bob@corp.org", "log_148caaef"],
        origins=["raw/web/bob@corp.org.jsonl:1", "raw/web/2025-03-01.jsonl:2"],
        tools='[{"default":"bob@corp.org"}]',
    )
    result = clean_partition(from_rows("raw_logs", [row]), Cleaning())
    kept = result.table.to_pylist()[0]
    assert kept["messages"][0]["content"] == "I am [EMAIL], card [CREDIT_CARD]"
    assert kept["messages"][0]["name"] == "[EMAIL]"
    arguments = json.loads(kept["messages"][1]["tool_calls"])[0]["function"]["arguments"]
    assert json.loads(arguments) == {"to": "[EMAIL]", "phone": "[PHONE]"}
    assert json.loads(kept["messages"][2]["content"]) == {"ssn": "[SSN]"}
    assert kept["messages"][3]["content"] == "Call [PHONE]."
    assert json.loads(kept["metadata"]) == {"from": {"ip": "[IP]", "mail": ["[EMAIL]"]}, "n": 3}
    assert kept["tools"] == '[{"default":"[EMAIL]"}]'
    assert (kept["category"], kept["model"]) == ("[EMAIL]", "[EMAIL]")
    assert kept["record_ids"] == [kept["conversation_id"], "log_148caaef"]
    assert kept["origins"][1] == "raw/web/2025-03-01.jsonl:2"
    assert "corp.org" not in str(result.table.to_pylist())
    counts = {"CREDIT_CARD": 1, "EMAIL": 9, "IP": 1, "PHONE": 2, "SSN": 1}
    assert dict(kept["redactions"]) == counts
    assert result.facts["redactions"] == counts
    assert "user_id" not in kept


def test_conversations_that_differ_in_personal_data_alone_are_duplicates():
    raw = raw_table(
        turns("Unsubscribe amy@corp.org at once", "Done."),
        turns("Unsubscribe bob@corp.org at once", "Done."),
    )
    assert reasons(clean_partition(raw, Cleaning())) == {"log_1": "exact_duplicate"}


def test_conversations_under_one_private_id_stay_together():
    rows = [raw_row(i, turns(f"Question {i}", "Yes."), conversation_id=name)
            for i, name in enumerate(["amy@corp.org", "bob@corp.org", "amy@corp.org"])]  # fmt: skip
    amy, bob, again = clean_partition(from_rows("raw_logs", rows), Cleaning()).table.column(
        "conversation_id"
    )
    assert amy == again != bob


def test_steps_can_be_switched_off():
    told = {"category": "bob@corp.org", "conversation_id": "bob@corp.org"}
    raw = from_rows("raw_logs", [raw_row(i, turns("Mail bob@corp.org", "Yes"), **told)
                                 for i in range(2)])  # fmt: skip
    result = clean_partition(raw, Cleaning(pii=Pii(enabled=False), dedup=Dedup(enabled=False)))
    assert result.rows_out == 2
    assert result.table.column("messages")[0][0]["content"].as_py() == "Mail bob@corp.org"
    assert result.table.column("redactions").to_pylist() == [[], []]
    for name, value in told.items():
        assert result.table.column(name).to_pylist() == [value] * 2


def test_a_repaired_encoding_is_flagged():
    raw = raw_table(turns("Is there a CinÃ©polis nearby?", "Yes."), turns("And tomorrow?", "No."))
    result = clean_partition(raw, Cleaning())
    assert result.table.column("flags").to_pylist() == [["fixed_encoding"], []]
    assert (
        result.table.column("messages")[0][0]["content"].as_py() == "Is there a Cinépolis nearby?"
    )
    assert result.facts["flags"] == {"fixed_encoding": 1}


@pytest.mark.parametrize("conversations", [[], [turns("Alone")], [turns("", "")], [[]]], ids=str)
def test_nothing_kept_is_an_empty_table(conversations):
    result = clean_partition(raw_table(*conversations), Cleaning())
    assert result.table.schema == schema("cleaned")
    assert (result.rows_in, result.rows_out, result.drops.num_rows) == (
        len(conversations), 0, len(conversations)
    )  # fmt: skip


TEXTS = st.sampled_from(
    [
        "",
        "hello",
        "Hello!",
        TRIP,
        TRIP_TOO,
        "mail me: bob@corp.org",
        "naÃ¯ve",
        "\u200b",
        "a b c d e",
    ]
)
MESSAGES = st.lists(
    st.builds(message, st.sampled_from(["system", "user", "assistant"]), TEXTS), max_size=4
)


@settings(deadline=None)
@given(st.lists(MESSAGES, max_size=8), st.randoms(use_true_random=False))
def test_every_row_is_accounted_for_in_whatever_order_rows_come(conversations, random):
    raw = raw_table(*conversations)
    order = list(range(raw.num_rows))
    random.shuffle(order)
    result = clean_partition(raw, Cleaning())
    shuffled = clean_partition(raw.take(pa.array(order, pa.int64())), Cleaning())
    kept = result.table.column("id").to_pylist()
    dropped = result.drops.column("record_id").to_pylist()
    assert sorted(kept + dropped) == sorted(raw.column("id").to_pylist())
    assert result.rows_in == result.rows_out + result.drops.num_rows
    assert kept == sorted(kept)
    assert shuffled.table.equals(result.table)
    assert shuffled.drops.equals(result.drops)
    assert shuffled.facts == result.facts


@settings(deadline=None)
@given(st.lists(MESSAGES, max_size=8))
def test_cleaning_what_is_clean_changes_nothing(conversations):
    once = clean_partition(raw_table(*conversations), Cleaning())
    again = once.table.append_column("user_id", [[None] * once.table.num_rows])
    twice = clean_partition(conform("raw_logs", again), Cleaning())
    assert twice.drops.num_rows == 0
    assert twice.table.column("messages").equals(once.table.column("messages"))


@pytest.mark.skipif(not LOGS.exists(), reason="../shared/data is not here")
@pytest.mark.parametrize("source", ["assistant_api", "support_chat", "ticket_bot"])
def test_a_real_day_is_cleaned(source):
    path = sorted((LOGS / source).iterdir())[4]
    raw = read_day(path)
    result = clean_partition(raw, Cleaning())
    assert result.rows_in == result.rows_out + result.drops.num_rows
    assert result.rows_out > 0.5 * raw.num_rows
    assert result.drops.schema == drops_table([]).schema
    assert set(reasons(result).values()) <= {"exact_duplicate", "near_duplicate"}


def test_only_redacted_texts_that_stay_are_embedded():
    given_texts = []

    def embed(texts):
        given_texts.extend(texts)
        return np.array([[1, 0], [1, 0]], np.int8)

    raw = raw_table(
        turns("Please write to jo@quillmoor.com about the parcel that was lost", "Gladly."),
        turns("please write to jo@quillmoor.com about the parcel that was lost!", "Of course."),
        turns("Could somebody tell me what has become of my delivery", "It is on its way."),
    )
    result = clean_partition(raw, Cleaning(dedup=Dedup(semantic="minilm")), embed)
    assert given_texts == [
        "Please write to [EMAIL] about the parcel that was lost",
        "Could somebody tell me what has become of my delivery",
    ]
    assert reasons(result) == {"log_1": "exact_duplicate", "log_2": "semantic_duplicate"}
    assert result.facts["semantic_duplicates"] == 1


def test_the_fingerprints_are_those_of_the_rows_that_stay():
    raw = raw_table(turns("Where is my parcel?", "Here."), turns("Where is my parcel?", "There."),
                    turns("Thanks a lot", "Welcome."))  # fmt: skip
    result = clean_partition(raw, Cleaning())
    assert [len(words) for words in result.prints.column("dedup_words").to_pylist()] == [4, 3]
    assert clean_partition(raw, Cleaning(dedup=Dedup(enabled=False))).prints is None


def test_control_tokens_go_from_everything_that_is_said():
    token = "<|im_end|>"
    messages = [
        message("system", f"Be brief {token}"),
        message("user", f"Hi {token}", name=f"a{token}"),
        message("assistant", None, tool_calls=f'[{{"x":"{token}"}}]'),
        message("assistant", f"Assistant: Hello {token}"),
    ]
    row = raw_row(0, messages, tools=f'[{{"d":"{token}"}}]')
    table = from_rows("raw_logs", [row])
    result = clean_partition(table, Cleaning())
    assert token not in str(result.table.to_pylist())
    assert result.table.column("messages")[0][3]["content"].as_py() == "Hello < |im_end|>"
    assert result.facts["flags"] == {"control_tokens": 1, "role_marks": 1}
    dropped = clean_partition(table, Cleaning(control_tokens=ControlTokens(action="drop")))
    assert reasons(dropped) == {"log_0": "control_tokens"}
    assert dropped.drops.column("detail").to_pylist() == [token]


@pytest.mark.parametrize("mode", ["tag", "number"])
def test_no_placeholder_makes_a_control_token(mode):
    text = "My name is Yusuf Rossi: <|Yusuf Rossi|> and <|(555) 123-4567|>"
    calls = json.dumps([{"function": {"name": "say", "arguments": json.dumps({"text": text})}}])
    row = raw_row(
        0,
        [message("user", text), message("assistant", "I see", tool_calls=calls)],
        tools=json.dumps([{"description": text}]),
    )
    result = clean_partition(from_rows("raw_logs", [row]), Cleaning(pii=Pii(mode=mode)))
    kept = result.table.to_pylist()[0]
    texts = [kept["messages"][0]["content"], kept["messages"][1]["tool_calls"], kept["tools"]]
    assert tokens_left(texts, ControlTokens()) == [None] * 3
    assert all("< |" in shown and "Rossi" not in shown for shown in texts)
    json.loads(texts[1])


def test_a_conversation_with_what_is_banned_goes():
    raw = raw_table(turns("I am at bob@corp.org", "Fine."), turns("Project Falcon", "Which?"))
    options = Pii(modes={"EMAIL": "drop", "URL": "drop"}, deny={"URL": ("falcon",)})
    result = clean_partition(raw, Cleaning(pii=options))
    assert reasons(result) == {"log_0": "personal_data", "log_1": "personal_data"}
    assert result.drops.column("detail").to_pylist() == ["EMAIL", "URL"]


def test_refusals_are_tagged_kept_and_capped():
    said = "I'm sorry, but I can't help with that."
    raw = raw_table(
        *[turns(f"Question number {n} of many, about {n * 31}", said) for n in range(9)]
    )
    kept = clean_partition(raw, Cleaning(dedup=Dedup(enabled=False)))
    assert set(kept.table.column("refusal").to_pylist()) == {"decline"}
    capped = Cleaning(dedup=Dedup(enabled=False), refusals=Refusals(max_share={"decline": 0.34}))
    result = clean_partition(raw, capped)
    assert (result.rows_out, set(reasons(result).values())) == (3, {"refusal_cap"})
