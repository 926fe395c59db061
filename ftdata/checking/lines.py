"""Rules about one line of JSONL, whatever stands in its row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import orjson

from ftdata.release.exports.exporter import Problem

Codes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]

MAX_DEPTH = 100
"""Objects and lists within each other: orjson writes 254, Python's own parser reads about 990."""

_BOM = b"\xef\xbb\xbf"
_SEPARATORS = {"\u2028": "U+2028", "\u2029": "U+2029", "\u0085": "U+0085"}
_QUOTE, _BACKSLASH = ord('"'), ord("\\")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Line(NamedTuple):
    """What a line holds: a value, where it is JSON, and what is wrong with the line itself."""

    is_row: bool
    value: Any
    problems: Sequence[tuple[Problem, int | None]]  # with the column, from 1


class LineReader:
    """Reads the lines of one block; what few lines hold is searched for in the whole block."""

    def __init__(self, block: bytes, max_bytes: int) -> None:
        """`max_bytes` is the length from which on a line is not read."""
        self._max = max_bytes
        self._has_return = b"\r" in block
        # With NumPy: to search for each of these texts would take longer than to parse all lines.
        codes = np.frombuffer(block + b"\n\0\0", np.uint8)
        ends = np.flatnonzero(codes == ord("\n"))
        colons = np.flatnonzero(codes == ord(":"))
        self._keys = _key_counts(codes, colons, ends)
        self._odd = _lines_at(_odd_keys(codes, colons), ends)
        self._separated = set() if block.isascii() else _lines_at(_separated(codes), ends)

    def read(self, number: int, line: bytes) -> Line:
        """The value and the problems of the block's line of that number, from 0.

        A plain line costs little more than its parsing.
        """
        if len(line) > self._max:
            return Line(False, None, [(too_long(self._max), None)])
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            return Line(False, None, [*self._ending(line), _explain(line, error)])
        if (
            _plain_keys(value) == self._keys[number]
            and number not in self._odd
            and number not in self._separated
            and not self._has_return
        ):
            return Line(True, value, ())
        problems = [*self._ending(line), *_look_closer(line, value)]
        if number in self._separated:
            problems += _separators(line)
        is_row = not any(problem.rule == "nested_too_deeply" for problem, _ in problems)
        return Line(is_row, value, problems)

    def _ending(self, line: bytes) -> Iterator[tuple[Problem, int | None]]:
        if self._has_return and line.endswith(b"\r"):
            text = r"ends with \r\n: end lines with \n alone, such as by `dos2unix`"
            yield Problem("crlf", "", text, "warning"), len(line)


def _lines_at(places: Places, ends: Places) -> set[int]:
    """The lines, from 0, in which places of a block stand."""
    return set(np.searchsorted(ends, places).tolist())


def _key_counts(codes: Codes, colons: Places, ends: Places) -> list[int]:
    """How often `":` stands in each line, without those in which the quote is escaped."""
    keys = colons[(codes[colons - 1] == _QUOTE) & (codes[colons - 2] != _BACKSLASH)]
    counts: list[int] = np.diff(np.searchsorted(keys, ends), prepend=0).tolist()
    return counts


def _plain_keys(value: object) -> int:
    """Keys of a row and of the objects in its lists; -1 where there may be others.

    Where as many stand in its line, none stands twice, and nothing nests deeply.
    """
    if type(value) is not dict:
        return -1
    keys = len(value)
    try:
        for inner in value.values():
            if type(inner) is list:
                keys += sum(map(dict.__len__, inner))
    except TypeError:
        return -1
    return keys


def _odd_keys(codes: Codes, colons: Places) -> Places:
    r"""Where a key may end that is not followed by a colon at once, or that ends with `\\`.

    A count of `":` would miss it.
    """
    last, second, third = (codes[colons - back] for back in (1, 2, 3))
    is_apart = (last <= ord(" ")) & ((last < ord(" ")) | (second <= ord(" ")) | (second == _QUOTE))
    is_escaped = (last == _QUOTE) & (second == _BACKSLASH) & (third == _BACKSLASH)
    odd: Places = colons[is_apart | is_escaped]
    return odd


