"""Asks every filter, and sorts what they find into drops and flags."""

from __future__ import annotations

from dataclasses import dataclass

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters import FILTERS
from ftdata.cleaning.filters.finding import Finding
from ftdata.settings_cleaning import Cleaning


@dataclass(frozen=True)
class Verdicts:
    """For each of n conversations why it is dropped, or None, and its flags in filter order."""

    drops: list[Finding | None]
    flags: list[list[str]]


def apply_filters(conversations: Conversations, options: Cleaning) -> Verdicts:
    """Every filter's findings by its action; the first drop of a conversation names the reason."""
    verdicts = Verdicts([None] * len(conversations), [[] for _ in range(len(conversations))])
    for find, action_of in FILTERS:
        action = action_of(options)
        if action == "off":
            continue
        for row, finding in enumerate(find(conversations, options)):
            if finding is None:
                continue
            if action == "flag":
                verdicts.flags[row].append(finding.reason)
            elif verdicts.drops[row] is None:
                verdicts.drops[row] = finding
    return verdicts
