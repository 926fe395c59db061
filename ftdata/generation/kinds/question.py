"""question: what the heading makes one ask; the answer is what the section says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.generation.drafts import Draft, draft, fitting
from ftdata.generation.draw import Draw
from ftdata.generation.headings import Heading
from ftdata.generation.view import View
from ftdata.generation.wording import (
    Wordings,
    capital,
    choose,
    framed,
    in_context,
    in_first_person,
)
from ftdata.generation.wordings_abroad import ABROAD

TOPIC: Wordings = {
    "direct": (
        "What should I know about {x}?", "Can you explain {x}?", "What's there to know about {x}?",
        "What do the docs say about {x}?", "Tell me about {x}.",
    ),
    "short": ("Explain {x}.", "Info on {x}?", "{x}: what do I need to know?", "Describe {x}."),
    "long": (
        "I'm new to this and keep coming across {x}. Could you explain what it's about?",
        "I have to write a short note on {x} for my team. What do I need to know?",
        "A colleague asked me about {x} and I couldn't answer. Can you help me out?",
    ),
    "formal": (
        "Could you please give me some information about {x}?",
        "I would like to understand {x}. Could you explain the essentials?",
        "Would you mind telling me more about {x}?",
    ),
    "casual": (
        "what's the deal with {x}?", "help me understand {x}", "hey, what's up with {x}?",
        "can someone explain {x} to me",
    ),
    "implicit": (
        "I don't really get {x}.", "I'm a bit lost when it comes to {x}.",
        "Somebody mentioned {x} and I wasn't sure what they meant.",
        "I want to learn about {x}.",
    ),
}  # fmt: skip
ACTION: Wordings = {
    "direct": ("How do I {x}?", "How can I {x}?", "What do I need to do to {x}?"),
    "short": ("Best way to {x}?", "How to {x}?"),
    "long": (
        "I've never had to {x} before and don't want to break anything. How is it done?",
        "My team wants to {x}. What do we need to know?",
    ),
    "formal": (
        "Could you please explain how to {x}?", "I would like to {x}. Could you advise me?",
        "What is the recommended way to {x}?",
    ),
    "casual": ("how do i {x}?", "what's the way to {x} here?", "hey, how would I {x}?"),
    "implicit": (
        "I need to {x}.", "I've been asked to {x} and I'm not sure how.", "I'm trying to {x}.",
    ),
}  # fmt: skip
CONDITION: Wordings = {
    "direct": ("What happens {x}?", "What do I do {x}?"),
    "formal": ("Could you please tell me how to proceed {x}?",),
    "casual": ("so {x}, what then?",),
    "short": ("{X}, what then?",),
}
CLAUSE: Wordings = {
    "direct": ("Can you explain {x}?", "Can you tell me {x}?", "Do you know {x}?"),
    "formal": ("Could you please tell me {x}?", "I would like to know {x}."),
    "casual": ("any idea {x}?", "no clue {x}, can you help?"),
    "short": ("Please explain {x}.",),
    "implicit": ("I'm wondering {x}.", "I'm trying to figure out {x}."),
    "long": ("I've been looking through the documentation to find out {x}. Can you tell me?",),
}
STATEMENT: Wordings = {
    "direct": ("What does it mean that {x}?", "In what way is it true that {x}?"),
    "formal": ("Could you please explain what is meant by the statement that {x}?",),
    "casual": ("someone said {x}, is that so?", "i read that {x}. how so?"),
    "implicit": ("I've read that {x} and would like to know more about it.",),
    "short": ("{X}: how so?",),
}
ROLES: dict[str, Wordings] = {
    "overview": {
        "direct": ("Can you give me an overview of {x}?", "What is the idea behind {x}?"),
        "short": ("Overview of {x}?", "Explain {x} briefly."),
        "formal": ("Could you please introduce me to {x}?",),
        "casual": ("what's {x} all about?", "explain {x} to me like I'm new here"),
        "implicit": ("I've just heard about {x} and would like to know what it's about.",),
    },
    "usage": {
        "direct": ("How does one go about {x}?", "What's the right way of {x}?"),
        "implicit": ("I'm about to start {x}.",),
    },
    "options": {
        "direct": (
            "Which options are there for {x}?", "What can I configure for {x}?",
            "What settings does the documentation list for {x}?",
        ),
        "short": ("Options for {x}?", "List the options for {x}."),
        "formal": ("Could you list the options available for {x}?",),
        "casual": ("what can i tweak for {x}?",),
        "implicit": ("I'd like to adjust {x} and need to see what can be set.",),
    },
    "needs": {
        "direct": ("What do I need before {x}?", "What are the prerequisites for {x}?"),
        "short": ("Prerequisites for {x}?",),
        "formal": ("Could you tell me which requirements have to be met for {x}?",),
        "casual": ("anything i need to have ready for {x}?",),
        "implicit": ("I'm getting ready for {x} and want to have everything in place.",),
    },
    "examples": {
        "direct": ("Can you show me an example of {x}?", "What would an example of {x} look like?"),
        "short": ("Example of {x}, please.",),
        "formal": ("Could you provide an example of {x}?",),
        "casual": ("got an example of {x}?",),
        "implicit": ("I understand things best with an example, and I'm stuck on {x}.",),
    },
    "notes": {
        "direct": ("What do I have to watch out for with {x}?", "Are there caveats with {x}?"),
        "short": ("Any caveats with {x}?",),
        "formal": ("Is there anything to be aware of regarding {x}?",),
        "casual": ("any gotchas with {x}?",),
        "implicit": ("Before I go on with {x}, I want to be sure I'm not missing anything.",),
    },
    "impact": {
        "direct": ("How bad is {x}?", "What's the impact of {x}?", "What does {x} affect?"),
        "short": ("Impact of {x}?",),
        "formal": ("Could you describe the consequences of {x}?",),
        "casual": ("{x} - how worried should i be?",),
        "implicit": ("I have to tell my manager what {x} means for our users.",),
    },
    "cause": {
        "direct": ("What's behind {x}?", "What are the reasons for {x}?"),
        "formal": ("Could you explain the reasons for {x}?",),
        "casual": ("so what's the reason for {x}?",),
        "implicit": ("I keep wondering about the reason for {x}.",),
    },
    "install": {
        "direct": ("How do I install {x}?", "How do I set up {x}?"),
        "short": ("Install {x}: how?",),
        "formal": ("Could you explain how to install {x}?",),
        "casual": ("how do i get {x} installed?",),
        "implicit": ("I want {x} on my machine.",),
    },
    "how": {
        "direct": ("How does {x} work?", "How does {x} work internally?"),
        "short": ("How does {x} work, in detail?",),
        "formal": ("Could you describe how {x} works?",),
        "casual": ("so how does {x} actually work?",),
        "implicit": ("I'd like to understand what's going on inside {x}.",),
    },
}  # fmt: skip
_ABOUT_NAMES = frozenset({"install", "how"})
_ABOUT_ACTIONS = frozenset({"usage"})


_POINTS = re.compile(r"\b(?:it|its|they|them|their)\b", re.IGNORECASE)


def question(view: View, draw: Draw) -> Iterator[Draft]:
    """One question on the section's heading, in the language of the document."""
    wording = heading_wording(view, draw)
    if wording:
        yield draft("question", wording, fitting(view))


