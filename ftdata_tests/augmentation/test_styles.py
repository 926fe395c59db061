from __future__ import annotations

import pytest

from ftdata.augmentation.styles import make_casual, make_formal, make_longer, make_shorter

SEEDS = range(40)


@pytest.mark.parametrize(
    ("text", "formal"),
    [
        ("Hey, can you tell me what's on?", "Hello, could you please tell me what is on?"),
        ("i want to buy a seat for my kids", "I would like to purchase a seat for my children."),
        ("find the theaters near me", "Could you please find the theaters near me?"),
        ("Can I get two tickets at the Odeon?", "May I have two tickets at the Odeon?"),
        ("Yeah, that works. thanks for it", "Yes, that works. Thank you for it."),
        ("Where can I buy a lamp", "Where can I purchase a lamp?"),
        ("hey what's on", None),  # the greeting would stay casual
        ("Where is the Odeon?", None),
        ("May I have the list, please?", None),
    ],
)
def test_a_text_becomes_more_formal(text: str, formal: str | None) -> None:
    assert make_formal(text) == formal


@pytest.mark.parametrize(
    ("text", "casual"),
    [
        ("Hello, I would like to purchase a lamp.", "Hey, I want to buy a lamp."),
        ("Thank you very much. That is all.", "Thanks a lot. That's all."),
        ("Could you please check it?", "Can you check it?"),
        ("Yes, that is right.", "Yeah, that's right."),
        ("My lamp broke.", None),
    ],
)
def test_a_text_becomes_more_casual(text: str, casual: str | None) -> None:
    assert make_casual(text, 0, is_first=True) == casual


def test_a_plain_question_gets_a_casual_opening_where_the_conversation_begins() -> None:
    text = "How many shops are there?"
    assert {make_casual(text, seed, is_first=True) for seed in SEEDS} == {
        "Hey, how many shops are there?",
        "Hey there, how many shops are there?",
        "Hi, how many shops are there?",
    }
    assert make_casual(text, 0, is_first=False) is None


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        ("Hi! Could you please list the shops?", "List the shops."),
        ("No. Thank you so much for all of your help today.", "No. Thank you."),
        ("No, that's all I need for now. Thanks!", "No, that's all. Thanks!"),
        ("That will be all the help I need.", "That will be all."),
        ("I really want all of the lamps.", "I want all the lamps."),
        ("What is playing right now?", "What is playing?"),
        ("Can you check the list for me?", "Can you check the list?"),
        ("Thank you for the lamp.", None),
        ("Is that all you have?", None),
    ],
)
def test_a_text_becomes_shorter(text: str, shorter: str | None) -> None:
    assert make_shorter(text) == shorter


def longer(text: str, *, is_first: bool = True) -> set[str]:
    return {made for seed in SEEDS if (made := make_longer(text, seed, is_first)) is not None}


def test_a_sentence_of_courtesy_is_added_before_or_after() -> None:
    made = longer("how do I clean a lamp")
    assert "hi there! how do I clean a lamp" in made
    assert "I hope you can help me with this. how do I clean a lamp" in made
    assert "how do I clean a lamp? Thanks in advance!" in made


def test_later_in_a_conversation_nobody_is_greeted() -> None:
    assert longer("How do I clean it?") > longer("How do I clean it?", is_first=False)
    assert all(
        text.startswith("How do I clean it? Thank")
        for text in longer("How do I clean it?", is_first=False)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Thank you, that is all.",  # courtesy already, and nothing is asked
        "Please tell me the plot.",
        "You are a judge. Explain the law.",
        "How do I kill a king?",
        "I'll take that one.",
    ],
)
def test_courtesy_is_not_added_where_it_would_be_odd(text: str) -> None:
    assert longer(text) == set()


def test_a_why_question_is_not_thanked_for() -> None:
    assert longer("Why is the sky blue?") == {
        "Hi there! Why is the sky blue?",
        "Hello! Why is the sky blue?",
        "Hi! Why is the sky blue?",
    }
