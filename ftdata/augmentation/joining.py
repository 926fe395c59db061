"""Two consecutive turns as one: a message with two requests, and one reply to both."""

from __future__ import annotations

import re

from ftdata.augmentation.augmenter import Parent
from ftdata.augmentation.messages import said, with_turn
from ftdata.augmentation.protected import mask_protected
from ftdata.augmentation.turns import (
    Turn,
    as_sentence,
    followed_by,
    is_answer,
    is_request,
    is_trained_prose,
)
from ftdata.text import words
from ftdata.token_count import Message

_MIN_TELLING_LETTERS = 4  # a word that only the reply between brought up

# Asked in one sentence, so that "Also, " can stand before it.
_PLAIN_REQUEST = re.compile(
    r"(?!(?:how|what) about\b|what's up\b|who cares\b)"
    r"(?:(?:what|what's|where|where's|when|who|why|how|which|can|could|do|does|did|is|are|will)\b"
    r"[^.!?]*\?"
    r"|(?:tell me|give me|show me|find me|list|explain|describe|recommend|suggest) [^.!?]*\.)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|it's|he|she|him|her|his|they|them|their|theirs|this|that|those|these|ones?|others?"
    r"|another|else|different|instead|again|also|too|more|then|so|same|both|either|there|any"
    r"|anything|first|second|last|next|earlier|above|you (?:said|mentioned|listed|found))\b",
    re.IGNORECASE,
)
# A definite thing that no more is said of: what it is has been said before.
_DEFINITE = re.compile(
    r"\bthe (?P<noun>\w+)\b(?!(?: \w+){0,2} (?:of|for|in|at|to|on)\b)", re.IGNORECASE
)
_LEANING_REPLY = re.compile(r"(?:it|its|it's|he|she|his|her|they|their|that|this)\b", re.IGNORECASE)


def join_turns(parent: Parent, first: Turn) -> list[Message] | None:
    """The example with a turn and the next as one; None where either leans on what is between.

    "Is there a pool?", "Yes.", "Do you allow pets?", "Yes, dogs." becomes "Is there a pool? Also,
    do you allow pets?", "Yes. Yes, dogs.".
    """
    following = parent.messages[first.place + 2 : first.place + 4]
    if [message["role"] for message in following] != ["user", "assistant"]:
        return None
    prompt, reply = following
    opening = as_sentence(first.prompt)
    if opening is None or not (is_request(opening) and is_answer(first.reply)):
        return None
    if not is_trained_prose(reply) or not is_answer(reply["content"]):
        return None
    second = as_sentence(prompt["content"].strip())
    if second is None or not _PLAIN_REQUEST.fullmatch(second) or mask_protected(second) is None:
        return None
    if _LEANING_REPLY.match(reply["content"].lstrip()) or _leans_on(parent, first, second):
        return None
    asked = f"{opening} Also, {second[0].lower()}{second[1:]}"
    answered = followed_by(first.reply, reply["content"].lstrip())
    messages = with_turn(parent.messages, first.place, asked, answered)
    return [*messages[: first.place + 2], *messages[first.place + 4 :]]


def _leans_on(parent: Parent, first: Turn, second: str) -> bool:
    """Whether the second prompt needs the first reply: by a pronoun, a thing or a word of its."""
    known = set(words(said(parent.messages[: first.place + 1])))
    new = set(words(first.reply)) - known
    return (
        _POINTS_BACK.search(second) is not None
        or any(match["noun"].lower() not in known for match in _DEFINITE.finditer(second))
        or any(word in new for word in words(second) if len(word) >= _MIN_TELLING_LETTERS)
    )
