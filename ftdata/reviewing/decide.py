"""What several people's words on an example come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ftdata.reviews import Edit, Review
from ftdata.settings_review import Review as Options


@dataclass(frozen=True)
class Ruling:
    """What is to become of one example."""

    id: str
    is_rejected: bool
    edits: tuple[Edit, ...]  # none where it is rejected
    base: str  # hash of the text that the edits are of; empty where there are none
    reviewers: tuple[str, ...]  # whose words these are


def rule_on_examples(reviews: Iterable[Review], options: Options) -> list[Ruling]:
    """A ruling for each example that would change, by id; reviews in the order of their lines.

    An example is rejected where anybody, more than half, or all of those who decided or edited
    reject it, as `options.decide` says: an edit is a vote to keep. A message that several edited
    has the last of their texts.
    """
    by_example: dict[str, list[Review]] = {}
    for review in reviews:
        if review.changes:
            by_example.setdefault(review.id, []).append(review)
    ruled = (_rule(name, words, options) for name, words in sorted(by_example.items()))
    return [one for one in ruled if one.is_rejected or one.edits]


def _rule(name: str, words: Sequence[Review], options: Options) -> Ruling:
    against = [one for one in words if one.decision == "reject"]
    needed = {"any": 1, "majority": len(words) // 2 + 1, "unanimous": len(words)}
    if len(against) >= needed[options.decide]:
        return Ruling(name, True, (), "", _names(against))
    editing = [one for one in words if one.edits and one.decision != "reject"]
    if not editing:
        return Ruling(name, False, (), "", ())
    base = editing[-1].base
    same = [one for one in editing if one.base == base]
    edits = {edit.message: edit for one in same for edit in one.edits}
    return Ruling(name, False, tuple(edits[at] for at in sorted(edits)), base, _names(same))


def _names(words: Sequence[Review]) -> tuple[str, ...]:
    return tuple(sorted({one.reviewer for one in words if one.reviewer}))
