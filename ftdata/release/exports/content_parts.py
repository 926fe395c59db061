"""Contents that are lists of parts, as OpenAI's dialect has them beside plain texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ftdata.release.exports.exporter import Problem

_OF_USERS = ("image_url", "input_audio", "file")


def part_problems(parts: Sequence[Any], role: object, at: str) -> Iterator[Problem]:
    """What is wrong with the parts of a message; what is no text is right of a user alone.

    `[{"type": "text", "text": "Hi"}]` is right. ftdata reads texts alone, of which it warns.
    """
    for place, part in enumerate(parts):
        where = f"{at}[{place}]"
        kind = part.get("type") if isinstance(part, dict) else None
        if kind == "text" and isinstance(part.get("text"), str):
            continue
        if kind in _OF_USERS and role == "user" and isinstance(part.get(kind), dict):
            text = f"is no text ({kind}): ftdata passes over it"
            yield Problem("part_unread", where, text, "warning")
        else:
            text = 'is none a message of its role may have: write {"type": "text", "text": …}'
            yield Problem("part_unknown", where, text)


def text_of(content: Any) -> Any:  # noqa: ANN401  (a text, a list of parts, or nothing)
    """The texts of parts joined by line breaks; anything else as it is."""
    if not isinstance(content, list):
        return content
    return "\n".join(part["text"] for part in content if part.get("type") == "text")
