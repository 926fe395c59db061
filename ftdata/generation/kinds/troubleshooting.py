"""troubleshooting: a problem as a user reports it, and the section or passage that mends it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.generation.drafts import Draft, draft, fitting, sentence_part
from ftdata.generation.draw import Draw
from ftdata.generation.headings import Heading, tells_mending
from ftdata.generation.verbs import VERBS
from ftdata.generation.view import View, without_markup
from ftdata.generation.wording import Wordings, capital, choose, framed, in_context, in_first_person

_TROUBLE = re.compile(
    r"\b(?:errors?|fail(?:s|ed|ing|ures?)?|(?<=\w )not|can't|cannot|unable|missing|stuck"
    r"|timed? ?outs?|wrong"
    r"|broken|isn't|aren't|doesn't|don't|won't|denied|refused|invalid|crash(?:es|ed|ing)?|problems?"
    r"|issues?|slow|unavailable|down|lost|incorrect|unexpected|outage|out of date|in use"
    r"|corrupt(?:ed)?"
    r"|unhealthy|degrad(?:ed|ation)|expired|blocked|warnings?|conflicts?|exceeded|hangs?)\b",
    re.IGNORECASE,
)
_IF = re.compile(
    r"(?:If|When|In case) (?P<condition>(?:you|your|the|a|an|there|this|these|any|it"
    r"|[\w`'-]+) [^,;:]{8,140}), "
    r"(?P<then>\S.{15,})",
    re.DOTALL,
)  # fmt: skip
_LEANS = re.compile(
    r"\b(?:this|these|that|those|it|they|them|yours|above|below|neither|either|both|so|and)\b", re.I
)
_WISHES = re.compile(r"you (?:want|wish|would|need|are using|do not want|don't want)\b", re.I)
_HELPS = re.compile(r"(?:please |first |then |simply |just |you (?:can |should |need to )?)*(\w+)")
_IF_WORD = re.compile(r"(?:if|when) ", re.IGNORECASE)
_ABOUT_TROUBLE = re.compile(
    r"\b(?:handling|management|messages?|reporting|codes?|policy|pages?|reasons?|causes?|ways"
    r"|types?|kinds?|problems and|checklist|guide|process|procedure|plan|review|reviews|summary"
    r"|levels?|rates?|handler|conventions?)\b",
    re.IGNORECASE,
)
_DEBUGS = re.compile(
    r"troubleshoot|debug|known (?:issues|problems)|common (?:issues|problems|errors)", re.I
)

# A heading that says what is wrong without a verb: "Error ratio too high".
_SAID = re.compile(
    r"\b(?:too \w+|not \w+|failed|exceeded|down|missing|unavailable|unhealthy|degraded|stuck"
    r"|expired|blocked|denied|refused)(?: - .*)?$",
    re.IGNORECASE,
)
ALERTED: Wordings = {
    "direct": ('It says "{x}". What do I do?', 'What should I do about "{x}"?'),
    "implicit": ('I\'ve just been told "{x}".', 'I\'m getting this: "{x}".'),
    "casual": ('"{x}"... any ideas?', 'got "{x}", what now?'),
    "formal": ('We are seeing "{x}". Could you please advise?',),
    "long": ('I\'ve never seen this one before: "{x}". What does it mean, and what can I do?',),
    "short": ('"{x}", what now?',),
}
ALERT: dict[str, Wordings] = {
    "fix": {
        "direct": ("How do I resolve {x}?", "How do I fix {x}?"),
        "implicit": (
            "I've just been paged for {x} and need it gone.", "{x} keeps firing on our cluster.",
        ),
        "casual": ("{x} again... how do i make it stop?", "got {x}, what now?"),
        "formal": ("Could you please tell me how to mitigate {x}?",),
        "long": ("We've had {x} since this morning and a restart didn't help. What can we do?",),
        "short": ("Fix for {x}?",),
    },
    "diagnosis": {
        "direct": ("How do I find out what's causing {x}?", "What should I check for {x}?"),
        "implicit": ("{x} just went off and I don't know where to look.",),
        "casual": ("{x} popped up, where do i even look?",),
        "formal": ("Could you please explain how {x} is investigated?",),
        "long": ("I'm on call, {x} has just come in, and I've never seen it. Where do I start?",),
        "short": ("{x}: what to check first?",),
    },
    "overview": {
        "direct": ("What does {x} mean?", "Why am I getting {x}?"),
        "implicit": ("I got a notification that says {x}.", "We're suddenly seeing {x}."),
        "casual": ("what is {x} trying to tell me?",),
        "formal": ("Could you please explain what {x} indicates?",),
        "short": ("{x}?", "Meaning of {x}?"),
    },
    "impact": {
        "direct": ("What happens if {x} stays like this?", "Is {x} urgent? What's the impact?"),
        "implicit": ("{x} is firing and I'm wondering whether I can leave it until tomorrow.",),
        "casual": ("{x} - do i have to get up for this?",),
        "formal": ("What are the consequences of {x} for our users?",),
    },
}  # fmt: skip
SAYS: Wordings = {  # a problem as a sentence of its own
    "implicit": ("{X}.", "{X} and I don't know why.", "Since today, {x}."),
    "direct": ("{X}. What should I do?", "{X}. How do I fix this?", "What can I do if {x}?"),
    "casual": ("help, {x}", "{x}, any idea?", "ugh, {x}... what now?"),
    "formal": ("I have noticed that {x}. Could you please advise?",),
    "long": ("I've spent an hour on this and can't get any further: {x}. What can I try?",),
    "short": ("{X}, what now?",),
}
NAMES: Wordings = {  # a problem that has a name
    "direct": (
        "I'm running into this: {x}. How do I fix it?", "How do I deal with {x}?",
        "What can I do about {x}?",
    ),
    "implicit": ("I think we're affected by {x}.", "I'm seeing signs of {x}."),
    "casual": ("{x}... any ideas?", "getting {x} here, help?"),
    "formal": ("We are experiencing {x}. Could you please advise?",),
    "long": ("Something isn't right here, and I suspect it's {x}. What should I check?",),
    "short": ("{X}, what now?",),
}  # fmt: skip


def troubleshooting(view: View, draw: Draw) -> Iterator[Draft]:
    """A draft for the section as a whole where its heading tells of trouble, else for an "if"."""
    if view.language != "en":
        return
    wording = _of_alert(view, draw) or _of_heading(view, draw)
    if wording:
        yield draft("troubleshooting", wording, fitting(view))
        return
    for sentence in view.prose:
        found = _IF.match(sentence.text)
        if found and _is_trouble(found["condition"]) and _helps(found["then"]):
            wording = _reported(view, draw, found["condition"])
            yield draft("troubleshooting", wording, sentence_part(view, sentence, rest=True))
            return


def _is_trouble(condition: str) -> bool:
    return bool(
        _TROUBLE.search(condition) and not _LEANS.search(condition) and not _WISHES.match(condition)
    )


def _helps(then: str) -> bool:
    """Whether the rest of the sentence says what to do."""
    found = _HELPS.match(then)
    return found is not None and (found[1] in VERBS or found[0].startswith("you"))


def _of_alert(view: View, draw: Draw) -> tuple[str, str] | None:
    role = view.heading.role if view.heading.form == "generic" else ""
    above = view.context
    if above is None or role not in ALERT:
        return None
    if above.form == "alert":
        return choose(draw, ALERT[role], x=above.phrase)
    if role not in {"fix", "diagnosis"} or above.form == "action":
        return None
    is_problem = above.form == "command" or is_named_trouble(above.text)
    return choose(draw, ALERT[role] if is_problem else _WITH, x=in_first_person(above.phrase))


def _of_heading(view: View, draw: Draw) -> tuple[str, str] | None:
    heading = view.heading
    if heading.form == "generic":
        return _of_role(view, draw)
    if heading.form == "condition" and _IF_WORD.match(heading.phrase):
        above = view.section.heading_path[:-1]
        if _TROUBLE.search(heading.text) or any(map(_DEBUGS.search, above)):
            return _reported(view, draw, heading.phrase.split(" ", 1)[1])
    mends = heading.form in {"statement", "topic"} and tells_mending(view.text)
    if heading.form == "statement" and (mends or _TROUBLE.search(heading.text)):
        return _reported(view, draw, heading.phrase)
    if heading.form == "topic" and (mends or is_named_trouble(heading.text)):
        return trouble_wording(view, draw)
    above = view.section.heading_path[:-1]
    if (
        heading.form == "topic"
        and len(heading.text.split()) > 6
        and any(map(_DEBUGS.search, above))
    ):
        return choose(draw, ALERTED, x=heading.text)
    return None


def trouble_wording(view: View, draw: Draw) -> tuple[str, str]:
    """A style and a prompt for a heading that names a problem."""
    x = view.heading.phrase
    if _SAID.search(x):
        return choose(draw, ALERTED, x=view.heading.text)
    return framed(choose(draw, NAMES, x=x, X=capital(x)), view, draw, 0.35)


def is_named_trouble(text: str) -> bool:
    """Whether a heading names a problem, and not what is done or said about problems."""
    short = len(text.split()) <= 7 and not re.search(r"[,:;]", text)
    return bool(short and _TROUBLE.search(text) and not _ABOUT_TROUBLE.search(text))


def _of_role(view: View, draw: Draw) -> tuple[str, str] | None:
    above: Heading | None = view.context
    if view.heading.role != "trouble" or above is None:
        return None
    return choose(draw, _WITH, x=in_first_person(above.phrase))


_WITH: Wordings = {
    "direct": ("I'm having trouble with {x}. What can I try?", "How do I troubleshoot {x}?"),
    "casual": ("{x} is giving me a hard time, help?",),
    "formal": ("We are having difficulties with {x}. Could you please advise?",),
    "implicit": ("I can't get anywhere with {x}.", "Something's wrong with {x}."),
    "short": ("Problems with {x}, any tips?",),
}


def _reported(view: View, draw: Draw, condition: str) -> tuple[str, str]:
    """A problem told by the one who has it: "you see an error" → "I see an error"."""
    told = in_first_person(without_markup(condition)).replace("there's", "there is")
    style, prompt = choose(draw, SAYS, x=told, X=capital(told))
    return style, in_context(prompt, view.subject, draw) if draw.chance(0.7) else prompt
