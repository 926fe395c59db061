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
from ftdata.generation.word_sets import word_set
from ftdata.stop_words import STOP_WORDS

Wordings = Mapping[str, Sequence[str]]

_FRAMES = (
    "I'm working with {c}. {p}",
    "Question about {c}: {p}",
    "I'm reading about {c}. {p}",
    "{C}: {p}",
    "I have a question about {c}. {p}",
    "This is about {c}. {p}",
)
_TOPIC_FRAMES = _FRAMES[1:]
_DOING_FRAMES = (
    "I'm about to {a}. {p}",
    "I'm trying to {a}. {p}",
    "I want to {a}. {p}",
    "Question about {c}: {p}",
    "I'm in the middle of {c}. {p}",
    "I'm {c}. {p}",
)
_KNOWING = frozenset({"know", "learn", "understand", "see", "have", "avoid", "allow"})
_ALERT_FRAMES = ("{C} is firing. {p}", "I'm looking at {c}. {p}", "About {c}: {p}")
# What a prompt asks with, and not about: these words name no subject.
_ASKING = word_set(
    """
    advise affect allowed asked basically best brief briefly casual code colleague command
    confirm could couldn't deal define definition describe description details difference docs
    documentation essentials exactly example examples explain expected figure firing fix follow
    find first fine give good great happen happens hear heard help idea info information it'd
    job keep know list look lost main matter mean meaning means mentioned minutes necessary new
    note options order permitted picture please points possible practice procedure proceed quick
    reason recommended required right run seeing settings sharing short show shown snippet
    somebody someone something standing step steps stuck sum summarise summary sure table team
    tell think time told trouble try trying understand walk want wasn't way what's where's who's
    wondering work works write wrong
    """
)
_WORD = re.compile(r"`[^`]*`|[^\W_][\w'’-]*")
_TELLING = 3  # words of its own with which a prompt needs no context; with one less, half do
_PERSONS = {
    "you are": "I am", "you're": "I'm", "you have": "I have", "you've": "I've", "you'll": "I'll",
    "you": "I", "your": "my", "yours": "mine", "yourself": "myself", "you'd": "I'd",
    "you were": "I was", "are you": "am I",
}  # fmt: skip
_PERSON = re.compile(
    r"\b(are you|you(?: are| were| have|'re|'ve|'ll|'d|rs?elf|rs?)?)\b", re.IGNORECASE
)
# Whoever writes "you" calls the readers so, and themselves "we".
_WRITERS = {"we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves"}
_WRITER = re.compile(r"\b(?:[Ww]e|us|[Oo]ur|ours|ourselves)\b(?!-)")
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

    Nothing is added where the prompt tells enough by itself.
    """
    style, prompt = wording
    above = view.context if view.heading.form != "generic" else None
    return (style, in_context(prompt, above, draw)) if draw.chance(share) else wording


def in_context(prompt: str, above: Heading | None, draw: Draw, *, is_needed: bool = False) -> str:
    """A prompt with its context, unless it names it already or has enough words of its own.

    `is_needed`: it points to its context with a pronoun.
    """
    if above is None or not _is_handy(above.phrase):
        return prompt
    if not is_needed and (_is_telling(prompt, draw) or _is_named(prompt, above.phrase)):
        return prompt
    frames = _frames(above)
    return draw.pick(frames).format(
        c=above.phrase, C=capital(above.phrase), a=above.action, p=prompt
    )


def _frames(above: Heading) -> Sequence[str]:
    if above.form == "action":
        is_known = above.action.partition(" ")[0] in _KNOWING
        return _DOING_FRAMES[2:4] if is_known else _DOING_FRAMES
    if above.form == "alert":
        return _ALERT_FRAMES
    is_name = above.phrase[:1].isupper() and " " not in above.phrase
    return _FRAMES if is_name or above.form == "command" else _TOPIC_FRAMES


def _is_telling(prompt: str, draw: Draw) -> bool:
    """Whether a prompt says what it is about: by some words that are not those of asking."""
    own = {word.lower() for word in _WORD.findall(prompt)} - STOP_WORDS["en"] - _ASKING
    return len(own) >= _TELLING or (len(own) == _TELLING - 1 and draw.chance(0.5))


def _is_handy(phrase: str) -> bool:
    """Whether a person would drop it into a sentence: short, and not about "you"."""
    return len(phrase) <= 60 and len(phrase.split()) < 9 and not re.search(r"\byour?\b", phrase)


def _is_named(prompt: str, phrase: str) -> bool:
    """Whether half of the phrase's longer words stand in the prompt."""
    low = prompt.lower()
    telling = [word for word in re.findall(r"\w+", phrase.lower()) if len(word) > 3]
    hits = sum(word.rstrip("s") in low for word in telling)
    return 2 * hits >= len(telling) if telling else phrase.lower() in low


def in_first_person(text: str) -> str:
    """ "your release" → "my release", as a user says it; quoted text and code stay.

    Of those who write, a user says "you": "ask us to erase your data" → "ask you to erase my data".
    """
    is_to_reader = "you" in text.lower()
    if not is_to_reader and " us" not in text:
        return text
    return "".join(
        piece if piece[:1] in {"`", '"'} else _swapped(piece) for piece in _QUOTED.split(text)
    )


def _swapped(text: str) -> str:
    """The persons of a text exchanged, each once."""
    pieces, start = [], 0
    for found in _WRITER.finditer(text):
        pieces += [_PERSON.sub(_first_person, text[start : found.start()])]
        pieces += [_WRITERS[found[0].lower()]]
        start = found.end()
    return "".join([*pieces, _PERSON.sub(_first_person, text[start:])])


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
