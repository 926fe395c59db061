"""how_to: a procedure with all its steps, its lead-in, what it needs and what it warns of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.generation.drafts import Draft, Part, blocks_part, draft, whole
from ftdata.generation.draw import Draw
from ftdata.generation.headings import NAMING, Heading
from ftdata.generation.kinds.question import heading_wording
from ftdata.generation.kinds.troubleshooting import is_named_trouble, trouble_wording
from ftdata.generation.verbs import VERBS
from ftdata.generation.view import View
from ftdata.generation.wording import Wordings, capital, choose, framed, in_first_person
from ftdata.generation.wordings_abroad import ABROAD
from ftdata.sections import Block

_WHOLE = 4_000  # characters of a section that is answered with as a whole
_PROCEDURE = re.compile(
    r"\b(?:steps?|procedure|process|instructions|checklist|set ?up|how to)\b", re.I
)
_NAMES_STEPS = re.compile(
    r"(?:[\w-]+ ){0,3}(?:process|procedure|steps|checklist|instructions|workflow)\b", re.IGNORECASE
)
_FIRST_WORD = re.compile(r"[\W\d_]*(\w[\w-]*)")

STEPS: Wordings = {
    "direct": ("How do I {x}?", "What are the steps to {x}?", "How can I {x}, step by step?"),
    "short": ("Steps to {x}?", "How to {x}?", "I need the steps to {x}."),
    "long": (
        "I have to {x} for the first time and nobody is around to ask. What are the steps?",
        "Please walk me through everything I have to do to {x}, in the right order.",
    ),
    "formal": (
        "Could you please describe the procedure to {x}?",
        "Would you please list the steps required to {x}?",
    ),
    "casual": ("how do i {x}?", "walk me through how to {x}", "what do I click/run to {x}?"),
    "implicit": (
        "I need to {x} and don't know where to start.", "I've been asked to {x} today.",
        "I'm stuck trying to {x}.",
    ),
}  # fmt: skip
PHRASE: Wordings = {
    "direct": ("What are the steps for {x}?", "Can you walk me through {x}?"),
    "short": ("Steps for {x}?", "{x}, step by step?"),
    "long": ("I'm doing this for the first time. What do I have to do for {x}, step by step?",),
    "formal": ("Could you please describe the procedure for {x}?",),
    "casual": ("talk me through {x}?", "what do i have to do for {x}?"),
    "implicit": ("I'm not sure what I have to do for {x}.",),
}

PROCESS: Wordings = {
    "direct": ("Can you walk me through {x}?", "What does {x} look like, step by step?"),
    "short": ("{x}, step by step?", "Outline {x}."),
    "formal": ("Could you please describe {x}?",),
    "casual": ("talk me through {x}?",),
    "implicit": ("I have to follow {x} and don't know it yet.",),
}
STUCK: Wordings = {
    "direct": ("{X}. What are the steps to fix that?", "What do I have to do when {x}?"),
    "casual": ("{x}, what do i do?",),
    "formal": ("I have noticed that {x}. Could you please tell me how to proceed?",),
    "implicit": ("{X}, and I don't know what to do next.",),
    "short": ("{X}: what to do?",),
}


def how_to(view: View, draw: Draw) -> Iterator[Draft]:
    """One example with every procedure of the section, whole."""
    steps = [block for block in view.blocks if block.kind == "steps"]
    if not steps:
        return
    wording = _wording(view, steps, draw)
    if wording:
        yield draft("how_to", wording, _procedure(view))


def _wording(view: View, steps: list[Block], draw: Draw) -> tuple[str, str] | None:
    if view.language != "en":
        wordings = ABROAD.get(view.language, {}).get("how_to")
        return choose(draw, wordings, x=view.section.heading) if wordings else None
    if view.heading.form == "statement":
        phrase = view.heading.phrase
        wording = choose(draw, STUCK, x=phrase, X=capital(phrase))
        return framed(wording, view, draw, 0.25)
    subject = _subject(view)
    if subject is None:
        return heading_wording(view, draw) or _of_context(view, draw)
    return _of_subject(subject, view, steps, draw) or heading_wording(view, draw)


def _of_subject(
    subject: Heading, view: View, steps: list[Block], draw: Draw
) -> tuple[str, str] | None:
    """How one asks for the steps to or of something; None where they are no orders."""
    if subject.form == "action":
        return framed(choose(draw, STEPS, x=in_first_person(subject.action)), view, draw, 0.25)
    if subject.form == "topic" and is_named_trouble(subject.text):
        return trouble_wording(view, draw)
    if subject.form == "topic" and _NAMES_STEPS.match(subject.phrase):
        return choose(draw, PROCESS, x=in_first_person(subject.phrase))
    if subject.form in {"topic", "command"} and _are_orders(view, steps):
        return framed(choose(draw, PHRASE, x=in_first_person(subject.phrase)), view, draw, 0.25)
    return None


def _subject(view: View) -> Heading | None:
    """What the steps are for: the heading, or what it stands under where it says so little."""
    if view.heading.form == "generic" and view.heading.role in {"usage", "install", "overview"}:
        return view.context
    return view.heading if view.heading.form in NAMING else None


def _of_context(view: View, draw: Draw) -> tuple[str, str] | None:
    above = view.context
    return choose(draw, PHRASE, x=in_first_person(above.phrase)) if above else None


def _are_orders(view: View, steps: list[Block]) -> bool:
    """Whether the steps tell what to do, not what is so."""
    if _PROCEDURE.search(view.section.heading):
        return True
    firsts = [
        found[1].lower()
        for block in steps
        for start, _ in block.items
        if (found := _FIRST_WORD.match(block.text, start))
    ]
    return 2 * sum(word in VERBS for word in firsts) >= len(firsts)


def _procedure(view: View) -> Part:
    """The whole section; of a long one what belongs to the steps."""
    blocks = view.blocks
    if sum(len(block.text) for block in blocks) <= _WHOLE:
        return whole(view)
    numbers = [n for n, block in enumerate(blocks) if block.kind == "steps"]
    first, last = numbers[0], numbers[-1]
    while first and (blocks[first - 1].kind in {"admonition", "code"} or first == numbers[0]):
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].kind == "admonition":
        last += 1
    return blocks_part(blocks[first : last + 1])
