from __future__ import annotations

from ftdata.augmentation.messages import (
    last_trained_prompt,
    new_turn,
    said,
    trained_prompts,
    with_content,
    with_turn,
)
from ftdata_tests.augmentation.formatted import message, turn

CALL = {**message("assistant", "", 1), "content": None, "tool_calls": "[]"}
MESSAGES = [
    message("system", "Be brief."),
    message("assistant", "Welcome.", 1),
    *turn("Rome?", "At nine."),
    *turn("Bonn?", "Never.", weight=0),
    message("user", "Oslo?"),
    CALL,
    message("tool", "10"),
    message("assistant", "At ten.", 1),
]


def test_a_trained_prompt_is_what_a_trained_reply_answers() -> None:
    assert trained_prompts(MESSAGES) == [2, 6]
    assert last_trained_prompt(MESSAGES) == 6
    assert last_trained_prompt(MESSAGES[:2]) is None
    assert last_trained_prompt([]) is None


def test_one_message_or_one_turn_is_another() -> None:
    assert with_content(turn("Rome?", "At nine."), 0, "Bonn?") == turn("Bonn?", "At nine.")
    changed = with_turn(MESSAGES, 2, "Paris?", "At six.")
    assert changed[2:4] == turn("Paris?", "At six.") == new_turn("Paris?", "At six.")
    assert changed[:2] + changed[4:] == MESSAGES[:2] + MESSAGES[4:]


def test_what_is_said_is_without_who_says_it() -> None:
    assert said([*turn("Rome?", "At nine."), CALL]) == "Rome?\n\nAt nine.\n\n"
