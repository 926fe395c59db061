"""Why a line is quarantined: the reasons, and the fault that carries one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FaultReason = Literal[
    "line_too_long",  # over extraction.max_line_bytes
    "invalid_utf8",
    "bad_json",
    "bad_csv",
    "bad_parquet",  # a row whose values Python cannot hold
    "not_an_object",
    "missing_field",
    "wrong_type",
    "bad_time",
    "bad_messages",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line. `detail` names a field or a column, never a value: raw data may
    be personal."""

    reason: FaultReason
    detail: str
    record_id: str | None = None  # these three where the line held one that can be read
    conversation_id: str | None = None
    user_id: str | None = None


class MalformedRecordError(Exception):
    """Carries a fault out of the parsing of one record; never leaves this package."""

    def __init__(self, reason: FaultReason, detail: str) -> None:
        """See `Fault`."""
        super().__init__(reason, detail)
        self.fault = Fault(reason, detail)
