"""The strings inside JSON, one by one, so that what was JSON stays JSON."""

from __future__ import annotations

import re
from collections.abc import Callable

import orjson

from ftdata import jsonl

Path = tuple[str, ...]
# A string, the keys that lead to it (none for a key itself), what it becomes.
Change = Callable[[str, Path], str]

_OPENS_JSON = re.compile(r"\s*[{\[]")
_JSON_STARTS = frozenset("{[ \t\n\r")
# Of a text known to be JSON: a string, which is a key where a colon follows; a number; a bracket.
_KEY, _NUMBER, _BRACKET = 2, 3, 4
_TOKEN = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+")(\s*+:)?+|(-?[0-9][0-9.eE+-]*+)|([{}\[\]])')


def may_be_json(text: str) -> bool:
    """Whether a text begins as a JSON object or array does."""
    return _OPENS_JSON.match(text) is not None


def change_json(text: str, change: Change) -> str:
    """`{"email": "bob@corp.org"}` with every string and key changed by `change`.

    A string that is JSON itself (the arguments of a tool call) is changed inside. A number is
    offered as it is written, without a last `.0`, and becomes a string where it changes. All that
    does not change stays as it was written: white space, digits, a key that stands twice. Text that
    is not JSON, or nested too deeply to be read, is changed as one text.
    """
    return _changed(text, (), change) if _is_json(text) else change(text, ())


def json_strings(text: str) -> list[tuple[str, Path]]:
    """What `change_json` would offer to be changed, in that order."""
    offered: list[tuple[str, Path]] = []

    def note(string: str, path: Path) -> str:
        offered.append((string, path))
        return string

    change_json(text, note)
    return offered


def _is_json(text: str) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:  # RecursionError does not occur: orjson counts the depth itself
        return False
    return True


def _changed(text: str, path: Path, change: Change) -> str:
    """JSON that stands below these keys, with its strings and numbers changed."""
    pieces: list[str] = []
    done = 0
    below = path  # the keys that lead to the next value
    around: list[tuple[Path, dict[str, int]]] = []  # of each open bracket: its keys, its names
    for token in _TOKEN.finditer(text):
        kind = token.lastindex
        if kind == _BRACKET:
            if token[_BRACKET] in "{[":
                around.append((below, {}))
            else:
                below = around.pop()[0]
            continue
        old = token[1] or token[_NUMBER].removesuffix(".0")
        if kind == _NUMBER:
            new = change(old, below)
        else:
            old = old[1:-1] if "\\" not in old else orjson.loads(old)
            if kind == _KEY:
                outer, names = around[-1]
                below = (*outer, old)
                new = _apart(change(old, ()), old, names)
            elif old[:1] in _JSON_STARTS and may_be_json(old) and _is_json(old):
                new = _changed(old, below, change)
            else:
                new = change(old, below)
        if new != old:
            pieces += (text[done : token.start()], jsonl.dumps(new).decode())
            done = token.end(_NUMBER if kind == _NUMBER else 1)
    return "".join([*pieces, text[done:]]) if pieces else text


def _apart(name: str, key: str, names: dict[str, int]) -> str:
    """What a key becomes among the `names` of its object: two that differ stay two.

    `names` holds the number that each name got last, 0 for one that stands as it was written.
    """
    number = names.get(name)
    if number is None or (number == 0 and name == key):
        names[name] = int(name != key)
        return name
    unique = name
    while unique in names:
        number = max(number, 1) + 1
        unique = f"{name} {number}"
    names[name], names[unique] = number, 1
    return unique
