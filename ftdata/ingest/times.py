"""Instants in records: ISO-8601 text and epoch numbers, all as UTC."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from ftdata.ingest.faults import MalformedRecordError

# Read as seconds below this and as milliseconds from it on: 1e11 seconds is the year 5138, 1e11
# milliseconds is March 1973, so that every instant of a log falls on the right side.
MILLISECONDS_FROM = 100_000_000_000
FIRST_YEAR, LAST_YEAR = 1970, 2100

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
# Nine digits or more: eight are an ISO date without hyphens.
_EPOCH_TEXT = re.compile(r"[0-9]{9,}(\.[0-9]+)?", re.ASCII)


def parse_instant(value: object) -> dt.datetime | None:
    """The instant in UTC; None for null and empty text.

    Text is ISO-8601, a date alone meaning its midnight and a missing zone UTC, or an epoch number
    in digits. Numbers are seconds or milliseconds since 1970, told apart by their size.
    Raises MalformedRecordError (`bad_time`) for anything else and for years outside 1970 to 2100.
    """
    if value is None or value == "":
        return None
    try:
        instant = _instant(value).astimezone(dt.UTC)
    except (ValueError, OverflowError, TypeError) as error:
        raise MalformedRecordError(
            "bad_time", "timestamp is neither ISO-8601 nor epoch seconds or milliseconds"
        ) from error
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise MalformedRecordError(
            "bad_time", f"timestamp lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
        )
    return instant


def _instant(value: object) -> dt.datetime:
    if isinstance(value, dt.date):  # of a Parquet column: a date or, its subclass, an instant
        value = value.isoformat()
    if isinstance(value, str):
        text = value.strip()
        if _EPOCH_TEXT.fullmatch(text):
            return _from_epoch(float(text))
        parsed = dt.datetime.fromisoformat(text.upper())
        return parsed if parsed.tzinfo else parsed.replace(tzinfo=dt.UTC)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError
    return _from_epoch(float(value))


def _from_epoch(number: float) -> dt.datetime:
    if abs(number) < MILLISECONDS_FROM:
        return _EPOCH + dt.timedelta(seconds=number)
    return _EPOCH + dt.timedelta(milliseconds=number)
