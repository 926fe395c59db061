"""Mistral's chat template as one text, in its version 13.

Live. The form is what mistral-common 1.13 encodes with `InstructTokenizerV13` (read 2026-11), that
of Magistral, Devstral and Ministral 3 of 2025; without tools it is that of versions 7 and 11, too.
`<s>` begins a text, `</s>` ends each turn of the assistant. A published tokenizer may write a
system prompt of its own where there is none; here stands none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ftdata.release.examples import Example, Message
from ftdata.release.exports.exporter import Problem, Reading
from ftdata.release.exports.rendered import Template, not_alternating, rendered_exporter
from ftdata.release.exports.rendered_parts import (
    Tools,
    broken,
    plain_json,
    read_call,
    read_json,
    rendered_arguments,
    told_message,
)

_BEGIN = "<s>"
_TAGS = re.compile(r"<(?:/?s|unk|pad|SPECIAL_\d+)>")
_TOKENS = re.compile(
    r"\[(?:/?INST|/?AVAILABLE_TOOLS|/?TOOL_RESULTS|TOOL_CALLS|/?SYSTEM_PROMPT|TOOL_CONTENT|ARGS"
    r"|CALL_ID|/?THINK|IMG|IMG_BREAK|IMG_END|PREFIX|MIDDLE|SUFFIX|AUDIO|BEGIN_AUDIO|TRANSCRIBE"
    r"|/?MODEL_SETTINGS)\]"
)
# role → what stands around a message of it; the assistant's has nothing before it.
_AROUND = {
    "system": ("[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"),
    "tools": ("[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]"),
    "user": ("[INST]", "[/INST]"),
    "tool": ("[TOOL_RESULTS]", "[/TOOL_RESULTS]"),
    "assistant": ("", "</s>"),
}


def render_mistral(messages: Sequence[Message], tools: Tools) -> str:
    """The messages without a break between them, tools on offer before the first user's.

    system "Be brief.", user "Paris?", a call of `weather`, its result, assistant "18 degrees."::

        <s>[SYSTEM_PROMPT]Be brief.[/SYSTEM_PROMPT][AVAILABLE_TOOLS][{…}][/AVAILABLE_TOOLS]
        [INST]Paris?[/INST][TOOL_CALLS]weather[ARGS]{"city": "Paris"}</s>
        [TOOL_RESULTS]18 C[/TOOL_RESULTS]18 degrees.</s>

    all of it on one line.
    """
    parts = [_BEGIN]
    for message in messages:
        if message.role == "user" and tools:
            parts.append(plain_json(tools).join(_AROUND["tools"]))
            tools = None
        parts.append(_part(message))
    return "".join(parts)


def _part(message: Message) -> str:
    opening, ending = _AROUND[message.role]
    calls = (
        f"[TOOL_CALLS]{call['function']['name']}[ARGS]{rendered_arguments(call)}"
        for call in message.tool_calls or ()
    )
    return f"{opening}{message.content}{''.join(calls)}{ending}"


def parse_mistral(text: str) -> Reading | Problem:
    """The conversation of a text."""
    if not text.startswith(_BEGIN):
        return broken(text, 0, _BEGIN)
    at, tools = len(_BEGIN), None
    messages: list[Message] = []
    while at < len(text):
        role = next(name for name, (opening, _) in _AROUND.items() if text.startswith(opening, at))
        opening, ending = _AROUND[role]
        end = text.find(ending, at)
        if end < 0:
            return broken(text, at, "a turn of the template")
        message = _read_part(role, text[at + len(opening) : end])
        if isinstance(message, Problem):
            return message
        if isinstance(message, Message):
            messages.append(message)
        else:
            tools = message
        at = end + len(ending)
    return Reading(messages, tools)


def _read_part(role: str, said: str) -> Message | Tools | Problem:
    if role == "tools":
        tools = read_json(said)
        if isinstance(tools, list) and all(isinstance(tool, dict) for tool in tools):
            return tools
        return Problem(
            "tools_no_list", "text", "has tools on offer that are no JSON list of objects"
        )
    words, *calls = said.split("[TOOL_CALLS]") if role == "assistant" else (said,)
    marker = _marker(words)
    if marker is not None:
        reason = f"has {marker[0]!r:.60} inside a message of {role}: take it out"
        return Problem("template_marker", "text", reason)
    made = []
    for call in calls:
        name, _, arguments = call.partition("[ARGS]")
        if not isinstance(read_json(arguments), dict):
            return Problem("arguments_no_json", "text", f"has no JSON object after {name!r:.60}")
        made.append(read_call(name, read_json(arguments)))
    return told_message(role, words, made or None)


def _marker(text: str) -> re.Match[str] | None:
    """As one expression, the two would be ten times slower."""
    return _TAGS.search(text) or _TOKENS.search(text)


def _unfit(example: Example) -> Problem | None:
    """What mistral-common raises an exception for."""
    for place, message in enumerate(example.messages):
        if message.role == "assistant" and not message.content and not message.tool_calls:
            return Problem("empty_text", f"messages[{place}].content", "is empty: write a text")
    return not_alternating(example)


TEXT_MISTRAL = rendered_exporter(
    "text_mistral",
    Template(render_mistral, parse_mistral, _marker, _unfit),
    loss=(
        "No weights: a trainer learns the whole text; ids of calls go, results follow their order;"
        " user and assistant must take turns; examples in which a message holds one of the"
        " template's tokens are refused."
    ),
    carries=frozenset(("system", "tools", "tool_calls", "history")),
)
