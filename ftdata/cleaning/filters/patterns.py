"""Finds conversations that hold what the owner's own patterns find."""

from __future__ import annotations

import re

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.finding import Finding
from ftdata.settings_cleaning import Cleaning


def find_patterns(conversations: Conversations, options: Cleaning) -> list[Finding | None]:
    """`pattern` where a message's text matches one of `drop_patterns`; the detail names it."""
    findings: list[Finding | None] = [None] * len(conversations)
    patterns = [re.compile(pattern) for pattern in options.drop_patterns]
    if not patterns:
        return findings
    bounds = conversations.bounds.tolist()
    for row in range(len(conversations)):
        texts = [text for text in conversations.contents[bounds[row] : bounds[row + 1]] if text]
        found = next((p for p in patterns if any(p.search(text) for text in texts)), None)
        if found:
            findings[row] = Finding("pattern", found.pattern)
    return findings
