"""Whether a text is a cron schedule: five fields as crontab(5) has them, and no more than those.

What runs the schedule knows further forms, such as `@daily`, `L` and seconds; the settings do not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_DAYS = "sun mon tue wed thu fri sat"
_ITEM = re.compile(r"(?:\*|(\w+)(?:-(\w+))?)(?:/([0-9]{1,4}))?", re.ASCII)
_EXAMPLE = "write it as 0 3 * * * (every night at three)"


class _Field(NamedTuple):
    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()  # of the values from `low` on


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31),
    _Field("month", 1, 12, tuple(_MONTHS.split())),
    _Field("day of the week", 0, 7, tuple(_DAYS.split())),
)


def check_cron(text: str) -> None:
    """Raises ValueError that names the field of the schedule that does not hold."""
    parts = text.split()
    if len(parts) != len(_FIELDS):
        raise ValueError(f"a schedule has {len(_FIELDS)} fields, not {len(parts)}: {_EXAMPLE}")
    for field, part in zip(_FIELDS, parts, strict=True):
        for item in part.split(","):
            if not _is_item(item, field):
                raise ValueError(
                    f"{item!r} is no {field.name} ({field.low} to {field.high}): {_EXAMPLE}"
                )


def _is_item(item: str, field: _Field) -> bool:
    """`*`, `5`, `1-5` or `mon-fri`; with `/2`, every second one of the many."""
    match = _ITEM.fullmatch(item)
    if match is None:
        return False
    first, last, step = match.groups()
    low = _value(first, field) if first else field.low
    high = _value(last, field) if last else low if first else field.high
    if low is None or high is None or low > high:
        return False
    return step is None or 0 < int(step) <= high - low


def _value(text: str, field: _Field) -> int | None:
    if text.lower() in field.names:
        return field.low + field.names.index(text.lower())
    if not text.isdigit() or len(text) > 2:
        return None
    return int(text) if field.low <= int(text) <= field.high else None
