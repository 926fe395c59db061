"""Profiles: by what two sets of examples, or two versions, are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from ftdata.reporting.coded import Coded, Rows
from ftdata.reporting.columns import Columns
from ftdata.reporting.lengths import by_edge
from ftdata.reporting.parts import Material
from ftdata.reporting.statistics import Measure, Profile
from ftdata.reporting.vocabulary import most_frequent

_LENGTHS: tuple[Measure, ...] = ("prompt_words", "completion_words")
_WORDS = 2_000


def profile_of(material: Material, rows: Rows) -> Profile:
    """The profile of the chosen examples."""
    columns, words = material.columns, material.words
    standing = words.standing_in(rows[columns.sample.rows])
    return Profile(
        examples=int(rows.sum()),
        lengths={what: by_edge(columns.lengths[what][rows]) for what in _LENGTHS},
        categories=_of_tag(columns, "category", rows),
        languages=_of_tag(columns, "language", rows),
        words=most_frequent(words.types, standing, _WORDS),
    )


def profile_from(stored: Mapping[str, Any]) -> Profile | None:
    """The profile in the JSON of a version's statistics; None where it has another form."""
    values = stored.get("profile")
    names = {field.name for field in fields(Profile)}
    return Profile(**values) if isinstance(values, dict) and values.keys() == names else None


def _of_tag(columns: Columns, name: str, rows: Rows) -> dict[str, int]:
    tag: Coded | None = columns.tags.get(name)
    return tag.counted(rows) if tag else {}
