"""Takes their meaning from tokens and role marks that a chat template is made of.

A token such as `<|im_start|>` inside a text would end or begin a turn when the text is trained on;
an answer that begins with `Assistant:` or runs on into the next `Human:` teaches a model to do so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ftdata.settings_cleaning import ControlTokens

# What JSON may write for `<`, `>` and `/`.
_LT, _GT, _SLASH = r"(?:<|\\u003[cC])", r"(?:>|\\u003[eE])", r"(?:\\{0,2}/)"
# Tokens of ChatML, Llama, Mistral, Gemma, Phi, DeepSeek and the fill-in-the-middle models. Where a
# token opens is a group of its own.
_TOKEN_FORMS = (
    rf"{_LT}(?=[|｜][^|｜<>\s]{{1,64}}[|｜]{_GT})",
    rf"{_LT}(?={_SLASH}?(?:s|bos|eos|pad|unk|start_of_turn|end_of_turn){_GT})",
    rf"{_LT}(?={_LT}{_SLASH}?SYS{_GT}{_GT})",
    rf"\[(?={_SLASH}?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\])",
)
_TOKENS = re.compile("|".join(_TOKEN_FORMS))
_SIGNS = ("<", "[", "\\u003")
# Most of the same tokens spelled out, for a search by another path.
_SPELLED = (
    "<s>", "</s>", "<bos>", "</bos>", "<eos>", "</eos>", "<pad>", "<unk>", "<start_of_turn>",
    "</start_of_turn>", "<end_of_turn>", "</end_of_turn>", "<<SYS>>", "<</SYS>>", "[INST]",
    "[/INST]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]",
    "[TOOL_CALLS]", "[/TOOL_CALLS]", "[TOOL_RESULTS]", "[/TOOL_RESULTS]",
)  # fmt: skip
_BARS = (("<|", "|>"), ("<｜", "｜>"))
# Names between bars that templates use; any other may be made of what people wrote.
_BAR_NAMES = (
    "im_start", "im_end", "im_sep", "endoftext", "endofprompt", "end", "system", "user",
    "assistant", "tool", "begin_of_text", "end_of_text", "start_header_id", "end_header_id",
    "eot_id", "eom_id", "python_tag", "fim_prefix", "fim_middle", "fim_suffix", "fim_pad", "pad",
    "startoftext", "begin▁of▁sentence", "end▁of▁sentence", "User", "Assistant",
)  # fmt: skip
_MAX_TOKEN = 68  # characters of the longest token in bars

_ASKS = "User|USER|Human|HUMAN|System|SYSTEM|### ?(?:Instruction|Input|User|Human|System)"
_ANSWERS = "Assistant|ASSISTANT|AI|Bot|Chatbot|ChatGPT|### ?(?:Response|Output|Assistant)"
_ROLE_LINES = re.compile(rf"^[ \t]{{0,3}}(?:\*\*)?(?:(?P<asks>{_ASKS})|{_ANSWERS}):", re.MULTILINE)
_OPENING_MARK = re.compile(rf"\s{{0,8}}(?:\*\*)?(?:{_ASKS}|{_ANSWERS}):(?:\*\*)?\s{{0,8}}")
_OPENING_MARK_OR_A = re.compile(rf"{_OPENING_MARK.pattern}|A:\s{{0,8}}")
_MARK_SIGNS = (
    "User:", "USER:", "Human:", "HUMAN:", "System:", "SYSTEM:", "Assistant:", "ASSISTANT:", "AI:",
    "Bot:", "Chatbot:", "ChatGPT:", "Instruction:", "Input:", "Response:", "Output:",
)  # fmt: skip
_ANSWER_MARK = "A:"
# `A:` is an answer where the prompt lists choices.
_CHOICES = re.compile(r"(?:^|[\s(])A[).:]")
_WANTS_DIALOGUE = re.compile(
    r"(?i)dialog|diálog|conversa|script|\bchat|role.?play|\bskit\b|interview|\bplay\b|\bscene\b"
)


@dataclass(frozen=True)
class Screened:
    """m texts without control tokens and role marks, and which of them had some of each."""

    texts: list[str | None]
    had_token: npt.NDArray[np.bool_]
    had_mark: npt.NDArray[np.bool_]


def neutralise_tokens(
    texts: Sequence[str | None], roles: Sequence[str], options: ControlTokens
) -> Screened:
    """Every text with its tokens broken and the role marks of its answers taken away.

    `texts` are m message contents or tool calls (JSON) in order, `roles` who said them. A token is
    broken by a space behind its first character, `<|im_end|>` becomes `< |im_end|>`: no tokenizer
    takes that for the token, a reader still sees which it was, and JSON stays JSON. A role mark
    (`Assistant:`, `### Response:`, `A:`) at the start of an answer goes. Where an answer holds
    lines of several roles their marks are broken too, `Human :`, unless the prompt (the user
    message before) asks for a dialogue or shows one. Doing it twice changes nothing.
    """
    results = break_tokens(texts, options)
    had_token, had_mark = np.zeros((2, len(texts)), dtype=np.bool_)
    for index, better in enumerate(results):
        had_token[index] = better != texts[index]
        if better and roles[index] == "assistant" and ":" in better:
            asked = texts[index - 1] if index and roles[index - 1] == "user" else None
            unmarked = _without_marks(better, asked or "")
            had_mark[index] = unmarked != better
            results[index] = unmarked
    return Screened(results, had_token, had_mark)


def break_tokens(texts: Sequence[str | None], options: ControlTokens) -> list[str | None]:
    """Every text with its tokens broken, its role marks as they are."""
    found, looks_at_all = _token_pattern(options), bool(options.tokens)
    return [
        found.sub(r"\g<0> ", text)
        if text and (looks_at_all or any(sign in text for sign in _SIGNS))
        else text
        for text in texts
    ]


def tokens_left(texts: Sequence[str | None], options: ControlTokens) -> list[str | None]:
    """The first token that stands in each of m texts, None where there is none; by plain search."""
    spelled = (*_SPELLED, *options.tokens)
    return [
        next((token for token in spelled if token in text), None) or next(_barred(text), None)
        if text
        else None
        for text in texts
    ]


def show_token(texts: Sequence[str | None], options: ControlTokens) -> str | None:
    """The first token in the texts, for a drop's detail; `<|…|>` for one of no known template."""
    token = next(filter(None, tokens_left(texts, options)), None)
    for opening, closing in _BARS:
        if token and token.startswith(opening) and token not in options.tokens:
            name = token.removeprefix(opening).removesuffix(closing)
            return token if name in _BAR_NAMES else f"{opening}…{closing}"
    return token


