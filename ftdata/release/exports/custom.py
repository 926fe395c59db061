"""Rows of the owner's own form: fields of the example by their paths, or a template; a JSON Schema.

Live. `dataset.custom` says how: `fields` or `template`, and `json_schema`. What ftdata cannot know
of such a form, it cannot judge: the schema is the rule.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from ftdata.errors import SettingsError
from ftdata.release.examples import Example
from ftdata.release.exports.exporter import Exporter, Problem, Reading, Row
from ftdata.release.exports.messages import message_problems, read_messages
from ftdata.release.exports.openai import openai_rows
from ftdata.settings_exports import Custom

_FIELD = "dataset.custom"
_MOST_PROBLEMS = 20  # of one row
_UNREADABLE = (
    "no_messages", "message_no_object", "unknown_role", "content_no_text", "no_calls",
    "call_no_function", "arguments_form",
)  # fmt: skip
MakeRow = Callable[[Mapping[str, object]], Row | Problem]
Check = Callable[[Any], Iterator[Problem]]


def custom_exporter(options: Custom) -> Exporter:
    """The target that writes rows of this form.

    Raises SettingsError where a file that the form names is not there or is not what it should be.
    """
    return Exporter(
        name="custom",
        status="live",
        folder="exports/custom",
        loss="What the owner's template or fields leave out.",
        rows=partial(_custom_rows, make=_row_maker(options)),
        problems=partial(_custom_problems, check=_schema_check(options)),
        read=_read_custom,
    )


def files_identity(options: Custom) -> str:
    """Hash of the files that the form names, 16 hex digits; "" where it names none."""
    names = [name for name in (options.template, options.json_schema) if name is not None]
    if not names:
        return ""
    texts = [_text(options.path(name), _FIELD).encode() for name in names]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:16]


def custom_values(example: Example) -> dict[str, object]:
    """What fields and templates can tell of an example; `ValueName` says what is what."""
    (row,) = openai_rows(example)
    texts = {message.role: message.content or "" for message in example.messages}
    systems = [m.content or "" for m in example.messages if m.role in ("system", "developer")]
    return {
        "id": example.id,
        "split": example.split,
        "source": example.source,
        "tags": dict(example.tags),
        "tokens": example.tokens,
        "messages": row["messages"],
        "tools": row.get("tools"),
        "system": systems[0] if systems else "",
        "prompt": texts.get("user", ""),
        "completion": example.messages[-1].content or "" if example.messages else "",
    }


def _custom_rows(example: Example, make: MakeRow) -> Iterator[Row | Problem]:
    """One row per example.

    With `fields: {question: prompt, answer: completion, topic: tags.category}`, user "Hi",
    assistant "Hello." and the category "smalltalk"::

        {"question": "Hi", "answer": "Hello.", "topic": "smalltalk"}

    A field whose value is null is left out.
    """
    yield make(custom_values(example))


def _row_maker(options: Custom) -> MakeRow:
    if options.template is not None:
        from ftdata.release.exports.custom_template import compiled

        path, field = options.path(options.template), f"{_FIELD}.template"
        return compiled(_text(path, field), path, field).row
    paths = {name: path.split(".") for name, path in options.fields.items()}
    return partial(_row_of_fields, paths=paths)


def _row_of_fields(values: Mapping[str, object], paths: Mapping[str, list[str]]) -> Row | Problem:
    row: Row = {}
    for name, (first, *steps) in paths.items():
        value = values[first]
        for step in steps:
            try:
                value = value[int(step)] if isinstance(value, list) else value[step]  # type: ignore[index]
            except (LookupError, TypeError, ValueError):
                reason = f"is not there at {step!r}: take the field out, or name another value"
                return Problem("custom_field", f"{_FIELD}.fields.{name}", reason)
        if value is not None:
            row[name] = value
    return row


def _custom_problems(row: Any, check: Check) -> Iterator[Problem]:  # noqa: ANN401  (any JSON)
    """What is wrong with a row: it is no object, or its schema does not take it."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write one")
    else:
        yield from check(row)


def _schema_check(options: Custom) -> Check:
    if options.json_schema is None:
        return lambda _: iter(())
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import Draft202012Validator, validator_for
    from referencing import Registry

    path, field = options.path(options.json_schema), f"{_FIELD}.json_schema"
    try:
        schema = orjson.loads(_text(path, field))
    except orjson.JSONDecodeError as error:
        raise SettingsError(f"{path}:{error.lineno}: {field}: no JSON: {error.msg}") from error
    kind = validator_for(schema, default=Draft202012Validator)
    try:
        kind.check_schema(schema)
    except SchemaError as error:
        where = _place(error.absolute_path)
        raise SettingsError(f"{path}: {field}: no JSON Schema: {where} {error.message}") from error
    # A registry of its own, and empty: references into the net are not followed.
    return partial(_schema_problems, kind(schema, registry=Registry()))


def _schema_problems(validator: Any, row: Row) -> Iterator[Problem]:  # noqa: ANN401  (untyped)
    from referencing.exceptions import Unresolvable

    try:
        for error in islice(validator.iter_errors(row), _MOST_PROBLEMS):
            yield Problem("schema", _place(error.absolute_path), f"{error.message:.300}")
    except Unresolvable as error:
        reason = f"the schema refers to {error.ref}, which is not in it: write it below $defs"
        yield Problem("schema_reference", "", reason)
    except RecursionError:
        yield Problem("schema", "", "is nested too deeply to be compared with the schema")


def _text(path: Path, field: str) -> str:
    """The text of a file that a setting names."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        fault = f"not UTF-8 at byte {error.start}: save it as UTF-8"
    except OSError as error:
        fault = f"cannot be read ({error.strerror}): put it beside ftdata.yaml, or name another"
    raise SettingsError(f"{path}: {field}: {fault}")


def _place(steps: Any) -> str:  # noqa: ANN401  (untyped)
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return "".join(parts).removeprefix(".")


def _read_custom(row: Row) -> Reading:
    """The conversation where the row has messages as OpenAI's rows do; else none can be read."""
    if any(problem.rule in _UNREADABLE for problem in message_problems(row.get("messages"))):
        return Reading([])
    tools = row.get("tools")
    return Reading(read_messages(row["messages"]), tools if isinstance(tools, list) else None)


CUSTOM = custom_exporter(Custom())
