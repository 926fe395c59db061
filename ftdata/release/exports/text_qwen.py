"""Qwen2.5's chat template as one text: ChatML with tools and a system prompt of its own.

Live. The form is the template in the tokenizer of Qwen/Qwen2.5-7B-Instruct, which TRL 1.16 ships as
`qwen2_5.jinja` (read 2026-11). No token begins a text, and a line break follows each message.
Where an example has no system message the template writes Qwen's own, and so it stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from ftdata.release.examples import Message
from ftdata.release.exports.exporter import Problem, Reading
from ftdata.release.exports.rendered import Template, rendered_exporter
from ftdata.release.exports.rendered_parts import (
    Tools,
    plain_json,
    read_call,
    read_json,
    rendered_arguments,
    told_message,
)
from ftdata.release.exports.text_chatml import chatml_turns

_OWN_SYSTEM = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant."
_OFFER = (
    "\n\n# Tools\n\nYou may call one or more functions to assist with the user query.\n\n"
    "You are provided with function signatures within <tools></tools> XML tags:\n<tools>\n"
)
_OFFER_END = (
    "\n</tools>\n\nFor each function call, return a json object with function name and arguments"
    " within <tool_call></tool_call> XML tags:\n<tool_call>\n"
    '{"name": <function-name>, "arguments": <args-json-object>}\n</tool_call>'
)
_CALL, _CALL_END = "<tool_call>\n", "\n</tool_call>"
_RESULT, _RESULT_END = "<tool_response>\n", "\n</tool_response>"
_TOKENS = (
    "im_start|im_end|endoftext|object_ref_start|object_ref_end|box_start|box_end|quad_start"
    "|quad_end|vision_start|vision_end|vision_pad|image_pad|video_pad|fim_prefix|fim_middle"
    "|fim_suffix|fim_pad|repo_name|file_sep"
)
_MARKERS = re.compile(rf"<\|(?:{_TOKENS})\|>|</?(?:tool_call|tool_response|tools)>")
_INSIDE = re.compile(rf"<\|(?:{_TOKENS})\|>")
_ROLES = ("system", "user", "assistant")


def render_qwen(messages: Sequence[Message], tools: Tools) -> str:
    r"""The messages one after the other, tools on offer in the system message, results as users'.

    user "Paris?", a call of `weather`, its result "18 C", assistant "18 degrees."::

        <|im_start|>system
        You are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>
        <|im_start|>user
        Paris?<|im_end|>
        <|im_start|>assistant
        <tool_call>
        {"name": "weather", "arguments": {"city": "Paris"}}
        </tool_call><|im_end|>
        <|im_start|>user
        <tool_response>
        18 C
        </tool_response><|im_end|>
        <|im_start|>assistant
        18 degrees.<|im_end|>
    """
    has_system = bool(messages) and messages[0].role == "system"
    system = messages[0].content if has_system else _OWN_SYSTEM
    if tools:
        offered = "\n".join(map(plain_json, tools))
        system = f"{system}{_OFFER}{offered}{_OFFER_END}"
    parts = [("system", system or ""), *_spoken(messages[1:] if has_system else messages)]
    return "".join(f"<|im_start|>{role}\n{text}<|im_end|>\n" for role, text in parts)


def _spoken(messages: Sequence[Message]) -> Iterator[tuple[str, str]]:
    for is_result, together in groupby(messages, key=lambda message: message.role == "tool"):
        if is_result:
            yield "user", "\n".join(f"{_RESULT}{m.content}{_RESULT_END}" for m in together)
            continue
        for message in together:
            said = [message.content] if message.content or not message.tool_calls else []
            calls = [_call_text(call) for call in message.tool_calls or ()]
            yield message.role, "\n".join([*filter(None, said), *calls])


def _call_text(call: dict[str, Any]) -> str:
    name, arguments = call["function"]["name"], rendered_arguments(call)
    return f'{_CALL}{{"name": "{name}", "arguments": {arguments}}}{_CALL_END}'


def parse_qwen(text: str) -> Reading | Problem:
    """The conversation of a text; Qwen's own system prompt is none."""
    turns = chatml_turns(text, _ROLES, _INSIDE.search)
    if isinstance(turns, Problem):
        return turns
    tools: Tools = None
    messages: list[Message] = []
    for place, (role, said) in enumerate(turns):
        if not place and role == "system":
            own, tools = _read_system(said)
            messages += [told_message("system", own)] if own != _OWN_SYSTEM else []
        elif role == "assistant":
            messages.append(_read_assistant(said))
        elif role == "user" and said.startswith(_RESULT) and said.endswith(_RESULT_END):
            results = said[len(_RESULT) : -len(_RESULT_END)].split(f"{_RESULT_END}\n{_RESULT}")
            messages += [told_message("tool", result) for result in results]
        else:
            messages.append(told_message(role, said))
    return Reading(messages, tools)


def _read_system(said: str) -> tuple[str, Tools]:
    own, offer, rest = said.partition(_OFFER)
    if not offer or not rest.endswith(_OFFER_END):
        return said, None
    tools = [read_json(line) for line in rest.removesuffix(_OFFER_END).split("\n")]
    if not all(isinstance(tool, dict) for tool in tools):
        return said, None
    return own, [tool for tool in tools if isinstance(tool, dict)]


def _read_assistant(said: str) -> Message:
    words, opening, rest = said.partition(_CALL)
    if not opening or not rest.endswith(_CALL_END):
        return told_message("assistant", said)
    calls = []
    for part in rest.removesuffix(_CALL_END).split(f"{_CALL_END}\n{_CALL}"):
        call = read_json(part)
        if not isinstance(call, dict) or "name" not in call or "arguments" not in call:
            return told_message("assistant", said)
        calls.append(read_call(call["name"], call["arguments"]))
    return told_message("assistant", words.removesuffix("\n"), calls)


TEXT_QWEN = rendered_exporter(
    "text_qwen",
    Template(render_qwen, parse_qwen, _MARKERS.search, own_system=_OWN_SYSTEM),
    loss=(
        "No weights: a trainer learns the whole text; ids of calls go, results follow their order;"
        " without a system message Qwen's own stands there; examples in which a message holds one"
        " of the template's tokens or tags are refused."
    ),
    carries=frozenset(("system", "tools", "tool_calls", "history")),
)
