"""Category and tags of an example: its domain, its task and how much there is to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ftdata.generation.drafts import Draft
from ftdata.generation.kinds import KINDS
from ftdata.sections import Section
from ftdata.tagging.values import Complexity, TaskType

_DECLINE: TaskType = "decline"  # of what is made of a whole document, by no kind
_STEP = re.compile(r"^\d+[.)] ", re.MULTILINE)
_SEPARATORS = re.compile(r"[\W_]+")


def category_of(section: Section, taxonomy: Mapping[str, Sequence[str]]) -> str:
    """The first category one of whose words stands in the heading path, title or file name.

    Without one the document's folder is it, then its first heading, then its title.
    """
    if not taxonomy:
        return _own_category(section)
    place = " ".join((section.document, section.title, *section.heading_path))
    text = f" {_SEPARATORS.sub(' ', place).lower()} "
    for category, words in taxonomy.items():
        if any(f" {_SEPARATORS.sub(' ', word).strip().lower()} " in text for word in words):
            return category
    return _own_category(section)


def _own_category(section: Section) -> str:
    folder, slash, _ = section.document.partition("/")
    if slash:
        return folder
    return section.heading_path[0] if section.heading_path else section.title


def complexity_of(answer: str) -> Complexity:
    """simple, medium or hard: by length, steps and code of the answer."""
    steps = len(_STEP.findall(answer))
    fences = answer.count("```") // 2
    if len(answer) > 1_500 or steps > 7 or fences > 2:
        return "hard"
    return "simple" if len(answer) < 300 and steps < 3 and not fences else "medium"


def tags_of(draft: Draft) -> list[tuple[str, str]]:
    """The tags of a draft, in the order of their names."""
    task_type = _DECLINE if draft.kind == "out_of_scope" else KINDS[draft.kind].task_type
    return [
        ("complexity", complexity_of(draft.answer)),
        ("instruction_kind", draft.kind),
        ("style", draft.style),
        ("task_type", task_type),
    ]
