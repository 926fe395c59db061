"""How a wording is chosen and put into a prompt that can stand alone.

A table of wordings maps a style to templates; the style is drawn first, so that each is as
frequent. The styles: direct, implicit (a situation, no question word), short, long, formal, casual.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ftdata.generation.draw import Draw
from ftdata.generation.headings import Heading
from ftdata.generation.view import View

Wordings = Mapping[str, Sequence[str]]

_FRAMES = (
    "I'm working with {c}. {p}",
    "Question about {c}: {p}",
    "I'm reading up on {c}. {p}",
    "{C}: {p}",
    "I have a question about {c}. {p}",
    "This is about {c}. {p}",
    "{p} (This is about {c}.)",
    "We use {c} here. {p}",
    "Quick one on {c}: {p}",
)
_TOPIC_FRAMES = tuple(frame for frame in _FRAMES if frame != "We use {c} here. {p}")
_DOING_FRAMES = (
    "I'm {c}. {p}",
    "I'm in the middle of {c}. {p}",
    "Question about {c}: {p}",
    "I'm about to start {c}. {p}",
    "We're {c} this week. {p}",
    "I'm responsible for {c}. {p}",
)
_ALERT_FRAMES = ("{C} is firing. {p}", "I'm looking at {c}. {p}", "About {c}: {p}")
_PERSONS = {
    "you are": "I am", "you're": "I'm", "you have": "I have", "you've": "I've", "you'll": "I'll",
    "you": "I", "your": "my", "yours": "mine", "yourself": "myself", "you'd": "I'd",
    "were you": "was I",
}  # fmt: skip
_PERSON = re.compile(r"\b(you(?: are| have|'re|'ve|'ll|'d|rs?elf|rs?)?)\b", re.IGNORECASE)
_AFTER_PREPOSITION = re.compile(
    r"(?:\b(?:for|to|by|from|with|of|on|at|let|lets|allow|allows|help|helps|give|gives|tell|tells"
    r"|enable|enables|without|between|asks?|prompts?)|ing) $",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(`[^`]*`|\"[^\"]*\")")


def choose(draw: Draw, wordings: Wordings, **values: str) -> tuple[str, str]:
    """A style and a prompt of it; `{x}` in its templates is filled from `values`."""
    style = draw.pick(tuple(wordings))
    template = draw.pick(wordings[style])
    prompt = template.format(**values)
    return style, capital(prompt) if template.startswith("{") and style != "casual" else prompt


def as_term(label: str) -> str:
    """A term as it is asked for: a name with a dot or the like in it as code."""
    is_code = "`" not in label and re.match(r"-|\S*[._]\w\S*$", label)
    return f"`{label}`" if is_code else label


def capital(text: str) -> str:
    """With a capital first letter, where the first word is written small."""
    first = re.match(r"[a-z]+(?=[\s,'’:?]|$)", text)
    return text[0].upper() + text[1:] if first else text


def framed(wording: tuple[str, str], view: View, draw: Draw, share: float) -> tuple[str, str]:
    """The wording, in `share` of all cases with what the section stands under before it.

    Nothing is added that the prompt names already.
    """
    style, prompt = wording
    above = view.context if view.heading.form != "generic" else None
    return (style, in_context(prompt, above, draw)) if draw.chance(share) else wording


def in_context(prompt: str, above: Heading | None, draw: Draw) -> str:
    """A prompt with its context, unless it names it already."""
    if above is None or not _is_handy(above.phrase) or _is_named(prompt, above.phrase):
        return prompt
    frames = {
        "action": _DOING_FRAMES, "alert": _ALERT_FRAMES, "command": _FRAMES,
    }.get(above.form, _name_frames(above.phrase))  # fmt: skip
    return draw.pick(frames).format(c=above.phrase, C=capital(above.phrase), p=prompt)


def _is_handy(phrase: str) -> bool:
    """Whether a person would drop it into a sentence: short, and not about "you"."""
    return len(phrase) <= 60 and len(phrase.split()) < 9 and not re.search(r"\byour?\b", phrase)


def _name_frames(phrase: str) -> Sequence[str]:
    return _FRAMES if phrase[:1].isupper() and " " not in phrase else _TOPIC_FRAMES


def _is_named(prompt: str, phrase: str) -> bool:
    """Whether half of the phrase's longer words stand in the prompt."""
    low = prompt.lower()
    telling = [word for word in re.findall(r"\w+", phrase.lower()) if len(word) > 3]
    hits = sum(word.rstrip("s") in low for word in telling)
    return 2 * hits >= len(telling) if telling else phrase.lower() in low


def in_first_person(text: str) -> str:
    """ "your release" → "my release", as a user says it; quoted text and code stay."""
    if "you" not in text.lower():
        return text
    return "".join(
        piece if piece[:1] in {"`", '"'} else _PERSON.sub(_first_person, piece)
        for piece in _QUOTED.split(text)
    )


def _first_person(found: re.Match[str]) -> str:
    word = found[1].lower()
    if word == "you" and _is_object(found):
        return "me"
    return _PERSONS.get(word, found[1])


def _is_object(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()], found.string[found.end() :]
    if _AFTER_PREPOSITION.search(before[-20:]):
        return True
    return not after or after[0] in ".,;:)" or after.startswith((" to ", " with ", " from "))
