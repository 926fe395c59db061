"""Redaction inside JSON: of its strings and keys, so that it stays JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import orjson

from ftdata import jsonl
from ftdata.cleaning.pii.redact import Redacted, redact_text


def redact_json(text: str, entities: Sequence[str]) -> Redacted:
    """`{"email": "bob@corp.org"}` becomes `{"email":"[EMAIL]"}`.

    Strings are read with their key before them, so that `"password": "…"` is known for what it is;
    a string that is JSON itself (the arguments of a tool call) is redacted inside. A number that is
    personal data becomes a string. Text that is not JSON, or nested too deeply to be written again,
    is redacted as text. Nothing is rewritten where nothing is found.
    """
    counts: Counter[str] = Counter()
    try:
        redacted = _redact_value(orjson.loads(text), "", entities, counts)
        return Redacted(jsonl.dumps(redacted).decode(), counts) if counts else Redacted(text)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError, RecursionError):
        return redact_text(text, entities)


def _redact_value(value: object, key: str, entities: Sequence[str], counts: Counter[str]) -> object:
    if isinstance(value, dict):
        return _redact_object(value, entities, counts)
    if isinstance(value, list):
        return [_redact_value(item, key, entities, counts) for item in value]
    if isinstance(value, str) and value[:1] in ("{", "["):
        redacted = redact_json(value, entities)
    elif isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        redacted = redact_text(str(value), entities, context=f'"{key}": "' if key else "")
    else:
        return value
    counts += redacted.counts
    return redacted.text if redacted.counts else value


def _redact_object(
    value: dict[str, object], entities: Sequence[str], counts: Counter[str]
) -> dict[str, object]:
    result: dict[str, object] = {}
    for key, item in value.items():
        name = redact_text(key, entities)
        counts += name.counts
        unique, number = name.text, 1
        while unique in result:
            number += 1
            unique = f"{name.text} {number}"
        result[unique] = _redact_value(item, unique, entities, counts)
    return result
