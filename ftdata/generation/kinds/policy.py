"""policy: what must, should or may be done, asked as the situation of one who wants to do it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.generation.drafts import Draft, draft, sentence_part
from ftdata.generation.draw import Draw
from ftdata.generation.verbs import VERBS, gerund_of
from ftdata.generation.view import Sentence, View, without_markup
from ftdata.generation.word_sets import word_set
from ftdata.generation.wording import Wordings, choose, in_context, in_first_person

_RULE = re.compile(
    r"(?:You|We|Users|Developers|Everyone|Teams?|All users|[A-Z][a-z]+ (?:users|admins|teams"
    r"|authors"
    r"|developers|editors|staff)) (?:also |only )?"
    r"(?P<modal>must not|must never|should not|should never|shouldn't|may not|mustn't"
    r"|(?:are|is)(?:n't| not) (?:allowed|permitted) to|must|should|may|have to|need to"
    r"|(?:are|is) (?:allowed|permitted|required|expected) to) "
    r"(?:(?:always|never|also|only|either|then|now|first|already|just|still|really|therefore"
    r"|probably|not) )*(?P<verb>[a-z][\w-]*)(?P<rest>(?:[^.;:!?]"
    r"|[.:](?=\S)){4,160})(?=[.;:!?](?:\s|$)|$)"
)
_THING = re.compile(
    r"(?P<name>(?:(?:The|A|An|All|Each|Every|Any) )?(?:[\w`*'/-]+ ){1,5}?)"
    r"(?:must|should)(?: not| never| always| only)? (?P<rest>[a-z](?:[^.;:!?]|[.:](?=\S)){6,140})"
    r"(?=[.;:!?](?:\s|$)|$)"
)
_NO_THING = re.compile(
    r"(?:you|we|i|it|he|she|one|what|which|who|when|if|where|how|as|so|and|but|or|in|on|at|for|to|by"
    r"|with|from|after|before|once|however|therefore|that|then|also|see|note|please|there|result|no|more|some|most|everyone|nobody)\b",
    re.IGNORECASE,
)
_DONT = re.compile(
    r"(?:Don't|Do not|Never|Avoid) (?P<verb>[a-z][\w-]*)(?P<rest>(?:[^.;:!?]"
    r"|[.:](?=\S)){6,160})(?=[.;:!?](?:\s|$)|$)"
)
_ONLY = re.compile(
    r",? (?:i\.e|e\.g|but|because|since|so|and then|which|otherwise|unless|and you)\b.*"
    r"|, (?:and|the|this|it|you|we|they)\b.*",
    re.DOTALL,
)
_LEANS = re.compile(
    r"\b(?:this|these|that|those|it|they|them|following|above|below|following|here|then"
    r"|following)\b",
    re.I,
)
_NO_DEED = word_set(
    """
    be have see know notice experience want wish need get receive end expect encounter find
    consider say look
    """
)

FORBIDDEN: Wordings = {
    "implicit": ("I'd like to {x}. Am I allowed to?", "I was about to {x}. Any objections?"),
    "direct": ("Is it OK to {x}?", "Am I allowed to {x}?", "Should I {x}?"),
    "casual": ("is it fine if i {x}?", "can i just {x}?"),
    "formal": ("Would it be acceptable to {x}?", "Is it permitted to {x}?"),
    "long": ("A colleague suggested that we simply {x}. Is there a rule about that?",),
    "short": ("Okay to {x}?",),
}
REQUIRED: Wordings = {
    "implicit": (
        "I was going to skip it, but someone said I have to {x}. Is that so?",
        "I'm not sure whether I have to {x}.",
    ),
    "direct": ("Do I have to {x}?", "Am I expected to {x}?", "Is it necessary to {x}?"),
    "casual": ("do i really need to {x}?", "gotta {x} or can i skip that?"),
    "formal": ("Are we required to {x}?",),
    "long": ("I want to do this by the book: is it my job to {x}, or can I leave that out?",),
    "short": ("Must I {x}?",),
}  # fmt: skip
ADVISED: Wordings = {
    "implicit": ("I'm wondering whether to {x}.", "Someone told me to {x}. Is that right?"),
    "direct": ("Should I {x}?", "Is it a good idea to {x}?"),
    "casual": ("is it worth it to {x}?", "better to {x} or not?"),
    "formal": ("Is it recommended to {x}?",),
    "short": ("Better to {x}?",),
}
ALLOWED: Wordings = {
    "implicit": ("I'd like to {x}. Am I allowed to?", "I want to {x} but I'm not sure I may."),
    "direct": ("Am I allowed to {x}?", "May I {x}?", "Is it OK to {x}?"),
    "casual": ("is it cool if i {x}?",),
    "formal": ("Would it be possible to {x}?",),
}


# What something does when all is well is no rule.
_EXPECTED = re.compile(
    r"(?:show|appear|return|look|see|become|get|now|then|display|result|change|receive|find|only"
    r"|trigger|be (?:due|able|visible|shown|displayed|returned|redirected)|have been)\b"
)
_SECOND_RULE = re.compile(r",? and (?:\w+ ){1,4}(?:must|should|may|can|is|are|has)\b.*", re.DOTALL)
OF_THINGS: Wordings = {
    "direct": ("Should {n} {x}?", "Is there a rule on whether {n} should {x}?"),
    "implicit": ("We can't agree on whether {n} should {x}.",),
    "casual": ("should {n} {x} or doesn't it matter?",),
    "formal": ("Could you please tell me whether {n} should {x}?",),
    "long": ("We've had different answers to this, so I'm asking again: should {n} {x}?",),
}


def policy(view: View, draw: Draw) -> Iterator[Draft]:
    """The section's first rule that stands by itself."""
    if view.language != "en":
        return
    for sentence in view.prose:
        wording = _of_people(sentence, draw) or _of_things(view, sentence, draw)
        if wording:
            style, prompt = wording
            prompt = in_context(prompt, view.subject, draw)
            yield draft("policy", (style, prompt), sentence_part(view, sentence, rest=True))
            return


