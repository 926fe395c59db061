"""Finds answers that repeat their prompt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.by_message import by_conversation
from ftdata.cleaning.filters.finding import Finding
from ftdata.settings_cleaning import Action, Cleaning, Echo
from ftdata.text import words

_LONGEST = 400  # words compared: in-order comparison costs their square
_COVERED = 0.75  # of the prompt's words; an answer that quotes a part of it says something
_EDGE = 5  # first and last words of a prompt, where it says what it wants of a text
_EDGE_COVERED = 0.6
_CLOSING = " \n\"'”’»)."
_HEAD = 400  # characters of a prompt in which it says what to do
# What is asked to be given back, changed or not, comes back.
_TASKS = re.compile(
    r"(?i)\b(?:translat|rewrit|re-writ|rephras|paraphras|correct|proofread|repeat|copy|echo\b|quot"
    r"|extract|format|convert|edit\b|fix\b|summar|punctuat|capitali|upper|lower|sort|revers|replac"
    r"|chang|improv|polish|say\b|read\b|recit|sing\b|spell|type\b|print|output|transcri|fill|complet"
    r"|traduc|traduz|tradui|tradu|correg|corrig|repit|répét|wiederhol|übersetz|korrigier|reescri"
    r"|which|choose|pick|select|classif|true or false|identify|rearrang|unscrambl|grammar)"
)


def echo_action(options: Cleaning) -> Action:
    """What the settings make of answers that repeat their prompt."""
    return options.echo.action


def find_echoes(conversations: Conversations, options: Cleaning) -> list[Finding | None]:
    """`echo` where an assistant message says what the user message before it said.

    Of an answer of `min_words` words or more, `min_share` or more stand in the prompt in the same
    order, and they are most of the prompt, its first and last words among them. Prompts that ask
    for their text back are passed over, and questions that are told back as a statement.
    """
    return by_conversation(conversations, _found(conversations, options.echo))


def _found(conversations: Conversations, options: Echo) -> Iterator[tuple[int, Finding]]:
    roles, contents = conversations.roles, conversations.contents
    shortest = 2 * options.min_words - 1  # characters of as many words of one letter
    for index, (role, following) in enumerate(pairwise(roles), 1):
        if role != "user" or following != "assistant":
            continue
        prompt, answer = contents[index - 1] or "", contents[index] or ""
        # The words of most answers are too few or too many to be those of the prompt.
        if len(answer) < shortest or not 0.6 * len(prompt) < len(answer) < 1.6 * len(prompt):
            continue
        share = _share(prompt, answer, options)
        is_told = prompt.rstrip(_CLOSING).endswith("?") and "?" not in answer[-3:]
        if share >= options.min_share and not is_told and not _TASKS.search(prompt[:_HEAD]):
            yield index, Finding("echo", f"{share:.0%} of its words are the prompt's")


def _share(prompt: str, answer: str, options: Echo) -> float:
    """Share of the answer's words that stand in the prompt in order; 0 where too few do."""
    asked, said = words(prompt)[:_LONGEST], words(answer)[:_LONGEST]
    if len(said) < options.min_words:
        return 0.0
    known = set(asked)
    if sum(word in known for word in said) < options.min_share * len(said):
        return 0.0
    blocks = SequenceMatcher(None, asked, said, autojunk=False).get_matching_blocks()
    covered = [False] * len(asked)
    for block in blocks:
        covered[block.a : block.a + block.size] = [True] * block.size
    edges = (covered[:_EDGE], covered[-_EDGE:], covered)
    least = (_EDGE_COVERED, _EDGE_COVERED, _COVERED)
    if any(sum(part) < share * len(part) for part, share in zip(edges, least, strict=True)):
        return 0.0
    return sum(covered) / len(said)
