"""Echoes: answers that say nothing but their prompt."""

import pytest

from ftdata.cleaning.filters.echo import find_echoes
from ftdata.settings_cleaning import Cleaning, Echo
from ftdata_tests.cleaning.filters.asked import ask, reason

PROMPT = "I need two tickets to the late show tonight, please"
PASSAGE = (
    "Brackwater is a halt on the branch line. It lies in the marshes between Oldford and Quillmoor,"
    " sixteen kilometres from the central station, and was opened in the spring of 1903."
)


@pytest.mark.parametrize("answer", [PROMPT, PROMPT.upper() + "!", f"So {PROMPT}"])
def test_the_prompt_told_back_is_an_echo(answer):
    assert reason(find_echoes, PROMPT, answer) == "echo"


def test_an_echo_in_a_later_turn_is_found():
    assert ask(find_echoes, "Hi", "Hello", PROMPT, PROMPT) == (
        "echo", "100% of its words are the prompt's"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("prompt", "answer"),
    [
        ("Say hello", "hello"),
        ("Hello there!", "Hello there!"),
        (f"Translate: {PROMPT}", PROMPT),
        ("Correct this sentence: she go to the school every day", "She go to the school every day"),
        (f"Where is the Kilo station?\n\n{PASSAGE}", PASSAGE),
        ("Do people learn faster when they are told in their own style", "No, people do not."),
        ("Is it true that people learn faster in their style?",
         "It is true that people learn faster in their style."),
        (PROMPT, f"{PROMPT}. I found two seats in the third row for 10:40 PM; shall I book them?"),
        ('Who said, "Only the dead have seen the end?"',
         'Plato said, "Only the dead have seen the end."'),
        (PROMPT, "please tonight show late the to tickets two need I"),
    ],
)  # fmt: skip
def test_an_answer_that_shares_words_with_its_prompt_is_none(prompt, answer):
    assert reason(find_echoes, prompt, answer) is None


def test_the_bounds_are_settings():
    short = Cleaning(echo=Echo(min_words=2))
    assert reason(find_echoes, "Hello there!", "hello there", options=short) == "echo"
    changed = PROMPT.replace("two", "three").replace("late", "early")
    assert reason(find_echoes, PROMPT, changed) is None
    assert reason(find_echoes, PROMPT, changed, options=Cleaning(echo=Echo(min_share=0.7)))
