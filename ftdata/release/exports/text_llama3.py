"""Llama 3's chat template as one text, as Llama 3.1, 3.2 and 3.3 have it.

Live. The form is the template in the tokenizers of meta-llama/Llama-3.1-8B-Instruct and
Llama-3.2-3B-Instruct, which TRL 1.16 ships as `llama3_1.jinja` and `llama3_2.jinja` (read 2026-11).
`<|begin_of_text|>` begins a text. Llama 3.2's template writes the day on which it runs; here stands
the date that both have where none is given, so that the same example gives the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from json import JSONDecoder
from typing import Any

from ftdata.release.examples import Example, Message
from ftdata.release.exports.exporter import Problem, Reading
from ftdata.release.exports.rendered import Template, rendered_exporter
from ftdata.release.exports.rendered_parts import (
    Tools,
    TurnForm,
    broken,
    plain_json,
    read_call,
    read_json,
    rendered_arguments,
    told_message,
    turns_of,
)

_BEGIN = "<|begin_of_text|>"
_WITH_TOOLS = "Environment: ipython\n"
_DATES = "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n"
_OFFER = (
    "Given the following functions, please respond with a JSON for a function call with its proper"
    " arguments that best answers the given prompt.\n\nRespond in the format"
    ' {"name": function name, "parameters": dictionary of argument name and its value}.'
    "Do not use variables.\n\n"
)
_ANY_DATES = re.compile(
    r"(Environment: ipython\n)?(?:Cutting Knowledge Date: .+\n)(?:Today Date: .+\n)?\n"
)
_FORM = TurnForm("<|start_header_id|>", "<|end_header_id|>\n\n", "<|eot_id|>")
_OTHER_ENDING = "<|eom_id|>"  # of a turn that waits for a tool
_MARKERS = re.compile(
    r"<\|(?:begin_of_text|end_of_text|start_header_id|end_header_id|eot_id|eom_id|python_tag"
    r"|finetune_right_pad_id|image|step_id|reserved_special_token_\d+)\|>"
)
_CALL = re.compile(r'\{"name": "([^"\\]*)", "parameters": (.*)\}', re.DOTALL)
_ROLES = ("system", "user", "assistant", "ipython")


def render_llama3(messages: Sequence[Message], tools: Tools) -> str:
    r"""System text, tools before the first user message, calls and results as JSON.

    user "Hi", assistant "Hello."::

        <|begin_of_text|><|start_header_id|>system<|end_header_id|>

        Cutting Knowledge Date: December 2023
        Today Date: 26 Jul 2024

        <|eot_id|><|start_header_id|>user<|end_header_id|>

        Hi<|eot_id|><|start_header_id|>assistant<|end_header_id|>

        Hello.<|eot_id|>
    """
    has_system = bool(messages) and messages[0].role == "system"
    own = messages[0].content if has_system else ""
    turns = [("system", f"{_WITH_TOOLS if tools else ''}{_DATES}{own}")]
    turns += map(_turn, messages[1:] if has_system else messages)
    if tools and len(turns) > 1:
        offered = "".join(f"{plain_json(tool, indent=4)}\n\n" for tool in tools)
        turns[1] = ("user", f"{_OFFER}{offered}{turns[1][1]}")
    texts = (f"<|start_header_id|>{r}<|end_header_id|>\n\n{said}<|eot_id|>" for r, said in turns)
    return _BEGIN + "".join(texts)


def _turn(message: Message) -> tuple[str, str]:
    if message.role == "tool":
        return "ipython", plain_json(message.content)
    if message.tool_calls:
        call = message.tool_calls[0]
        name, arguments = call["function"]["name"], rendered_arguments(call)
        return "assistant", f'{{"name": "{name}", "parameters": {arguments}}}'
    return message.role, message.content or ""


def parse_llama3(text: str) -> Reading | Problem:
    """The conversation of a text, with or without the dates that the template writes."""
    if not text.startswith(_BEGIN):
        return broken(text, 0, _BEGIN)
    text = text.replace(_OTHER_ENDING, _FORM.ending)
    turns = turns_of(text, len(_BEGIN), _FORM, _MARKERS.search)
    if isinstance(turns, Problem):
        return turns
    tools: Tools = None
    messages: list[Message] = []
    for place, (role, said) in enumerate(turns):
        if role not in _ROLES:
            wanted = ", ".join(_ROLES)
            return Problem("unknown_role", "text", f"has the role {role:.40}: use {wanted}")
        if not place and role == "system":
            own = _ANY_DATES.sub("", said, count=1)
            messages += [told_message("system", own)] if own else []
        elif role == "user" and tools is None and said.startswith(_OFFER):
            tools, said = _read_offer(said.removeprefix(_OFFER))  # noqa: PLW2901 (what is left)
            messages.append(told_message("user", said))
        else:
            messages.append(_read_turn(role, said))
    return Reading(messages, tools)


def _read_offer(text: str) -> tuple[list[dict[str, Any]], str]:
    tools, at = [], 0
    for tool, end in _values(text):
        # Read once more: Python's reader, which alone tells where a value ends, lets NaN pass.
        if read_json(text[at:end]) != tool or not text.startswith("\n\n", end):
            break
        tools.append(tool)
        at = end + 2
    return tools, text[at:]


def _values(text: str) -> Iterator[tuple[dict[str, Any], int]]:
    """JSON objects with a blank line after each, and where they end."""
    at = 0
    while text.startswith("{", at):
        try:
            value, at = JSONDecoder().raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield value, at
        at += 2


def _read_turn(role: str, said: str) -> Message:
    if role == "ipython":
        content = read_json(said)
        return told_message("tool", content if isinstance(content, str) else said)
    call = _CALL.fullmatch(said) if role == "assistant" else None
    arguments = read_json(call[2]) if call is not None else None
    if call is not None and arguments is not None:
        return told_message("assistant", "", [read_call(call[1], arguments)])
    return told_message(role, said)


def _unfit(example: Example) -> Problem | None:
    """What the published template raises an exception for, or writes amiss."""
    for place, message in enumerate(example.messages):
        if len(message.tool_calls or ()) > 1:
            text = "holds several calls, of which the template takes one: split the turn"
            return Problem("several_calls", f"messages[{place}].tool_calls", text)
    spoken = [m for m in example.messages[:2] if m.role not in ("system", "developer")]
    if example.tools and (not spoken or spoken[0].role != "user"):
        text = "do not begin with the user, in whose message tools are offered: add one"
        return Problem("role_order", "messages", text)
    return None


TEXT_LLAMA3 = rendered_exporter(
    "text_llama3",
    Template(
        render_llama3,
        parse_llama3,
        _MARKERS.search,
        _unfit,
        own_system="",
        strips=True,
        drops_words_of_calls=True,
    ),
    loss=(
        "No weights: a trainer learns the whole text; ids of calls go, and words beside a call;"
        " white space at the ends of messages goes; one call a turn is allowed; examples in which"
        " a message holds one of the template's tokens are refused."
    ),
    carries=frozenset(("system", "tools", "tool_calls", "history")),
)
