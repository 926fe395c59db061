"""Numbers of steps, and lists of steps that go on after an interruption."""

from __future__ import annotations

import re

from ftdata.documents.rst_lines import Node

ENUMERATOR = re.compile(
    r"\(?(?:(?P<number>\d{1,9})|(?P<roman>[ivxlcdm]{2,12}|[IVXLCDM]{2,12})|(?P<letter>[A-Za-z])"
    r"|(?P<auto>#))(?P<end>[.)])(?=[ \t]|$)"
)
_BETWEEN = 6  # elements that may stand between a step and the next
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def numbered(found: re.Match[str], previous: int) -> tuple[str, int]:
    """What kind of number an enumerator is, and its value; `previous` is the step before."""
    if found["number"]:
        return "number", int(found["number"])
    if found["auto"]:
        return "auto", 1
    letter = (found["letter"] or "").lower()
    place = ord(letter) - ord("a") + 1 if letter else 0
    if letter and (
        letter not in _ROMAN or previous == place - 1 or (letter != "i" and not previous)
    ):
        return "letter", place
    digits = [_ROMAN[digit] for digit in (found["roman"] or letter).lower()]
    after = [*digits[1:], 0]
    value = sum(
        -digit if digit < follower else digit for digit, follower in zip(digits, after, strict=True)
    )
    return "roman", value


def joined_steps(nodes: list[Node]) -> list[Node]:
    """Steps that go on with the next number are one list; what stood between is of the step before.

    That is how authors write them who do not indent a step's code or notes.
    """
    joined: list[Node] = []
    for node in nodes:
        place = _earlier(joined, node) if node.kind == "steps" and node.number > 1 else None
        if place is None:
            joined.append(node)
            continue
        earlier = joined[place]
        earlier.items[-1] += joined[place + 1 :]
        earlier.items += node.items
        earlier.marks += node.marks
        del joined[place + 1 :]
    return joined


def _earlier(nodes: list[Node], node: Node) -> int | None:
    """Where the list is that `node` goes on with."""
    for place in range(len(nodes) - 1, max(-1, len(nodes) - 2 - _BETWEEN), -1):
        other = nodes[place]
        if other.kind == "title":
            return None
        if other.kind == "steps" and other.name == node.name:
            return place if other.number + len(other.items) == node.number else None
    return None
