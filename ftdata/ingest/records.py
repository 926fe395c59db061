"""From a decoded object to a typed record: names, types, and which fields a record needs."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, get_args

import orjson

from ftdata import jsonl
from ftdata.ingest.faults import Fault, MalformedRecordError
from ftdata.ingest.messages import Message, parse_messages
from ftdata.ingest.times import parse_instant
from ftdata.settings import LogField
from ftdata.text import hash64

_MAX_OTHER_CHARS = 2_000  # of a field that has no place of its own: no page, no embedding
_EXACT_FLOAT = 2**53  # up to here every whole number has a float of its own
_MISSING = object()
_Getter = tuple[LogField, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Record:
    """One raw record, typed. `messages` holds its whole list, or its prompt and response."""

    id: str
    conversation_id: str | None
    timestamp: dt.datetime | None  # UTC
    messages: list[Message]
    holds_list: bool  # the log gave messages, not a prompt and its response
    user_rating: float | None
    has_error: bool
    category: str | None
    model: str | None
    user_id: str | None
    metadata: str | None  # JSON object: the log's own, then its fields that have no place here
    tools: str | None  # JSON list


class RecordParser:
    """Parses the records of one source by its map of field names."""

    def __init__(self, source: str, fields: Mapping[LogField, str]) -> None:
        """`fields` names this source's fields: an exact key first, else a path with dots."""
        self._source = source
        names = {name: fields.get(name, name) for name in get_args(LogField)}
        self._plain = [(f, name) for f, name in names.items() if "." not in name]
        self._placed = {part for name in names.values() for part in (name, name.split(".")[0])}
        self._nested: list[_Getter] = [
            (field, name, tuple(name.split("."))) for field, name in names.items() if "." in name
        ]

    def parse(self, values: dict[str, Any], file: str) -> Record | Fault:
        """The record that one object holds, or what is wrong with it.

        A record has messages, or a prompt and the key of a response. Its id is its own, else a hash
        of source, file and content, so that a repeated line is a repeated record. Its metadata
        takes the fields that stand nowhere else, such as a customer's name, so that redaction knows
        them; one of over 2,000 characters stays out.
        """
        found = {field: values[name] for field, name in self._plain if name in values}
        for field, name, path in self._nested:
            value = values.get(name, _MISSING)
            value = _reach(values, path) if value is _MISSING else value
            if value is not _MISSING:
                found[field] = value
        try:
            return self._record(found, values, file)
        except MalformedRecordError as error:
            return replace(
                error.fault,
                record_id=_readable_id(found.get("id")),
                conversation_id=_readable_id(found.get("conversation_id")),
                user_id=_readable_id(found.get("user_id")),
            )

    def _record(self, found: Mapping[LogField, Any], values: dict[str, Any], file: str) -> Record:
        get = found.get
        messages, holds_list = _messages(found)
        own = _json(get("metadata"), "metadata", dict)
        others = [name for name in values if name not in self._placed]
        return Record(
            id=_id(get("id"), "id") or self._content_id(values, file),
            conversation_id=_id(get("conversation_id"), "conversation_id"),
            timestamp=parse_instant(get("timestamp")),
            messages=messages,
            holds_list=holds_list,
            user_rating=_rating(get("user_rating")),
            has_error=is_error(get("error")),
            category=_label(get("category"), "category"),
            model=_label(get("model"), "model"),
            user_id=_id(get("user_id"), "user_id"),
            metadata=_with_others(own, {name: values[name] for name in others}) if others else own,
            tools=_json(get("tools"), "tools", list),
        )

    def _content_id(self, values: object, file: str) -> str:
        # Parquet rows may hold what JSON cannot: decimals, or maps whose keys are numbers.
        option = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
        try:
            content = orjson.dumps(values, option=option, default=str)
        except TypeError as error:  # the only one orjson raises
            raise MalformedRecordError(
                "wrong_type",
                "id is missing, and no JSON to hash: nested too deeply, or keys that are no text",
            ) from error
        place = "\0".join((self._source, file, content.decode()))
        return f"{hash64(place):016x}"


def is_error(value: object) -> bool:
    """Whether an `error` field tells of one: not null, empty text, false, 0 or the text `false`."""
    if isinstance(value, str):
        return value.strip().lower() not in ("", "false")
    return not (value is None or value is False or value == 0)


def _reach(values: object, path: tuple[str, ...]) -> object:
    for key in path:
        if not isinstance(values, dict) or key not in values:
            return _MISSING
        values = values[key]
    return values


def _messages(found: Mapping[LogField, Any]) -> tuple[list[Message], bool]:
    """The record's messages, and whether the log gave them as a list.

    A list that does not end with an answer takes the response beside it, where there is one.
    """
    listed = _parsed(found.get("messages"), "messages")
    response = found.get("response")
    if not (response is None or isinstance(response, str)):
        raise _wrong_type("response", "text or null")
    if listed is not None:
        messages = parse_messages(listed)
        if response and messages and messages[-1].role != "assistant":
            messages.append(Message("assistant", response))
        return messages, True
    prompt = found.get("prompt")
    if prompt is None or "response" not in found:
        name = "prompt" if prompt is None else "response"
        raise MalformedRecordError("missing_field", f"{name}, and there are no messages")
    if not isinstance(prompt, str):
        raise _wrong_type("prompt", "text")
    return [Message("user", prompt), Message("assistant", response or "")], False


def _id(value: object, name: str) -> str | None:
    """An id as text; empty text is none. Whole floats are ids that a data frame converted."""
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float | Decimal):
        number = float(value)
        if number.is_integer() and abs(number) < _EXACT_FLOAT:
            return str(int(number))
    raise _wrong_type(name, "text or a whole number")


def _readable_id(value: object) -> str | None:
    try:
        return _id(value, "id")
    except MalformedRecordError:
        return None


def _label(value: object, name: str) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _wrong_type(name, "text or a number")
    return str(value)


def _rating(value: object) -> float | None:
    if value is None or value == "":
        return None
    number = math.nan
    if not isinstance(value, bool) and isinstance(value, int | float | Decimal | str):
        try:
            number = float(value)
        except ValueError:
            number = math.nan
    if not math.isfinite(number):
        raise _wrong_type("user_rating", "a number")
    return number


def _json(value: object, name: str, kind: type[dict[Any, Any]] | type[list[Any]]) -> str | None:
    """The JSON text of an object or a list, given as such or, in tables, as text already."""
    value = _parsed(value, name)
    if value is None:
        return None
    if not isinstance(value, kind):
        raise _wrong_type(name, "an object" if kind is dict else "a list")
    try:
        return jsonl.dumps(value).decode()
    except TypeError as error:
        raise _wrong_type(name, "made of JSON values") from error


def _with_others(metadata: str | None, others: Mapping[str, object]) -> str | None:
    """The metadata with the other fields that fit; the log's own keys stay as they are."""
    own = orjson.loads(metadata) if metadata is not None else {}
    more = {name: value for name, value in others.items() if name not in own and _fits(value)}
    return jsonl.dumps(own | more).decode() if more else metadata


def _fits(value: object) -> bool:
    if value is None or value == "":
        return False
    try:
        return len(jsonl.dumps(value)) <= _MAX_OTHER_CHARS
    except TypeError:  # what a table may hold and JSON may not
        return False


def _parsed(value: object, name: str) -> object:
    """A nested value; where a table's cell holds it as JSON text, that text parsed."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError as error:
        raise _wrong_type(name, "a nested value, nor JSON text of one") from error


def _wrong_type(name: str, wanted: str) -> MalformedRecordError:
    return MalformedRecordError("wrong_type", f"{name} is not {wanted}")
