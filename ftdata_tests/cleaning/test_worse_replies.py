"""Which reply of the log is the worse one to the same prompt."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.clean import clean_partition
from ftdata.cleaning.worse_replies import find_worse_replies
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_dedup import Dedup
from ftdata.tables import from_rows
from ftdata.text import same_key
from ftdata_tests.cleaning.raw import message, raw_row, turns

ASKED = "Where is my parcel?"
GOOD = "It arrives on Monday before noon."
BAD = "No idea."
DECLINE = "I'm sorry, but I cannot help you with that request."

Logged = tuple[list[dict[str, Any]], list[float | None]]


def logged(*conversations: Logged) -> Any:
    """A raw table of conversations of which each turn is a record with its rating."""
    return from_rows(
        "raw_logs",
        [
            raw_row(
                i,
                messages,
                record_ids=[f"log_{i}_{turn}" for turn in range(len(ratings))],
                origins=["raw/web/2025-03-01.jsonl:1"] * len(ratings),
                ratings=ratings,
                turn_records=[min(at // 2, len(ratings) - 1) for at in range(len(messages))],
            )
            for i, (messages, ratings) in enumerate(conversations)
        ],
    )


def worse(*conversations: Logged) -> list[str | None]:
    return find_worse_replies(logged(*conversations)).to_pylist()


def test_the_better_rated_of_two_replies_gets_the_other() -> None:
    assert worse((turns(ASKED, GOOD), [5]), (turns("where is MY parcel", BAD), [2])) == [BAD, None]


def test_the_worst_of_several_the_first_among_equals() -> None:
    found = worse(
        (turns(ASKED, "Hm."), [2]),
        (turns(ASKED, GOOD), [5]),
        (turns(ASKED, BAD), [1]),
        (turns(ASKED, "Ask them."), [1]),
    )
    assert found == [BAD, BAD, None, None]


def test_equal_ratings_missing_ones_and_the_same_words_make_no_pair() -> None:
    assert worse((turns(ASKED, GOOD), [4]), (turns(ASKED, BAD), [4])) == [None, None]
    assert worse((turns(ASKED, GOOD), [4]), (turns(ASKED, BAD), [None])) == [None, None]
    assert worse((turns(ASKED, GOOD), [4]), (turns(ASKED, GOOD.upper()), [1])) == [None, None]


def test_all_that_was_said_before_is_the_prompt() -> None:
    first, second = turns("Hi", "Hello!", ASKED, GOOD), turns("Hi", "Good day.", ASKED, BAD)
    assert worse((first, [5, 5]), (second, [5, 1])) == [None, None]
    same = turns("hi", "Hello", ASKED, BAD)
    assert worse((first, [5, 5]), (same, [5, 1])) == [BAD, None]
    system = message("system", "Be brief.")
    assert worse((turns(ASKED, GOOD), [5]), ([system, *turns(ASKED, BAD)], [1])) == [None, None]


def test_a_reply_in_the_middle_of_another_conversation_counts() -> None:
    longer = turns(ASKED, BAD, "Really?", "Really.")
    assert worse((turns(ASKED, GOOD), [4]), (longer, [1, 3])) == [BAD, None]


def test_of_a_regenerated_answer_the_first_is_the_worse() -> None:
    again = turns(ASKED, BAD, ASKED.upper(), GOOD)
    assert worse((again, [1, 5])) == [BAD]
    assert worse((again, [5, 1])) == [None]
    assert worse((turns("Hi", "Hello!", *[m["content"] for m in again]), [3, 1, 5])) == [BAD]


def test_an_attempt_is_no_part_of_the_prompt() -> None:
    again = turns(ASKED, BAD, ASKED, GOOD)
    assert worse((again, [3, 5]), (turns(ASKED, "Go away."), [1])) == ["Go away.", None]


def test_calls_and_several_replies_in_a_row_are_none() -> None:
    call = '[{"id":"a","type":"function","function":{"name":"track","arguments":"{}"}}]'
    calls = [message("user", ASKED), message("assistant", "Let me see.", tool_calls=call)]
    assert worse((turns(ASKED, GOOD), [5]), (calls, [1])) == [None, None]
    two = [*turns(ASKED, BAD), message("assistant", "Sorry.")]
    assert worse((turns(ASKED, GOOD), [5]), (two, [1])) == [None, None]


def test_to_decline_is_not_worse_than_to_comply() -> None:
    assert worse((turns(ASKED, GOOD), [5]), (turns(ASKED, DECLINE), [1])) == [None, None]
    other = "I cannot help you with this, but the police can."
    assert worse((turns(ASKED, other), [5]), (turns(ASKED, DECLINE), [1])) == [DECLINE, None]


def test_a_duplicate_that_is_dropped_leaves_its_reply_redacted() -> None:
    raw = logged(
        (turns(ASKED, GOOD), [5]), (turns(ASKED, "Write to desk@parcels.io about it."), [2])
    )
    result = clean_partition(raw, Cleaning())
    assert result.drops.column("reason").to_pylist() == ["exact_duplicate"]
    assert result.table.column("worse_reply").to_pylist() == ["Write to [EMAIL] about it."]
    kept = clean_partition(raw, Cleaning(dedup=Dedup(enabled=False)))
    assert kept.table.column("worse_reply").to_pylist()[1] is None


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from([ASKED, "Hi", GOOD, BAD, ""]), max_size=6),
            st.sampled_from([None, 1, 3, 5]),
        ),
        max_size=6,
    )
)
def test_a_worse_reply_was_said_and_is_another(
    said: list[tuple[list[str], float | None]],
) -> None:
    texts = {text for conversation, _ in said for text in conversation}
    found = worse(*((turns(*conversation), [rating]) for conversation, rating in said))
    for (conversation, rating), other in zip(said, found, strict=True):
        if other is not None:
            assert rating is not None
            assert other in texts
            assert same_key(other) != same_key(
                conversation[-1] if len(conversation) % 2 == 0 else conversation[-2]
            )
