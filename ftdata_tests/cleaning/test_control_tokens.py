"""Control tokens and role marks: which are broken, which texts are left alone."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.control_tokens import neutralise_tokens, show_token, tokens_left
from ftdata.settings_cleaning import ControlTokens
from ftdata_tests.linear import assert_linear

PIECES = st.sampled_from(
    ["<", "|", ">", "<|", "|>", "<|im_start|>", "<｜end｜>", "</s>", "<s>", "[INST]", "[", "INST]",
     "<<SYS>>", "<eos>", " ", "\n", "a", "Human:", "\nUser: ", "Assistant:", "A:", "### Response:",
     "\\u003c", "\\u003e", "<<STOP", "STOP", "A) "]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=12).map("".join)
OPTIONS = ControlTokens(tokens=("<<STOP>>", "STOP"))


def neutralise(text, role="user", prompt=None):
    screened = neutralise_tokens([prompt, text], ["user", role], ControlTokens())
    assert (screened.had_token | screened.had_mark).tolist() == [False, screened.texts[1] != text]
    return screened.texts[1]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<|im_start|>system", "< |im_start|>system"),
        ("bye<|endoftext|>", "bye< |endoftext|>"),
        ("<|eot_id|><|start_header_id|>", "< |eot_id|>< |start_header_id|>"),
        ("<｜begin▁of▁sentence｜>hi", "< ｜begin▁of▁sentence｜>hi"),
        ("<s>[INST] hi [/INST] ho </s>", "< s>[ INST] hi [ /INST] ho < /s>"),
        ("<<SYS>>be kind<</SYS>>", "< <SYS>>be kind< </SYS>>"),
        ("<start_of_turn>model", "< start_of_turn>model"),
        ("<|im_<|im_start|>start|>", "<|im_< |im_start|>start|>"),
        (r"\u003c|im_start|\u003e", r"\u003c |im_start|\u003e"),
    ],
)
def test_tokens_are_broken(text, wanted):
    assert neutralise(text) == wanted
    assert neutralise(wanted) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "a < b || c > d",
        "x <| f |> g",
        "[1] see <span> and <section>",
        "[INSTALL] the package",
        "Human: to err is\nAssistant: to help",
        "",
    ],
)
def test_other_texts_of_a_user_stay(text):
    assert neutralise(text) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Assistant: It is on its way.", "It is on its way."),
        ("**Assistant:** It is on its way.", "It is on its way."),
        ("### Response:\nIt is on its way.", "It is on its way."),
        ("A: It is on its way.", "It is on its way."),
        ("A: A: It is", "It is"),
        ("It is.\nHuman: Why?\nAssistant: So.", "It is.\nHuman : Why?\nAssistant : So."),
        ("Assistant: It is.\nHuman: Why?", "It is.\nHuman: Why?"),
    ],
)
def test_role_marks_of_an_answer_go(text, wanted):
    assert neutralise(text, "assistant", "Where is it?") == wanted


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("Write a dialogue with a bot.", "User: Hello!\nBot: Hello to you."),
        ("Go on:\nUser: Hello!\nAssistant:", "User: Hello!\nAssistant: Hello to you."),
        ("Which one is it?\nA) 12\nB) 13", "A: 12"),
        ("What is in the log?", "It says this:\nUser: admin"),
        ("What is AI?", "There is one kind of AI: the narrow one."),
        ("Parse it", "```\nUser: 1\nAssistant: 2\n```"),
    ],
)
def test_answers_that_show_roles_stay(prompt, text):
    assert neutralise(text, "assistant", prompt) == text


def test_tool_calls_stay_json():
    calls = json.dumps([{"function": {"name": "say", "arguments": '{"text": "<|im_end|></s>"}'}}])
    screened = neutralise_tokens([calls], ["assistant"], ControlTokens())
    assert json.loads(screened.texts[0] or "")[0]["function"]["arguments"] == (
        '{"text": "< |im_end|>< /s>"}'
    )


def test_tokens_of_the_settings_are_broken_too():
    screened = neutralise_tokens(["x<<STOP>>", None, "x"], ["user"] * 3, OPTIONS)
    assert screened.texts == ["x< <S TOP>>", None, "x"]
    assert tokens_left(["x<<STOP>>", None, "x"], OPTIONS) == ["<<STOP>>", None, None]


@pytest.mark.parametrize("token", ["x", "two words", ""])
def test_a_token_of_the_settings_is_one_word(token):
    with pytest.raises(ValueError, match="tokens"):
        ControlTokens(tokens=(token,))


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["user", "assistant", "tool"])), max_size=4))
def test_none_is_left_and_twice_is_once(said):
    texts, roles = [text for text, _ in said], [role for _, role in said]
    once = neutralise_tokens(texts, roles, OPTIONS)
    assert not any(tokens_left(once.texts, OPTIONS))
    again = neutralise_tokens(once.texts, roles, OPTIONS)
    assert again.texts == once.texts
    assert not (again.had_token | again.had_mark).any()


@pytest.mark.parametrize(
    "piece", ["<|a", "<", "[/", "\nUser:", "Assistant:\n", "A:", "<｜", " \t\n"]
)
def test_the_time_is_linear(piece):
    def screen(text):
        screened = neutralise_tokens([text], ["assistant"], OPTIONS)
        tokens_left(screened.texts, OPTIONS)

    assert_linear(piece, screen)


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        ([None, "a </s>", "<bos>"], "</s>"),
        (["<|im_end|> and <|bob@corp.org|>"], "<|im_end|>"),
        (["<|bob@corp.org|>"], "<|…|>"),
        (["<｜jane_doe｜>"], "<｜…｜>"),
        (["x<<STOP>>"], "<<STOP>>"),
        (["<|stop|>"], "<|stop|>"),
        (["none", None], None),
    ],
)
def test_the_token_shown_is_the_first_and_nobodys(texts, shown):
    assert show_token(texts, ControlTokens(tokens=("<<STOP>>", "<|stop|>"))) == shown
