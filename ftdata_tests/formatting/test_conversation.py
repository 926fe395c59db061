from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.formatting.conversation import Refusal, canonical_messages
from ftdata.settings_formatting import Formatting
from ftdata_tests.formatting.conversations import Message, call, logged_messages, message

ASK = message("user", "Is the shop open?")
YES = message("assistant", "Yes, until six.")
THANKS = message("user", "Thanks!")
WELCOME = message("assistant", "You are welcome.")
TRAINED_YES = {**YES, "weight": 1}


def made(
    messages: list[Message],
    ratings: list[float | None] | None = None,
    options: Formatting | None = None,
) -> list[Message] | Refusal:
    return canonical_messages(messages, ratings or [None] * len(messages), options or Formatting())


def spoken(messages: list[Message] | Refusal) -> list[tuple[str, str | None]]:
    assert not isinstance(messages, Refusal)
    return [(message["role"], message["content"]) for message in messages]


def weights(messages: list[Message] | Refusal) -> list[int | None]:
    assert not isinstance(messages, Refusal)
    return [message["weight"] for message in messages]


def test_a_plain_turn_stays_as_it_is_and_is_trained_on() -> None:
    assert made([ASK, YES]) == [ASK, TRAINED_YES]


def test_the_configured_system_prompt_comes_first() -> None:
    options = Formatting(system_prompt="You run a shop.")
    system = message("system", "You run a shop.")
    assert made([ASK, YES], options=options) == [system, ASK, TRAINED_YES]


LOGGED = message("system", "Be brief.")


@pytest.mark.parametrize(
    ("configured", "keep_logged", "first"),
    [
        ("You run a shop.", True, ("system", "Be brief.")),
        ("You run a shop.", False, ("system", "You run a shop.")),
        (None, True, ("system", "Be brief.")),
        (None, False, ("user", "Is the shop open?")),
    ],
)
def test_a_logged_system_message_wins_where_it_is_kept(
    configured: str | None, keep_logged: bool, first: tuple[str, str]
) -> None:
    options = Formatting(system_prompt=configured, keep_logged_system=keep_logged)
    assert spoken(made([LOGGED, ASK, YES], options=options))[0] == first


def test_distinct_system_messages_become_one_at_the_front() -> None:
    later = message("system", "The shop closes at six.")
    result = made([LOGGED, ASK, YES, later, LOGGED, THANKS, WELCOME])
    assert spoken(result)[0] == ("system", "Be brief.\n\nThe shop closes at six.")
    assert [role for role, _ in spoken(result)].count("system") == 1


def test_messages_of_one_role_in_a_row_are_joined() -> None:
    assert spoken(made([ASK, THANKS, YES, WELCOME])) == [
        ("user", "Is the shop open?\n\nThanks!"),
        ("assistant", "Yes, until six.\n\nYou are welcome."),
    ]


def test_joined_replies_have_the_lower_weight() -> None:
    assert made([ASK, YES, {**WELCOME, "weight": 0}]) == Refusal(
        "nothing_to_train", "every assistant message has weight 0"
    )


def test_messages_of_different_users_are_not_joined() -> None:
    ann, bob = ({**ASK, "name": name} for name in ("ann", "bob"))
    assert [role for role, _ in spoken(made([ann, bob, YES]))] == ["user", "user", "assistant"]


def test_messages_that_say_nothing_are_left_out() -> None:
    silent = [message("user", " \n"), message("assistant", None), message("system", "")]
    assert made([*silent, ASK, *silent, YES]) == [ASK, TRAINED_YES]


def test_a_greeting_is_context() -> None:
    hello = message("assistant", "How can I help?")
    assert weights(made([hello, ASK, YES])) == [0, None, 1]


def test_what_follows_the_last_reply_is_cut() -> None:
    assert made([ASK, YES, THANKS]) == [ASK, TRAINED_YES]


@pytest.mark.parametrize(
    ("messages", "reason"),
    [
        ([YES], "no_user_message"),
        ([], "no_user_message"),
        ([ASK], "no_reply"),
        ([YES, ASK], "no_reply"),
        ([ASK, {**YES, "tool_calls": "{"}], "bad_tool_calls"),
        ([ASK, {**YES, "tool_calls": '{"id":"a"}'}], "bad_tool_calls"),
        ([ASK, {**YES, "tool_calls": '[{"id":"a"}]'}], "bad_tool_calls"),
        ([ASK, {**YES, "tool_calls": '[{"function":{"name":"f"}}]'}], "bad_tool_calls"),
        ([ASK, {**YES, "tool_calls": call("a").replace("function", "custom")}], "bad_tool_calls"),
    ],
)
def test_conversations_without_an_answered_prompt_are_refused(
    messages: list[Message], reason: str
) -> None:
    result = made(messages)
    assert isinstance(result, Refusal)
    assert result.reason == reason


