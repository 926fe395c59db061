"""ChatML as one text: `<|im_start|>`, the role and the message, `<|im_end|>`, for each message.

Live. The form is the template that transformers' guide "Chat templates" gives as ChatML (read
2026-11). No token begins a text, and a line break follows each message, the last one, too. It knows
no tools: an example with calls is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ftdata.release.examples import Message
from ftdata.release.exports.exporter import Problem, Reading
from ftdata.release.exports.rendered import Template, rendered_exporter
from ftdata.release.exports.rendered_parts import (
    FindMarker,
    Tools,
    TurnForm,
    Turns,
    told_message,
    turns_of,
)

_FORM = TurnForm("<|im_start|>", "\n", "<|im_end|>", line_break=True)
_MARKERS = re.compile(r"<\|(?:im_start|im_end|im_sep|endoftext)\|>")
_ROLES = ("system", "user", "assistant")


def render_chatml(messages: Sequence[Message], _: Tools = None) -> str:
    r"""The messages one after the other.

    system "Be brief.", user "Hi", assistant "Hello."::

        <|im_start|>system
        Be brief.<|im_end|>
        <|im_start|>user
        Hi<|im_end|>
        <|im_start|>assistant
        Hello.<|im_end|>

    and a line break at the end.
    """
    return "".join(f"<|im_start|>{m.role}\n{m.content}<|im_end|>\n" for m in messages)


def chatml_turns(text: str, roles: Sequence[str], marker_in: FindMarker) -> Turns:
    """Role and text of each turn of a text in ChatML, or what is wrong with it."""
    turns = turns_of(text, 0, _FORM, marker_in)
    if not isinstance(turns, Problem):
        if not turns:
            return Problem("no_messages", "text", "holds no message: write the conversation")
        for role, _ in turns:
            if role not in roles:
                wanted = ", ".join(roles)
                return Problem("unknown_role", "text", f"has the role {role:.40}: use {wanted}")
    return turns


def parse_chatml(text: str) -> Reading | Problem:
    """The conversation of a text."""
    turns = chatml_turns(text, _ROLES, _MARKERS.search)
    if isinstance(turns, Problem):
        return turns
    return Reading([told_message(role, said) for role, said in turns])


TEXT_CHATML = rendered_exporter(
    "text_chatml",
    Template(render_chatml, parse_chatml, _MARKERS.search, offers_tools=False),
    loss=(
        "No tools and no weights: a trainer learns the whole text; examples in which a message"
        " holds one of the template's tokens are refused."
    ),
    carries=frozenset(("system", "history")),
    refuses=frozenset(("tool_calls",)),
)
