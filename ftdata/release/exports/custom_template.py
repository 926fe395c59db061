"""A row from the owner's Jinja template: it can look at the example's data and at nothing else.

What it could do beyond that is refused when it is read: macros, recursion, other files, calls. It
loops over the data alone, three loops deep at most, and its numbers and texts are not multiplied;
so it comes to an end. A template may still write much: a row may have 16 million characters.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from typing import Any

import orjson
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ftdata.errors import SettingsError
from ftdata.release.exports.arguments import parsed_arguments
from ftdata.release.exports.exporter import Problem, Row

_MOST_CHARACTERS = 16_000_000
_MOST_LOOPS = 3
# Squared again and again, a number has millions of digits after twenty lines.
_LARGEST = 2**63
_FILTERS = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "int", "items",
    "join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr",
    "replace", "reverse", "round", "select", "selectattr", "sort", "string", "sum", "title", "trim",
    "truncate", "unique", "upper", "wordcount",
)  # fmt: skip
_REFUSED: dict[type[nodes.Node], str] = {
    nodes.Macro: "macros", nodes.CallBlock: "call blocks", nodes.Include: "other files",
    nodes.Import: "other files", nodes.FromImport: "other files", nodes.Extends: "other files",
    nodes.Call: "calls",
}  # fmt: skip
# What a template's own faults raise beside Jinja's errors: `1 / 0`, `"a" < 1`, `"a" | sum`.
_FAULTS = (
    TemplateError,
    ArithmeticError,
    AssertionError,  # `"ab" | truncate(-5)`
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


class _Environment(ImmutableSandboxedEnvironment):
    """Only keys and items of the data, and what a loop tells of itself."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401  (Jinja's)
        """Attributes of Python's objects are not data."""
        del value
        return isinstance(obj, LoopContext) and not attr.startswith("_")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Numbers alone are multiplied: a text times a billion fills the memory."""
        if operator == "**" or not (_is_number(left) and _is_number(right)):
            raise SecurityError(f"{operator} is for numbers alone, and powers are not known")
        if max(abs(left), abs(right)) > _LARGEST:
            raise SecurityError(f"{operator} is for numbers up to {_LARGEST:,}")
        return super().call_binop(context, operator, left, right)


@dataclass(frozen=True)
class RowTemplate:
    """A compiled template; `row` writes what it says of one example."""

    path: Path
    template: Template

    def row(self, values: Mapping[str, object]) -> Row | Problem:
        """The row, or what is wrong with the template for this example, and in which line."""
        try:
            text = "".join(_limited(self.template.generate(values)))
        except _FAULTS as error:
            return Problem("custom_template", self._line(error), f"{error}: mend the template")
        try:
            row = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            reason = f"writes what is no JSON ({error}): write texts with `| tojson`"
            return Problem("custom_no_json", self.path.name, reason)
        if not isinstance(row, dict):
            return Problem("row_no_object", self.path.name, "writes no JSON object: write one")
        if parsed_arguments(text) is None:
            reason = "writes a number of more digits than 64 bits hold: write it as a text"
            return Problem("custom_no_json", self.path.name, reason)
        return row

    def _line(self, error: BaseException) -> str:
        lines = [f.lineno for f in extract_tb(error.__traceback__) if f.filename == str(self.path)]
        return f"{self.path.name}:{lines[-1]}" if lines else self.path.name


def compiled(source: str, path: Path, field: str) -> RowTemplate:
    """The template of a file's text.

    `field` is the setting that names the file. Raises SettingsError, with the file and the line,
    where it is no template, or one that uses what it may not.
    """
    environment = _Environment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.filters["tojson"] = _to_json
    try:
        tree = environment.parse(source, path.name, str(path))
        for line, what in _unwanted(tree, 0):
            text = f"{path}:{line}: {field}: a template may not use {what}: take it out"
            raise SettingsError(text)
        code = environment.compile(tree, path.name, str(path))
    except TemplateSyntaxError as error:
        raise SettingsError(f"{path}:{error.lineno}: {field}: {error.message}") from error
    except RecursionError:
        raise SettingsError(f"{path}: {field}: is nested too deeply: make it simpler") from None
    return RowTemplate(path, Template.from_code(environment, code, {}))


def _unwanted(node: nodes.Node, loops: int) -> Iterator[tuple[int, str]]:
    """Lines and names of what a template may not use."""
    what = _REFUSED.get(type(node))
    if what is not None:
        yield node.lineno, what
    if isinstance(node, nodes.For):
        loops += 1
        if node.recursive:
            yield node.lineno, "recursive loops"
        if loops > _MOST_LOOPS:
            yield node.lineno, f"more than {_MOST_LOOPS} loops in one another"
    for child in node.iter_child_nodes():
        yield from _unwanted(child, loops)


def _limited(pieces: Iterator[str]) -> Iterator[str]:
    left = _MOST_CHARACTERS
    for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise SecurityError(f"writes more than {_MOST_CHARACTERS:,} characters")
        yield piece


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)
