"""Scores: named penalties per dimension, a product of them, and what is noticed on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.conversations import read_conversations
from ftdata.cleaning.scores import DIMENSIONS, PENALTIES, score_conversations
from ftdata_tests.cleaning.raw import message, raw_table, turns

ESSAY = "Rivers carve valleys because water carries sand, and sand wears stone away. " * 8


def score(*texts, flags=(), kind=None):
    """The scores of one conversation by name, and what was noticed."""
    conversations = read_conversations(raw_table(turns(*texts)).column("messages"))
    scores = score_conversations(conversations, [list(flags)], [kind])
    return dict(scores.column()[0].as_py()), scores.flags[0]


def test_nothing_noticed_is_one_in_everything():
    values, flags = score("When do you open on Sunday?", "At nine.")
    assert values == {"clarity": 1, "completeness": 1, "coherence": 1, "quality": 1}
    assert flags == []


def test_flags_and_kinds_take_their_penalty_from_their_dimension():
    values, flags = score(
        "When do you open?", "At", flags=["truncated", "toxicity_insult", "control_tokens"]
    )
    assert values == {"clarity": 1, "completeness": 0.5, "coherence": 0.7, "quality": 0.35}
    assert flags == []
    assert score("When do you open?", "No idea.", kind="hedge")[0]["completeness"] == 0.6
    assert score("When do you open?", "I won't tell.", kind="decline")[0]["quality"] == 1


@pytest.mark.parametrize(
    ("texts", "flag"),
    [
        (("asimov", "A writer."), "one_word_prompt"),
        (("can you help me please?", "With what?"), "vague_prompt"),
        (("PLEASE TELL ME WHEN YOU OPEN", "At nine."), "shouting_prompt"),
        (("sdfkjhsdf lkjhsdfg qwrtpsdf", "Pardon?"), "garbled_prompt"),
        (("tell me #$%@!&*# now", "Pardon?"), "garbled_prompt"),
        (("Explain how rivers carve valleys", "By water."), "short_answer"),
        (("Describe your favourite childhood holiday memories", ESSAY), "unrelated_answer"),
    ],
)
def test_what_stands_out_is_noticed(texts, flag):
    values, flags = score(*texts)
    assert flags == [flag]
    assert values["quality"] < 1


@pytest.mark.parametrize(
    "texts",
    [
        ("Explain in one word how rivers carve valleys", "Erosion"),
        ("How do rivers carve valleys?", ESSAY),
        ("Tell me of holidays in winter", "Sure.", "Describe some lovely places", ESSAY),
        ("ВРЕМЯ РАБОТЫ В ВОСКРЕСЕНЬЕ И ПОНЕДЕЛЬНИК", "В девять."),
        ("你好", "你好！"),
    ],
)
def test_what_is_fine_is_not(texts):
    assert score(*texts)[1] == []


def test_conversations_without_one_side_have_scores():
    table = raw_table([message("user", "Hello to you")], [message("assistant", "Hi")], [])
    conversations = read_conversations(table.column("messages"))
    scores = score_conversations(conversations, [[], [], []], [None] * 3)
    assert scores.flags == [[], [], []]
    assert set(scores.values[:, -1].tolist()) == {1}


@given(st.lists(st.sampled_from(sorted(PENALTIES)), max_size=8))
def test_scores_stay_between_0_and_1_and_each_flag_counts_once(flags):
    values, _ = score("When do you open?", "At nine.", flags=flags)
    assert all(0 <= value <= 1 for value in values.values())
    assert values == score("When do you open?", "At nine.", flags=sorted(set(flags)))[0]
    product = 1.0
    for name in DIMENSIONS:
        product *= values[name]
    assert values["quality"] == pytest.approx(product, abs=0.002)
