"""The kinds of request that negatives add, and how the reply to each declines."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from ftdata.settings_cleaning import RefusalKind

Negative = Literal["out_of_scope", "unanswerable", "injection"]
REFUSALS: Mapping[Negative, RefusalKind] = MappingProxyType(
    {"out_of_scope": "decline", "unanswerable": "capability", "injection": "decline"}
)


def negative_tags(kind: Negative) -> dict[str, str]:
    """Tags of the variant: `negative`, and `refusal`, the reply's kind as cleaning names it."""
    return {"negative": kind, "refusal": REFUSALS[kind]}
