"""comparison: two things that the section sets side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ftdata.generation.drafts import Draft, Part, draft, fitting, range_part
from ftdata.generation.draw import Draw
from ftdata.generation.verbs import is_imperative
from ftdata.generation.view import View, without_markup
from ftdata.generation.wording import Wordings, as_term, choose, in_context
from ftdata.sections import Block, join_parts

_BETWEEN = re.compile(r"\bdifferences? between (?P<a>.{2,50}?) and (?P<b>[^?]{2,50})\??$", re.I)
_VERSUS = re.compile(
    r"^(?P<a>.{2,50}?) (?:vs\.?|versus|compared (?:to|with)) (?P<b>[^?]{2,50})\??$", re.I
)
_OR = re.compile(r"^(?P<a>[\w.-]+(?: [\w.-]+)?) or (?P<b>[\w.-]+(?: [\w.-]+)?)$", re.I)
_ENTRY = re.compile(
    r"(?:[-*+]|\d+[.)])?[ \t]*(?P<name>\*\*[^*\n]{2,40}\*\*|`[^`\n]{2,40}`)(?:[ \t]*[:–—-]"
    r"|(?<=[:.]\*\*)|(?<=`))[ \t]+\S.{20,}",
    re.DOTALL,
)

TWO: Wordings = {
    "direct": (
        "What's the difference between {a} and {b}?", "What sets {a} apart from {b}?",
        "How do {a} and {b} compare?",
    ),
    "short": ("{a} vs. {b}?", "Compare {a} and {b}.", "{a} or {b}?"),
    "long": (
        "I can't decide between {a} and {b}. Could you set them side by side for me?",
        "I've seen {a} and {b} used as if they were the same. What sets them apart?",
    ),
    "formal": ("Could you please explain how {a} and {b} differ?",),
    "casual": ("{a} or {b}, what's the difference?", "{a} vs {b}, anyone?"),
    "implicit": ("I keep mixing up {a} and {b}.", "I'm torn between {a} and {b}."),
}  # fmt: skip


def comparison(view: View, draw: Draw) -> Iterator[Draft]:
    """The section on a difference; else two of its parallel entries, rows or terms."""
    if view.language != "en":
        return
    heading = view.section.heading
    found = _BETWEEN.search(heading) or _VERSUS.match(heading) or _OR.match(heading)
    if (
        found
        and view.heading.form not in {"action", "condition", "question"}
        and "(" not in heading
    ):
        yield draft("comparison", _ask(view, draw, found["a"], found["b"]), fitting(view))
        return
    pairs = [pair for block in view.blocks for pair in _pairs(block)] + _terms(view)
    if pairs:
        a, b, part = draw.pick(pairs)
        yield draft("comparison", _ask(view, draw, a, b), part)


def _ask(view: View, draw: Draw, a: str, b: str) -> tuple[str, str]:
    names = without_markup(a), without_markup(b)
    inside = view.inside(names[0]), view.inside(names[1])
    # Where one of the two is a name, so is the other.
    are_names = any(
        one == name and name[:1].isupper() for one, name in zip(inside, names, strict=True)
    )
    x, y = names if are_names else inside
    style, prompt = choose(draw, TWO, a=x, b=y)
    return style, in_context(prompt, view.subject, draw)


def _pairs(block: Block) -> Iterator[tuple[str, str, Part]]:
    """Neighbours among the entries of a list, where every entry is named alike."""
    if block.kind not in {"list", "steps"} or not 2 <= len(block.items) <= 5:
        return
    found = [_ENTRY.match(block.text, start, end) for start, end in block.items]
    if not all(found):
        return
    named = [one for one in found if one]
    for first, second in pairwise(named):
        parts = [range_part(block, one.start("name"), one.end()) for one in (first, second)]
        names = [without_markup(one["name"]).rstrip(":. ") for one in (first, second)]
        if names[0] != names[1] and not any(map(_is_odd, names)):
            yield names[0], names[1], join_parts(parts, "\n\n")


def _is_odd(name: str) -> bool:
    """Whether a name is a step ("Verify the bucket") or two names."""
    first, _, rest = name.partition(" ")
    return " and " in name or is_imperative(first.lower(), rest.partition(" ")[0])


def _terms(view: View) -> list[tuple[str, str, Part]]:
    """Neighbouring terms of a short run of definitions."""
    terms = [block for block in view.blocks if block.kind == "definition" and block.label]
    if not 2 <= len(terms) <= 4:
        return []
    return [
        (
            as_term(one.label),
            as_term(other.label),
            join_parts([(b.text, b.spans) for b in (one, other)], "\n\n"),
        )
        for one, other in pairwise(terms)
        if max(len(one.label), len(other.label)) < 40 and one.label != other.label
    ]
