"""What a person said about an example: a line of `<data>/reviews/*.jsonl`.

    {"id": "log_1", "source": "web", "date": "2025-03-01", "version": "0123456789abcdef",
     "reviewer": "ada", "rating": 4, "decision": "reject", "edits": [{"message": 2,
     "content": "At nine."}], "note": "…", "base": "9f…", "at": "2025-03-02T10:00:00Z"}

`review.html` writes them; `id` alone is needed for a rating, `source`, `date` and `base` for a
decision or an edit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ftdata import jsonl
from ftdata.errors import PartitionError
from ftdata.keys import PartitionKey

LOWEST, HIGHEST = 1, 5
FOLDER = "reviews"

Decision = Literal["keep", "reject"]
DECISIONS: tuple[Decision, ...] = ("keep", "reject")


class ReviewError(ValueError):
    """A line that says nothing that can be understood; the message names the field and the fix."""


@dataclass(frozen=True)
class Edit:
    """Another text for one message of an example, by its place from 0."""

    message: int
    content: str


@dataclass(frozen=True)
class Review:
    """One person's word on one example."""

    id: str  # of the example
    reviewer: str  # alias; empty where none was given
    rating: float | None = None  # 1 to 5
    decision: Decision | None = None
    edits: tuple[Edit, ...] = ()
    note: str = ""
    key: PartitionKey | None = None  # where the example stands
    base: str = ""  # `text_hash` of the messages that were reviewed

    @property
    def changes(self) -> bool:
        """Whether the dataset would be another by it."""
        return self.decision is not None or bool(self.edits)


def text_hash(messages: Sequence[Mapping[str, Any]]) -> str:
    """16 hex digits of what an example's messages say: role and content of each, in order."""
    said = [[message["role"], message["content"]] for message in messages]
    return hashlib.blake2b(jsonl.dumps(said), digest_size=8).hexdigest()


def parse_review(line: Mapping[str, Any]) -> Review:
    """The review of a line. Raises ReviewError."""
    review = Review(
        id=_text(line, "id"),
        reviewer=_text(line, "reviewer", needed=False),
        rating=_rating(line.get("rating")),
        decision=_decision(line.get("decision")),
        edits=_edits(line.get("edits")),
        note=_text(line, "note", needed=False),
        key=_key(line),
        base=_text(line, "base", needed=False),
    )
    if review.changes and (review.key is None or not review.base):
        raise ReviewError(
            "source, date and base are needed for a decision or an edit: export it again from"
            " review.html, which writes them"
        )
    return review


def review_line(review: Review) -> dict[str, Any]:
    """The line that `parse_review` reads back."""
    key = review.key
    return {
        "id": review.id,
        "source": key.source if key else None,
        "date": key.date if key else None,
        "reviewer": review.reviewer,
        "rating": review.rating,
        "decision": review.decision,
        "edits": [{"message": one.message, "content": one.content} for one in review.edits] or None,
        "note": review.note or None,
        "base": review.base or None,
    }


def _text(line: Mapping[str, Any], name: str, *, needed: bool = True) -> str:
    value = line.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or (needed and not value):
        raise ReviewError(f"{name} is no text: write one, or remove the line")
    return value


def _rating(value: object) -> float | None:
    if value is None:
        return None
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and LOWEST <= value <= HIGHEST
    ):
        return float(value)
    raise ReviewError(f"rating is no number from {LOWEST} to {HIGHEST}: mend the line")


def _decision(value: object) -> Decision | None:
    if value is None:
        return None
    for known in DECISIONS:
        if value == known:
            return known
    raise ReviewError("decision is neither keep nor reject: write one of them, or null")


def _edits(value: object) -> tuple[Edit, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ReviewError('edits is no list: write [{"message": 1, "content": "…"}], or null')
    found: dict[int, Edit] = {}
    for one in value:
        place = one.get("message") if isinstance(one, dict) else None
        content = one.get("content") if isinstance(one, dict) else None
        if isinstance(place, bool) or not isinstance(place, int) or place < 0:
            raise ReviewError("edits: message is no place in the conversation (from 0): mend it")
        if not isinstance(content, str) or not content.strip():
            raise ReviewError("edits: content is no text, or empty: write one, or reject instead")
        found[place] = Edit(place, content)
    return tuple(found[place] for place in sorted(found))


def _key(line: Mapping[str, Any]) -> PartitionKey | None:
    source, date = line.get("source"), line.get("date")
    if not isinstance(source, str) or not isinstance(date, str):
        return None
    try:
        return PartitionKey(date=date, source=source)
    except PartitionError as error:
        raise ReviewError(str(error)) from error
