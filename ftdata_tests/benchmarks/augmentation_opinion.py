"""A second opinion on variants, which shares no code with those who make them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ftdata_tests.benchmarks.augmentation_material import Derived

Message = dict[str, Any]

# Each is taken out of a text before the next is looked for, so that nothing counts twice.
_FACTS = (
    ("code", re.compile(r"(?s)```.+?```|~~~.+?~~~|`[^`\n]+`")),
    ("address", re.compile(r"(?i)\bhttps?://[^\s<>\"'),\]]+|\bwww\.[^\s<>\"'),\]]+|[\w.+-]+@[\w.-]+")),
    ("placeholder", re.compile(r"\[[A-Z_]+\d*\]")),
    ("number", re.compile(r"\d+")),
)  # fmt: skip
_NEGATION = re.compile(
    r"(?i)(?:ca|wo|sha)?n['’]t\b|\b(?:not|cannot|no|nope|nor|never|none|nobody|nothing|nowhere"
    r"|neither|without)\b"
)
# Capitalised after a word or a comma of the same sentence.
_NAME = re.compile(r"(?<=[a-z,] )(?!I\b)[A-Z][\w-]+")
_TOKEN = re.compile(r"[\w-]+")


def faults_of(one: Derived) -> list[str]:
    """What is wrong with a variant, told in a few words; nothing where all is well."""
    parent, variant = one.parent["messages"], one.variant["messages"]
    faults = list(_role_faults(variant))
    if one.variant["rejected"] is not None:
        return faults + list(_pair_faults(parent, variant, one.variant["rejected"]))
    if [_squeezed(m["content"]) for m in parent] == [_squeezed(m["content"]) for m in variant]:
        faults.append("says the same as its parent")
    for role in ("user", "assistant"):
        before, after = _said(parent, role), _said(variant, role)
        faults += [f"{role}: {lost}" for lost in _lost(before, after)]
    return faults


def _role_faults(messages: Sequence[Message]) -> Iterator[str]:
    """Who speaks in turn: system first if at all, then user and assistant, who may call tools."""
    roles = [message["role"] for message in messages]
    told = "".join(role[0] for role in roles)
    if not re.fullmatch(r"s?(?:ua(?:t+a)*)+", told):
        yield f"roles do not alternate: {' '.join(roles)}"


def _pair_faults(
    parent: Sequence[Message], variant: Sequence[Message], rejected: str
) -> Iterator[str]:
    """A pair has its parent's messages, or the last of them, and another reply beside."""
    known = [(message["role"], message["content"]) for message in parent]
    left = iter(known)
    if not all((message["role"], message["content"]) in left for message in variant):
        yield "a pair with a message that is not its parent's"
    if variant[-1]["content"] != parent[-1]["content"]:
        yield "the chosen reply is not its parent's"
    if _squeezed(rejected) in ("", _squeezed(variant[-1]["content"])):
        yield "the rejected reply is empty, or the chosen one"


def _lost(before: str, after: str) -> Iterator[str]:
    rest_before, rest_after = before, after
    for name, pattern in _FACTS:
        lost = Counter(pattern.findall(rest_before)) - Counter(pattern.findall(rest_after))
        yield from (f"lost the {name} {value!r:.60}" for value in lost)
        rest_before, rest_after = pattern.sub(" ", rest_before), pattern.sub(" ", rest_after)
    negations = [Counter(map(_negation, _NEGATION.findall(text))) for text in (before, after)]
    yield from (f"lost the negation {value!r}" for value in negations[0] - negations[1])
    lost = Counter(_NAME.findall(rest_before)) - Counter(_TOKEN.findall(rest_after))
    yield from (f"lost the name {value!r}" for value in lost)


def _negation(found: str) -> str:
    word = found.lower().replace("’", "'")
    return "not" if word.endswith("n't") or word == "cannot" else word


def _said(messages: Sequence[Message], role: str) -> str:
    return "\n\n".join(m["content"] or "" for m in messages if m["role"] == role)


def _squeezed(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip().lower()
