from __future__ import annotations

from ftdata.tagging.said import MAX_CHARS, read_said
from ftdata_tests.tagging.saying import message, said


def test_only_what_users_say_is_read() -> None:
    messages = [
        message("system", "Be brief."),
        message("user", "Is the SHOP open?"),
        message("assistant", "Yes."),
        message("tool", "6"),
        message("user", None),
    ]
    found = read_said(messages, None)
    assert found.prompts == ("Is the SHOP open?", "")
    assert found.words == {"is", "the", "shop", "open"}
    assert found.spaced == " is the shop open "
    assert found.language == "en"


def test_long_prompts_are_cut_over_all_messages() -> None:
    found = said("a" * (MAX_CHARS - 1), "bcd", "e")
    assert [len(prompt) for prompt in found.prompts] == [MAX_CHARS - 1, 1]


def test_a_text_without_spaces_has_words_too() -> None:
    assert said("x", language="zh").size("你好你好") == 2
    assert said("x").size("one two") == 2
