"""Rules about the shape of a row that targets share whatever their dialect: keys, texts, lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.exports.exporter import Problem


def key_problems(value: dict[str, Any], known: frozenset[str], at: str) -> Iterator[Problem]:
    """The keys that the target does not know, in one problem."""
    if not value.keys() <= known:
        extra = ", ".join(sorted(value.keys() - known))
        yield Problem("unknown_key", at, f"has the unknown key {extra:.80}: remove it")


def text_problems(value: object, at: str) -> Iterator[Problem]:
    """A text with something in it besides white space."""
    if not isinstance(value, str):
        yield Problem("content_no_text", at, "is no text: write one")
    elif not value or value.isspace():
        yield Problem("empty_text", at, "is empty: write a text")


def objects_in(value: object, at: str) -> list[dict[str, Any]] | Problem:
    """The list, if it is one of objects, with one at least; else what is wrong with it."""
    if not isinstance(value, list) or not value:
        return Problem("no_messages", at, "is no list with a message: write the conversation")
    for place, one in enumerate(value):
        if not isinstance(one, dict):
            return Problem("message_no_object", f"{at}[{place}]", "is no object: write one")
    return value


def pair_problems(first: object, second: object, at: str) -> Iterator[Problem]:
    """Two replies that differ; `at` is the place of the second."""
    if first == second:
        text = "is the same as the preferred reply: nothing is learnt from it"
        yield Problem("same_outputs", at, text)
