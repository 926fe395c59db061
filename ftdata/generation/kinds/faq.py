"""faq: a question that the document itself puts, word for word, with the answer it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ftdata.generation.drafts import Draft, draft, range_part, whole
from ftdata.generation.draw import Draw
from ftdata.generation.view import View, without_markup
from ftdata.generation.wording import in_context

_FAQ = re.compile(r"\bfaqs?\b|frequently asked|preguntas frecuentes|häufige fragen|foire aux", re.I)
_QUESTION_MARKS = ("?", "？", "؟")
_LEAN = re.compile(
    r"(?:why|how|what|when|where|who|how so|and then)\??$"
    r"|(?:\w+ )?(?:is|are|was|does|do|did|can|could|will|would|should|must|has|have)(?:n't)?"
    r" (?:they\b|(?:it|this|that|these|those)\b(?! (?:possible|worth \w+ing|safe|ok|okay|allowed"
    r"|necessary|normal|legal|better|true|\w+ to) \w))",
    re.IGNORECASE,
)


def faq(view: View, draw: Draw) -> Iterator[Draft]:
    """The question of the heading, and those of the section's definitions."""
    if _asks(view):
        # Most questions name their subject; "Why?" and "Is it worth it?" do not.
        asked = without_markup(view.section.heading)
        leans = _LEAN.match(asked) is not None
        prompt = in_context(asked, view.context, draw, is_needed=True) if leans else asked
        yield draft("faq", ("direct", prompt), whole(view))
    for block in view.blocks:
        if block.kind == "definition" and block.label.endswith(_QUESTION_MARKS):
            answer = range_part(block, 0, len(block.text))
            yield draft("faq", ("direct", without_markup(block.label)), answer)


def _asks(view: View) -> bool:
    """Whether the heading is a question, or one of an FAQ page's own headings."""
    heading = view.section.heading.rstrip(" *_")
    if heading.endswith(_QUESTION_MARKS):
        return True
    above = (*view.section.heading_path[:-1], view.section.title)
    return (
        len(view.section.heading_path) > 1
        and view.heading.form != "generic"
        and any(map(_is_faq, above))
    )


@lru_cache(maxsize=1024)  # every section of a page asks for the same headings
def _is_faq(name: str) -> bool:
    return _FAQ.search(name) is not None
