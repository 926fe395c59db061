from __future__ import annotations

import pytest

from ftdata.augmentation import rephrasing
from ftdata.augmentation.rephrasing import WORDINGS, Rule


@pytest.mark.parametrize(
    ("rule", "text", "rephrased"),
    [
        (rephrasing.drop_greeting, "Hi there! what is on tonight?", "What is on tonight?"),
        (rephrasing.drop_greeting, "High prices everywhere.", None),
        (rephrasing.ask_can_you, "Tell me the plot.", "Can you tell me the plot?"),
        (rephrasing.ask_could_you, "find showtimes", "Could you find showtimes?"),
        (rephrasing.ask_can_you, "Tell me the plot. Keep it short.", None),
        (rephrasing.ask_can_you, "Tell me the plot, please.", None),
        (rephrasing.ask_can_you, "Book of the month club", None),
        (rephrasing.ask_can_you, "Name tags for a party", None),
        (rephrasing.add_please, "Write a story. Be sad.", "Please write a story. Be sad."),
        (rephrasing.add_please, "Can you list the parts?", "Can you please list the parts?"),
        (rephrasing.add_please, "Please list the parts.", None),
        (rephrasing.add_please, "The list of parts is here.", None),
        (rephrasing.drop_please, "Please tell me the plot.", "Tell me the plot."),
        (rephrasing.drop_please, "Could you please go on?", "Could you go on?"),
        (rephrasing.drop_please, "I want two tickets, please.", "I want two tickets."),
        (rephrasing.drop_please, "Please the crowd.", None),
        (rephrasing.tell_instead_of_ask, "Can you tell me the time?", "Tell me the time."),
        (rephrasing.tell_instead_of_ask, "Could you please explain it?", "Explain it."),
        (rephrasing.tell_instead_of_ask, "Can you find gold in Alaska?", None),
        (rephrasing.tell_instead_of_ask, "Can you explain it? I am lost.", None),
        (rephrasing.contract, "I am not sure it is not.", "I'm not sure it isn't."),
        (rephrasing.contract, "Yes, I am.", None),
        (rephrasing.contract, "I have to go.", None),
        (rephrasing.contract, "What is the time?", "What's the time?"),
        (rephrasing.contract, "You cannot enter.", "You can't enter."),
        (rephrasing.contract, "Not only that", None),
        (rephrasing.expand, "I don’t think I'll go.", "I do not think I will go."),
        (rephrasing.expand, "Don't you think so?", None),
        (rephrasing.expand, "It's good, isn't it?", "It is good, isn't it?"),
        (rephrasing.expand, "What's been said?", None),
        (rephrasing.expand, "i won't come", "i will not come"),
    ],
)  # fmt: skip
def test_each_rule_gives_this(rule: Rule, text: str, rephrased: str | None) -> None:
    assert rule(text) == rephrased


@pytest.mark.parametrize(
    ("text", "rephrased"),
    [
        ("I want to see a film.", "I'd like to see a film."),
        ("i'd like to see a film", "i want to see a film"),
        ("How can I reach you?", "How do I reach you?"),
        ("How much does the trip cost?", "What does the trip cost?"),
        ("What time does it start?", "When does it start?"),
        ("What are some good books?", "Can you name some good books?"),
        ("Give me a list of parks", "List parks"),
        ("Imagine you're a judge.", "Imagine yourself as a judge."),
        ("You are a judge. Explain the law.", "Imagine you are a judge. Explain the law."),
        ("Sounds good to me.", "That sounds good to me."),
        ("No, thank you for asking.", "No, thanks for asking."),
        ("Cities such as Rome", "Cities like Rome"),
        ("Is it playing near me?", "Is it playing close to me?"),
    ],
)
def test_wordings_have_another_form(text: str, rephrased: str) -> None:
    assert [new for rule in WORDINGS if (new := rule(text))] == [rephrased]


@pytest.mark.parametrize(
    "text",
    [
        "What time is it?",
        "I want to",
        "You are a liar. You know nothing.",
        "I came to thank you for it.",
        "Yeah right",
        "A nearby shop",
    ],
)
def test_wordings_leave_alone_what_would_read_badly(text: str) -> None:
    assert [new for rule in WORDINGS if (new := rule(text))] == []
