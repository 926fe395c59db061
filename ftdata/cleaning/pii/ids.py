"""Redaction of ids and file names: the whole becomes a hash, so that what was equal stays equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ftdata.cleaning.pii.redact import Redacted, find_places
from ftdata.text import hash64

# Certain by form or checksum. Ids are full of digits that look like telephone numbers, social
# security numbers or addresses of machines, and are none.
CERTAIN = ("SECRET", "EMAIL", "CREDIT_CARD", "IBAN")


def redact_id(text: str, entities: Sequence[str]) -> Redacted:
    """`bob@corp.org` becomes `redacted-` and 16 hex digits, the hash of the id; `log_7f` stays."""
    places = find_places(text, _certain(entities))
    return Redacted(_hashed(text) if places else text, Counter(entity for *_, entity in places))


def redact_origin(text: str, entities: Sequence[str]) -> Redacted:
    """`raw/web/bob@corp.org.jsonl:7` becomes `raw/web/redacted-…:7`: only what holds the address.

    `text` is a path with `/`, a colon and a line.
    """
    path, colon, line = text.rpartition(":")
    places = find_places(path, _certain(entities))
    if not places:
        return Redacted(text)
    parts, start = [], 0
    for part in path.split("/"):
        end = start + len(part)
        is_hit = any(first < end and start < last for first, last, _ in places)
        parts.append(_hashed(part) if is_hit else part)
        start = end + 1
    counts = Counter(entity for *_, entity in places)
    return Redacted("/".join(parts) + colon + line, counts)


def _certain(entities: Sequence[str]) -> list[str]:
    return [entity for entity in entities if entity in CERTAIN]


def _hashed(text: str) -> str:
    return f"redacted-{hash64(text):016x}"