def heading_wording(view: View, draw: Draw) -> tuple[str, str] | None:
    """A style and a prompt for the section's heading; None where it tells nothing."""
    if view.language != "en":
        return _abroad(view, draw)
    heading = view.heading
    if heading.form == "generic":
        return _of_role(heading.role, view.context, draw)
    if heading.form == "question":
        return None
    phrase = in_first_person(heading.action or heading.phrase)
    wording = choose(draw, _BY_FORM.get(heading.form, TOPIC), x=phrase, X=capital(phrase))
    # A name in code and a clause that leans on its heading say little without their context.
    if heading.form in {"clause", "statement", "condition"} and _POINTS.search(heading.phrase):
        return wording[0], in_context(wording[1], view.context, draw, is_needed=True)
    share = 0.4 if heading.form in {"topic", "action", "alert"} else 0.9
    return framed(wording, view, draw, share)


def _of_role(role: str, above: Heading | None, draw: Draw) -> tuple[str, str] | None:
    if above is None:
        return None
    phrase = in_first_person(above.phrase)
    if role in _ABOUT_ACTIONS or (role in _ABOUT_NAMES and above.form == "action"):
        if above.form != "action":
            return choose(draw, _USING, x=phrase)
        return choose(draw, ACTION, x=in_first_person(above.action))
    wordings = ROLES.get(role)
    return choose(draw, wordings, x=phrase) if wordings else None


_USING: Wordings = {
    "direct": ("How do I use {x}?", "How is {x} used?"),
    "short": ("How to use {x}?",),
    "formal": ("Could you explain how to use {x}?",),
    "casual": ("how do you use {x}?", "what do i do with {x}?"),
    "implicit": ("I'd like to start using {x}.",),
}


_BY_FORM: dict[str, Wordings] = {
    "action": ACTION,
    "condition": CONDITION,
    "clause": CLAUSE,
    "statement": STATEMENT,
}


def _abroad(view: View, draw: Draw) -> tuple[str, str] | None:
    wordings = ABROAD.get(view.language, {}).get("question")
    if not wordings or not view.section.heading_path or view.section.heading.endswith("?"):
        return None
    return choose(draw, wordings, x=view.section.heading, c=view.section.title)
