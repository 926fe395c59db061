"""The largest group of tied examples, in the report and, where it is a giant, on the card."""

from __future__ import annotations

from ftdata.release.markdown import escape, share, table
from ftdata.release.plan import LargestGroup

_SHARED = {
    "turn": "share one user turn",
    "prompt": "have a prompt like this one",
    "prefix": "begin or are the beginning of this conversation",
    "derived": "are this example or derived from it",
    "conversation": "have one conversation id",
}


def largest_group_section(largest: LargestGroup | None) -> str:
    """Size and share of the largest group, what ties it by kind, and what to do about it."""
    if largest is None or not largest.shared_kind:
        return "No two examples are tied to each other."
    ties = table(("tied to another by", "examples"), largest.most_first())
    return f"{_sentence(largest)}\n\n{ties}\n\n{_what_ties(largest)}"


def largest_group_note(largest: LargestGroup | None) -> str | None:
    """One sentence for the card; None where no group is too large a share."""
    if largest is None or not largest.is_giant:
        return None
    return f"{_sentence(largest)} {_what_ties(largest)}"


def _sentence(largest: LargestGroup) -> str:
    part = share(largest.size, largest.examples)
    return (
        f"The largest group of tied examples, `{escape(largest.group_id)}`, holds"
        f" {largest.size:,} of {largest.examples:,} ({part})"
        + (", more than `checks.max_group_share`." if largest.is_giant else ".")
    )


def _what_ties(largest: LargestGroup) -> str:
    text = (
        f"{largest.shared_by:,} of its {largest.size:,} examples {_SHARED[largest.shared_kind]}:"
        f" “{escape(largest.excerpt)}” (such as {escape(', '.join(largest.samples), limit=300)})."
    )
    return f"{text} To make it smaller: {largest.advice}." if largest.is_giant else text