def _separated(codes: Codes) -> Places:
    found = [np.empty(0, np.int64)]
    for mark in map(str.encode, _SEPARATORS):
        at = np.flatnonzero(codes == mark[0])
        found.append(at[(codes[at + 1] == mark[1]) & (codes[at + len(mark) - 1] == mark[-1])])
    return np.concatenate(found)


def too_long(most: int) -> Problem:
    """The problem of a line that was not read."""
    text = (
        f"is longer than {most:,} bytes and was not read: shorten the row, or raise"
        " extraction.max_line_bytes in ftdata.yaml"
    )
    return Problem("line_too_long", "", text)


def _look_closer(line: bytes, value: object) -> Iterator[tuple[Problem, int | None]]:
    """Keys that stand twice and deep nesting, by a second look at the whole row."""
    if line.count(b"[") + line.count(b"{") > MAX_DEPTH and _depth(value) > MAX_DEPTH:
        yield _too_deep(), None
        return
    if _keys(value) == len(re.findall(rb'(?<!\\)"\s*:', line)) and b'\\\\"' not in line:
        return
    twice: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice.extend(name for name in found if names.count(name) > 1)
        return found

    json.loads(line, object_pairs_hook=note, parse_int=str)
    for name in dict.fromkeys(twice):
        text = f"holds the key {name!r:.80} twice in one object: readers take one of them, or none"
        yield Problem("duplicate_key", "", f"{text}; take one out"), None


def _keys(value: object) -> int:
    if isinstance(value, dict):
        return len(value) + sum(map(_keys, value.values()))
    return sum(map(_keys, value)) if isinstance(value, list) else 0


def _depth(value: object) -> int:
    """How deep objects and lists stand within each other, counted no further than the limit."""
    level, depth = [value], 0
    while depth <= MAX_DEPTH:
        inner = [one for one in level if isinstance(one, dict | list)]
        if not inner:
            return depth
        depth += 1
        level = [part for one in inner for part in (one.values() if isinstance(one, dict) else one)]
    return depth


def _too_deep() -> Problem:
    text = f"nests objects and lists more than {MAX_DEPTH} deep: flatten it"
    return Problem("nested_too_deeply", "", text)


def _separators(line: bytes) -> Iterator[tuple[Problem, int | None]]:
    for mark, code in _SEPARATORS.items():
        at = line.find(mark.encode())
        if at >= 0:
            text = f"holds a bare {code}, at which some readers cut a line: write it as \\u escape"
            column = len(line[:at].decode()) + 1
            yield Problem("line_separator", "", text, "warning"), column


def _explain(line: bytes, error: orjson.JSONDecodeError) -> tuple[Problem, int | None]:
    """Why a line is no JSON: what can be told more exactly is a rule of its own."""
    if not line or line.isspace():
        text = "is blank: take it out, many readers stop at it"
        return Problem("blank_line", "", text, "warning"), None
    if line.startswith(_BOM):
        text = "begins with a byte order mark: save the file as UTF-8 without one"
        return Problem("byte_order_mark", "", text), 1
    try:
        decoded = line.decode()
    except UnicodeDecodeError as wrong:
        at = f"is no UTF-8 at byte {wrong.start + 1} of the line ({line[wrong.start]:#04x})"
        return Problem("invalid_utf8", "", f"{at}: save the file as UTF-8"), None
    nul = decoded.find("\0")
    if nul >= 0:
        return Problem("nul_byte", "", "holds a NUL byte: take it out"), nul + 1
    special = _explain_special(decoded)
    if special is not None:
        return special, None
    problem = Problem("invalid_json", "", f"is no JSON ({error.msg}): write one object")
    return problem, error.colno


def _explain_special(text: str) -> Problem | None:
    """What Python's parser takes, and JSON does not know."""
    odd: list[str] = []
    try:
        value = json.loads(text, parse_constant=odd.append, parse_int=str)
    except json.JSONDecodeError:
        return None
    except RecursionError:
        return _too_deep()
    if odd:
        return Problem("not_a_number", "", f"holds {odd[0]}, which JSON knows not: write null")
    if _depth(value) > MAX_DEPTH:
        return _too_deep()
    if _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        text = "holds half of a surrogate pair (\\ud800 to \\udfff) alone: take it out"
        return Problem("lone_surrogate", "", text)
    return None
