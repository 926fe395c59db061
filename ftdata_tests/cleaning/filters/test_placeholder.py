"""Placeholders: whole answers that are none."""

import pytest

from ftdata.cleaning.filters.placeholder import find_placeholders
from ftdata.settings_cleaning import Cleaning, Placeholder
from ftdata_tests.cleaning.filters.asked import ask, reason

NONE = (
    "N/A", "n/a.", "TODO", "[TBD]", "null", "None", "undefined", "...", "…", "---", "?", "test",
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit.", "[insert answer here]",
    "<your response>", "{{ response }}", "Internal Server Error", "Error: 429 Too Many Requests",
    "502 Bad Gateway", "Rate limit exceeded. Please try again later.", "[No response]",
    'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nKeyError: 1',
)  # fmt: skip
ANSWERS = (
    "No", "None.", "0", "👍", "No test is needed.", "42", "是", "It is undefined.", "[EMAIL]",
    "A null is a value that is absent.", "[PERSON] lives there.", "TODO lists help.",
    "Internal Server Error means that the server failed. Look at its log. It tells you why.",
    "Lorem is a part of a word.",
)  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_no_answer_is_found(text):
    assert reason(find_placeholders, "What is it?", text) == "placeholder_answer"


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_is_let_be(text):
    assert reason(find_placeholders, "What is it?", text) is None


def test_the_detail_says_the_kind_alone():
    assert ask(find_placeholders, "q", "Connection refused: 10.0.0.1").detail == "error"
    assert ask(find_placeholders, "q", "-").detail == "marks"


def test_phrases_of_the_settings_count_without_case_and_punctuation():
    options = Cleaning(placeholder=Placeholder(phrases=("Please hold, the next agent is coming",)))
    told = "please hold - THE NEXT AGENT IS COMING!"
    assert ask(find_placeholders, "q", told, options=options).detail == "phrase"
    assert reason(find_placeholders, "q", told) is None
    assert reason(find_placeholders, "q", f"{told} Bye", options=options) is None


def test_a_user_may_say_nothing():
    assert reason(find_placeholders, "...", "What do you mean?") is None