def _barred(text: str) -> Iterator[str]:
    """Tokens between bars, such as `<|end|>`: up to 64 characters without space, bar or bracket."""
    for opening, closing in _BARS:
        start = text.find(opening)
        while start >= 0:
            end = text.find(closing, start + 2, start + _MAX_TOKEN)
            name = text[start + 2 : end] if end > 0 else ""
            if name and not any(char.isspace() or char in "<>|｜" for char in name):
                yield text[start : end + 2]
            start = text.find(opening, start + 1)


def _token_pattern(options: ControlTokens) -> re.Pattern[str]:
    own = [f"{re.escape(token[0])}(?={re.escape(token[1:])})" for token in options.tokens]
    return re.compile("|".join((*_TOKEN_FORMS, *own))) if own else _TOKENS


def _without_marks(text: str, prompt: str) -> str:
    """An answer without role marks at its start, and with those broken that begin other turns."""
    has_sign = any(sign in text for sign in _MARK_SIGNS)
    if not has_sign and not text.startswith(_ANSWER_MARK):
        return text
    if _has_several_roles(text) and (_WANTS_DIALOGUE.search(prompt) or _ROLE_LINES.search(prompt)):
        return text
    opening = _OPENING_MARK if _CHOICES.search(prompt) else _OPENING_MARK_OR_A
    start = 0
    while mark := opening.match(text, start):
        start = mark.end()
    text = text[start:]
    if "```" not in text and _has_several_roles(text):
        return _ROLE_LINES.sub(lambda mark: f"{mark[0][:-1]} :", text)
    return text


def _has_several_roles(text: str) -> bool:
    """Whether lines of one who asks and of one who answers stand in it."""
    return len({mark["asks"] is None for mark in _ROLE_LINES.finditer(text)}) > 1
