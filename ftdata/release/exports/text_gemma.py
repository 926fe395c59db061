"""Gemma's chat template as one text, as Gemma 2 and 3 have it.

Live. The form is the template in the tokenizer of google/gemma-3-4b-it, which TRL 1.16 ships as
`gemma3.jinja` (read 2026-11); without a system message it is Gemma 2's, too. (Gemma 4 has another
one.) `<bos>` begins a text. There is no system role: its text goes before the first user's, with a
blank line between. It knows no tools: an example with calls is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ftdata.release.examples import Example, Message
from ftdata.release.exports.exporter import Problem, Reading
from ftdata.release.exports.rendered import Template, not_alternating, rendered_exporter
from ftdata.release.exports.rendered_parts import (
    Tools,
    TurnForm,
    broken,
    told_message,
    turns_of,
)

_BEGIN = "<bos>"
_FORM = TurnForm("<start_of_turn>", "\n", "<end_of_turn>", line_break=True)
_MARKERS = re.compile(
    r"<(?:bos|eos|pad|unk|mask|start_of_turn|end_of_turn|start_of_image|end_of_image"
    r"|image_soft_token|unused\d+)>"
)
_ROLES = ("user", "model")


def render_gemma(messages: Sequence[Message], _: Tools = None) -> str:
    r"""User and model in turns.

    system "Be brief.", user "Hi", assistant "Hello."::

        <bos><start_of_turn>user
        Be brief.

        Hi<end_of_turn>
        <start_of_turn>model
        Hello.<end_of_turn>

    and a line break at the end.
    """
    roles = {"assistant": "model"}
    turns = (
        f"<start_of_turn>{roles.get(m.role, m.role)}\n{m.content}<end_of_turn>\n" for m in messages
    )
    return _BEGIN + "".join(turns)


def parse_gemma(text: str) -> Reading | Problem:
    """The conversation of a text; a system text is part of the first user message."""
    if not text.startswith(_BEGIN):
        return broken(text, 0, _BEGIN)
    turns = turns_of(text, len(_BEGIN), _FORM, _MARKERS.search)
    if isinstance(turns, Problem):
        return turns
    messages = []
    for place, (role, said) in enumerate(turns):
        if role not in _ROLES:
            return Problem("unknown_role", "text", f"has the role {role:.40}: use user and model")
        if role != _ROLES[place % 2]:
            reason = f"has {role} as its turn {place + 1}: let user and model take turns"
            return Problem("role_order", "text", reason)
        messages.append(told_message("user" if role == "user" else "assistant", said))
    return Reading(messages)


def _unfit(example: Example) -> Problem | None:
    """Where the published template raises an exception, or has nowhere to put the system text."""
    if not any(message.role == "user" for message in example.messages):
        return Problem("role_order", "messages", "hold no user message: add one")
    return not_alternating(example)


TEXT_GEMMA = rendered_exporter(
    "text_gemma",
    Template(
        render_gemma,
        parse_gemma,
        _MARKERS.search,
        _unfit,
        offers_tools=False,
        strips=True,
        merges_system=True,
    ),
    loss=(
        "No tools and no weights: a trainer learns the whole text; a system text is merged into"
        " the first user message; white space at the ends of messages goes; examples in which a"
        " message holds one of the template's tokens are refused."
    ),
    carries=frozenset(("history",)),
    refuses=frozenset(("tool_calls",)),
)