def _of_people(sentence: Sentence, draw: Draw) -> tuple[str, str] | None:
    """What one must, may or should do."""
    found = _RULE.match(sentence.text) or _DONT.match(sentence.text)
    done = _done(found) if found else ""
    if not found or not done:
        return None
    return choose(draw, _wordings(found), x=in_first_person(done))


def _of_things(view: View, sentence: Sentence, draw: Draw) -> tuple[str, str] | None:
    """What a thing must or should be: "The field must be a version"."""
    if " must " not in sentence.text and " should " not in sentence.text:
        return None  # most sentences: quicker than the pattern
    found = _THING.match(sentence.text)
    if not found or _LEANS.search(sentence.text[: found.end()]) or _NO_THING.match(found["name"]):
        return None
    if _EXPECTED.match(found["rest"]) or " only " in found[0]:
        return None
    rest = without_markup(_SECOND_RULE.sub("", _ONLY.sub("", found["rest"]))).rstrip(" ,._")
    is_whole = rest.count("(") == rest.count(")") and rest.count("`") % 2 == 0
    if not is_whole or not 1 < len(rest.split()) < 20 or rest.split()[0].endswith("ly"):
        return None
    name = view.inside(without_markup(found["name"]))
    return choose(draw, OF_THINGS, n=in_first_person(name), x=in_first_person(rest))


def _wordings(found: re.Match[str]) -> Wordings:
    modal = found.groupdict().get("modal")
    if modal is None or "not" in modal or "never" in modal or "n't" in modal:
        return FORBIDDEN
    if "should" in modal or "expected" in modal:
        return ADVISED
    return ALLOWED if modal == "may" or "allowed" in modal or "permitted" in modal else REQUIRED


def _done(found: re.Match[str]) -> str:
    """What the rule is about, as a verb phrase; "" where it leans on other text."""
    verb = found["verb"]
    base = verb if verb in VERBS or found.groupdict().get("modal") else ""
    if found[0].startswith("Avoid "):
        base = next((one for one in VERBS if gerund_of(one) == verb), "")
    rest = _ONLY.sub("", found["rest"])
    if not base or base in _NO_DEED or _LEANS.search(rest) or rest.count("`") % 2:
        return ""
    plain = without_markup(f"{base}{rest}").rstrip(" ,")
    if "<" in re.sub(r"`[^`]*`", "", plain):
        return ""
    return plain if 2 < len(plain.split()) < 20 and plain.count("(") == plain.count(")") else ""