def test_low_rated_turns_are_context_and_unrated_ones_are_trained_on() -> None:
    turns = [ASK, YES, ASK, YES, ASK, YES]
    ratings: list[float | None] = [2.5, 2.5, 3, 3, None, None]
    assert weights(made(turns, ratings)) == [None, 0, None, 1, None, 1]
    everything = Formatting(min_trained_rating=None)
    assert weights(made(turns, ratings, everything)) == [None, 1, None, 1, None, 1]


def test_the_logs_own_weight_beats_the_rating() -> None:
    turns = [ASK, {**YES, "weight": 1}, THANKS, {**WELCOME, "weight": 0}]
    assert weights(made(turns, [1, 1, 5, 5])) == [None, 1, None, 0]


def test_only_the_last_reply_is_trained_on_where_that_is_asked_for() -> None:
    last = Formatting(train_on="last")
    assert weights(made([ASK, YES, THANKS, WELCOME], options=last)) == [None, 0, None, 1]
    result = made([ASK, YES, THANKS, WELCOME], [5, 5, 1, 1], last)
    assert isinstance(result, Refusal)
    assert result.reason == "nothing_to_train"


def test_a_tool_call_and_its_result_stay_in_place() -> None:
    asks = message("assistant", "", tool_calls=call("a"))
    result = message("tool", "", tool_call_id="a")
    assert made([ASK, asks, result, YES]) == [
        ASK,
        {**asks, "content": None, "weight": 1},
        result,
        TRAINED_YES,
    ]


def test_a_call_keeps_what_the_rows_know() -> None:
    logged = '[{"index":0,"id":7,"function":{"name":"look_up","arguments":null,"x":1}}]'
    result = made([ASK, message("assistant", None, tool_calls=logged)])
    assert not isinstance(result, Refusal)
    assert result[1]["tool_calls"] == call("7")


def test_a_tool_call_at_the_end_may_lack_its_result() -> None:
    asks = message("assistant", None, tool_calls=call("a"))
    assert made([ASK, asks]) == [ASK, {**asks, "weight": 1}]


def test_arguments_given_as_an_object_become_text() -> None:
    asks = message("assistant", None, tool_calls=call("a", '{"name": "Ünal"}'))
    result = made([ASK, asks])
    assert not isinstance(result, Refusal)
    assert result[1]["tool_calls"] == call("a", r'"{\"name\":\"Ünal\"}"')


@pytest.mark.parametrize(
    ("messages", "reason"),
    [
        ([ASK, message("tool", "6", tool_call_id="a"), YES], "orphan_tool_result"),
        (
            [
                ASK,
                message("assistant", None, tool_calls=call("a")),
                message("tool", "6", tool_call_id="b"),
                YES,
            ],
            "orphan_tool_result",
        ),
        (
            [ASK, message("assistant", None, tool_calls=call("a")), THANKS, WELCOME],
            "unanswered_tool_call",
        ),
    ],
)
def test_loose_calls_and_results_are_refused(messages: list[Message], reason: str) -> None:
    result = made(messages)
    assert isinstance(result, Refusal)
    assert result.reason == reason


@settings(deadline=None)
@given(
    messages=logged_messages(),
    rating=st.sampled_from([None, 1.0, 5.0]),
    options=st.builds(
        Formatting,
        system_prompt=st.sampled_from([None, "You run a shop."]),
        keep_logged_system=st.booleans(),
        train_on=st.sampled_from(["all", "last"]),
    ),
)
def test_every_example_is_well_formed(
    messages: list[Message], rating: float | None, options: Formatting
) -> None:
    result = made(messages, [rating] * len(messages), options)
    if isinstance(result, Refusal):
        return
    roles = [message["role"] for message in result]
    assert roles[-1] == "assistant"
    assert "user" in roles
    assert roles.count("system") == (roles[0] == "system")
    assert 1 in weights(result)
    for role, weight in zip(roles, weights(result), strict=True):
        assert weight in ((0, 1) if role == "assistant" else (None,))
    assert all(message["content"] is not None or message["tool_calls"] for message in result)
    if options.train_on == "last":
        assert weights(result).count(1) == 1


@settings(deadline=None)
@given(messages=logged_messages())
def test_formatting_a_formatted_conversation_changes_nothing(messages: list[Message]) -> None:
    once = made(messages)
    if not isinstance(once, Refusal):
        assert made(once) == once
