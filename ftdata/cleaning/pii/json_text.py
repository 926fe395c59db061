"""The strings inside JSON, one by one, so that what was JSON stays JSON."""

from __future__ import annotations

from collections.abc import Callable

import orjson

from ftdata import jsonl

Path = tuple[str, ...]
# A string, the keys that lead to it (none for a key itself), what it becomes.
Change = Callable[[str, Path], str]


def change_json(text: str, change: Change) -> str:
    """`{"email": "bob@corp.org"}` with every string and key changed by `change`.

    A string that is JSON itself (the arguments of a tool call) is changed inside. A whole number is
    offered as its digits, and becomes a string where they change. Text that is not JSON, or nested
    too deeply to be written again, is changed as one text. Where nothing changes, `text` itself is
    returned.
    """
    try:
        value = orjson.loads(text)
        changed = _change_value(value, (), change)
        return text if changed == value else jsonl.dumps(changed).decode()
    except (orjson.JSONDecodeError, orjson.JSONEncodeError, RecursionError):
        return change(text, ())


def json_strings(text: str) -> list[tuple[str, Path]]:
    """What `change_json` would offer to be changed, in that order."""
    offered: list[tuple[str, Path]] = []

    def note(string: str, path: Path) -> str:
        offered.append((string, path))
        return string

    change_json(text, note)
    # What is nested too deeply is offered last, as one text, after some of its parts.
    return offered[-1:] if offered[-1:] == [(text, ())] else offered


def _change_value(value: object, path: Path, change: Change) -> object:
    if isinstance(value, dict):
        return _change_object(value, path, change)
    if isinstance(value, list):
        return [_change_value(item, path, change) for item in value]
    if isinstance(value, str) and value[:1] in ("{", "["):
        return change_json(value, lambda inner, below: change(inner, (*path, *below)))
    if isinstance(value, str):
        return change(value, path)
    if isinstance(value, int) and not isinstance(value, bool):
        digits = str(value)
        changed = change(digits, path)
        return value if changed == digits else changed
    return value


def _change_object(value: dict[str, object], path: Path, change: Change) -> dict[str, object]:
    result: dict[str, object] = {}
    last: dict[str, int] = {}  # the number that a name got last: many keys may become one
    for key, item in value.items():
        name = change(key, ())
        unique, number = name, last.get(name, 1)
        while unique in result:
            number += 1
            unique = f"{name} {number}"
        last[name] = number
        result[unique] = _change_value(item, (*path, key), change)
    return result
