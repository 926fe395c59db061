from __future__ import annotations

import pytest

from ftdata.augmentation.openings import find_openings
from ftdata.splitting.ties import TURN_WORDS
from ftdata.text import words


@pytest.mark.parametrize(
    ("prompt", "is_service", "opening"),
    [
        ("Find me a flight to Rome.", True, "I need help with a flight."),
        ("What flights are there?", True, "I have a question about flights."),
        ("Write a sort in Python.", False, "I need help with some Python code."),
        ("What is the best film?", False, "I have a question."),
        ("Name a film.", False, "I need some help."),
    ],
)
def test_an_opening_says_too_little_of_the_topic(
    prompt: str, is_service: bool, opening: str
) -> None:
    found = find_openings(prompt, is_service)
    assert opening in [one.text for one in found]
    assert all(ask.endswith("?") for one in found for ask in one.asks)
    assert all(len(words(one.text)) < TURN_WORDS for one in found)
