"""What of an example a model is shown, and what its texts may not bring into a variant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ftdata.augmentation.augmenter import NotKept, Parent
from ftdata.augmentation.facts import added_facts
from ftdata.augmentation.messages import said
from ftdata.text import fold
from ftdata.token_count import Message

MAX_CHARS = 12_000  # of what is shown: a longer example costs more than another one of it teaches

_SPEAKERS = {"system": "System", "user": "User", "assistant": "Assistant"}
# Tokens and role marks of chat templates: `cleaned` took them from what people wrote.
_CONTROL = re.compile(
    r"<[|｜][^|｜<>\s]{1,64}[|｜]>|</?(?:s|bos|eos|start_of_turn|end_of_turn)>|<</?SYS>>|\[/?INST\]"
    r"|^[ \t*#]{0,4}(?:User|Human|System|Assistant|AI):",
    re.MULTILINE | re.IGNORECASE,
)
# Of these `cleaned` left none either.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def tell_conversation(messages: Sequence[Message]) -> str | None:
    """Who says what, in order: "User: When is it open?"; None where no model is to go on with it.

    That is so where tools are called, where the last message is no trained reply to a user, and
    where all of it is longer than MAX_CHARS.
    """
    if [message["role"] for message in messages[-2:]] != ["user", "assistant"]:
        return None
    if messages[-1]["weight"] != 1:
        return None
    if any(message["role"] not in _SPEAKERS or message["tool_calls"] for message in messages):
        return None
    told = "\n\n".join(f"{_SPEAKERS[one['role']]}: {one['content']}" for one in messages)
    return told if len(told) <= MAX_CHARS else None


def count_words(text: str) -> int:
    """About how many words a text has; where the script has no spaces, two characters are one."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def asks_back(reply: str) -> bool:
    """Whether a reply ends in a question, so that it answers nothing yet."""
    return reply.rstrip(" \n*_)\"'").endswith(("?", "？", "؟"))


def smuggled(parent: Parent, *texts: str) -> NotKept | None:
    """Why texts of a model are refused whatever they are for; None where they are not.

    A chat template's tokens and role marks, addresses, placeholders and characters that nobody sees
    must be the parent's own.
    """
    material = said(parent.messages)
    known = set(_CONTROL.findall(material))
    for text in texts:
        if set(_CONTROL.findall(text)) - known:
            return NotKept("not_a_variant", "holds a token or a role mark of a chat template")
        if set(_INVISIBLE.findall(text)) - set(material):
            return NotKept("not_a_variant", "holds a character that nobody sees")
        for name in ("addresses", "placeholders"):
            if name in added_facts(material, text):
                return NotKept("not_a_variant", f"invents {name}")
    return None


def folded(text: str) -> str:
    """A text to be looked for in another: white space folded, case ignored."""
    return fold(" ".join(text.split()))
