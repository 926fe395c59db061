"""What filters share that look at one message at a time: which ones, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.finding import Finding


def iter_replies(conversations: Conversations) -> Iterator[tuple[int, str]]:
    """Index (of m) and text of the assistant messages that have a text."""
    for index, (role, text) in enumerate(
        zip(conversations.roles, conversations.contents, strict=True)
    ):
        if text and role == "assistant":
            yield index, text


def by_conversation(
    conversations: Conversations, found: Iterable[tuple[int, Finding]]
) -> list[Finding | None]:
    """The first finding of each of n conversations, from pairs of message index and finding."""
    findings: list[Finding | None] = [None] * len(conversations)
    pairs = list(found)
    indices = np.asarray([index for index, _ in pairs], dtype=np.int64)
    rows = np.searchsorted(conversations.bounds, indices, side="right") - 1
    for row, (_, finding) in zip(rows.tolist(), pairs, strict=True):
        if findings[row] is None:
            findings[row] = finding
    return findings
