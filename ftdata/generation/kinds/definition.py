"""definition: "X is a …" and the terms of definition lists: what is X?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.generation.drafts import Draft, draft, range_part, sentence_part
from ftdata.generation.draw import Draw
from ftdata.generation.view import View, without_markup
from ftdata.generation.word_sets import word_set
from ftdata.generation.wording import Wordings, as_term, choose, in_context

_IS_A = re.compile(
    r"(?P<article>(?:An?|The) )?(?P<name>(?:[\w`*\"'./+-]+ ){1,5}?)(?:\([^()]{1,60}\) )?"
    r"(?P<verb>is|are|refers? to|means|stands for) "
    r"(?:an? (?!bit|little|lot|few|good|great|common|problem|must|simple|different|list of"
    r"|way\b)|the (?!same|one)|one of |our |used to |where |how |what "
    r"|(?:\w+ ){0,2}\w+s (?:that|which)"
    r" )"
)
_NO_NAME = word_set(
    """
    where what which how why when if because while although since by in on at for to with from
    as unlike like under after before during it this that these those there here who one each
    all both some they you we he she then result following example examples first second last
    next only main reason reasons default idea goal aim purpose problem point difference step
    steps question answer recommended easiest best simplest most most-common way above below
    every any no everyone everything nothing nobody your our my its his her
    latter former same other another issue such many neither either none cause fix solution
    """
)
_OPTION = re.compile(r"`?-|<|.*[=<>{}]")

TERM: Wordings = {
    "direct": ("What {be} {x}?", "What exactly {be} {x}?", "Can you define {x}?"),
    "short": ("Define {x}.", "{x}: meaning?", "Meaning of {x}?"),
    "long": (
        "I keep seeing {x} mentioned and want to be sure I get it right. What's the definition?",
        "I have to explain {x} to a new colleague. What is a good definition?",
    ),
    "formal": ("Could you please define {x}?", "What is meant by {x}?"),
    "casual": ("what {be} {x} anyway?", "so what {be} {x}?", "{x}?? never heard of it, explain"),
    "implicit": ("I've never heard of {x}.", "I'm not sure what {x} {be}."),
}  # fmt: skip


def definition(view: View, draw: Draw) -> Iterator[Draft]:
    """The section's first defining sentence, then its defined terms."""
    if view.language != "en":
        return
    for sentence in view.prose:
        found = _IS_A.match(sentence.text) if sentence.start == 0 else None
        name = _name(view, found) if found else ""
        if found and name:
            be = "are" if found["verb"] == "are" else "is"
            wording = _ask(view, draw, name, be, 0.5)
            yield draft("definition", wording, sentence_part(view, sentence, rest=True))
            break
    terms = [
        block
        for block in view.blocks
        if block.kind == "definition" and block.label and not _OPTION.match(block.label)
    ]
    for block in terms:
        if re.search(r"[^\W\d_].*[^?]$", block.label) and len(block.label) < 60:
            answer = range_part(block, 0, len(block.text))
            label = without_markup(block.label)
            term = f"`{label}`" if f"`{label}`" in block.text else as_term(label)
            yield draft("definition", _ask(view, draw, term, "is", 1.0), answer)


def _ask(view: View, draw: Draw, name: str, be: str, share: float) -> tuple[str, str]:
    style, prompt = choose(draw, TERM, x=name, be=be)
    return style, in_context(prompt, view.subject if draw.chance(share) else None, draw)


def _name(view: View, found: re.Match[str]) -> str:
    """The term that a sentence defines, with its article; "" where it is no term."""
    plain = without_markup(found["name"])
    words = plain.lower().replace('"', "").split()
    if not words or "-" in words or not _NO_NAME.isdisjoint(words):
        return ""
    return view.inside(f"{found['article'] or ''}{plain}")
