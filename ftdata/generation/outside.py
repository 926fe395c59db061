"""out_of_scope: questions of the same domain that a document cannot answer, politely declined.

That the document cannot answer is proved by its words: none of those that an answer would need
stands anywhere in it. The answer is the setting `decline`, which takes nothing from the document
but its title and its headings, so that it has no spans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ftdata.generation.drafts import Draft
from ftdata.generation.draw import Draw
from ftdata.generation.headings import read_heading
from ftdata.generation.wording import capital, in_first_person
from ftdata.sections import Section
from ftdata.settings_documents import Generation


class Outside(NamedTuple):
    """Stems of the words that an answer would need, and questions by style."""

    stems: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]


OUTSIDE: tuple[Outside, ...] = (
    Outside(("price", "pricing", "cost", "fee", "paid", "$", "€", "£", "budget"), (
        ("direct", "How much does {x} cost per month?"), ("casual", "is {x} free or do i pay?"),
        ("formal", "Could you please send me a price list for {x}?"),
        ("implicit", "I have to put {x} into next year's budget."))),
    Outside(("phone", "telephone", "hotline", "call us", "dial"), (
        ("direct", "Is there a phone number I can call about {x}?"),
        ("casual", "who do i ring about {x}?"),
        ("implicit", "I'd rather talk to somebody on the phone about {x}."))),
    Outside(("ios", "android", "iphone", "mobile", "smartphone", "tablet"), (
        ("direct", "Can I do {x} from my phone?"), ("casual", "does {x} work on an iphone?"),
        ("short", "Is there a mobile app for {x}?"))),
    Outside(("training", "course", "certif", "workshop", "exam"), (
        ("direct", "Which training courses are there on {x}?"),
        ("formal", "Could you recommend a certified course that covers {x}?"),
        ("implicit", "I'd like to get certified in {x}."))),
    Outside(("roadmap", "planned", "upcoming", "next release", "future", "deadline"), (
        ("direct", "What's on the roadmap for {x} next year?"),
        ("casual", "any big changes coming to {x} soon?"),
        ("long", "We're planning our next two years. What is going to change about {x}?"))),
    Outside(("invent", "history", "founded", "original author", "first released", "created by"), (
        ("direct", "Who first came up with {x}?"), ("short", "History of {x}?"),
        ("casual", "whose idea was {x} anyway?"))),
    Outside(("competitor", "alternative", "versus", " vs", "compared"), (
        ("direct", "How does {x} compare with what other vendors offer?"),
        ("casual", "is there anything better than {x}?"),
        ("formal", "Could you compare {x} with the leading alternatives?"))),
    Outside(("benchmark", "latency", "throughput", "faster", "performance", "millisecond"), (
        ("direct", "Are there benchmark figures for {x}?"),
        ("short", "Performance numbers for {x}?"),
        ("implicit", "My boss wants benchmark figures for {x}."))),
    Outside(("gdpr", "iso 27001", "soc 2", "hipaa", "compliance", "audit"), (
        ("direct", "Has {x} been audited for ISO 27001?"),
        ("formal", "Could you confirm that {x} complies with the GDPR?"),
        ("implicit", "Our auditor wants to know whether {x} is covered by SOC 2."))),
    Outside(("translat", "spanish", "japanese", "french", "german", "multilingual"), (
        ("direct", "Is there a Japanese version of the documentation on {x}?"),
        ("casual", "got the docs on {x} in spanish?"))),
    Outside(("windows xp", "windows 7", "legacy", "old version"), (
        ("direct", "Will {x} still work on Windows 7?"),
        ("implicit", "We still have a Windows XP machine and need {x} on it."))),
    Outside(("video", "youtube", "webinar", "screencast"), (
        ("direct", "Is there a video that shows {x}?"), ("casual", "any youtube vid on {x}?"),
        ("short", "Webinar on {x}?"))),
    Outside(("refund", "money back", "cancel my", "invoice"), (
        ("direct", "Can I get a refund if {x} doesn't work for us?"),
        ("implicit", "I never received an invoice for {x}."))),
    Outside(("sla", "uptime", "guarantee", "99."), (
        ("direct", "What uptime is guaranteed for {x}?"),
        ("formal", "Could you please state the service level agreed for {x}?"))),
    Outside(("carbon", "energy", "emission", "power consumption"), (
        ("direct", "How much energy does {x} use?"),
        ("implicit", "I'm writing our sustainability report and need figures on {x}."))),
)  # fmt: skip
_TOPICS = 4


def outside_drafts(
    sections: Sequence[Section], made: int, options: Generation, draw: Draw
) -> list[Draft]:
    """The document's share of questions that it cannot answer: `made` examples stand beside them.

    The share holds over many documents: where a document's own comes to less than one, it is drawn.
    """
    first = sections[0]
    name = read_heading(first.title, lambda _: False)
    if (first.language or "en") != "en" or not name.phrase or name.form in {"generic", "condition"}:
        return []
    share = options.out_of_scope_share
    wanted = int(made * share / (1 - share) + draw.unit())
    text = "\n".join(section.text for section in sections).lower() if wanted else ""
    text += first.title.lower()
    absent = [one for one in OUTSIDE if not any(stem in text for stem in one.stems)]
    drafts = []
    answer = _decline(options.decline, sections)
    while absent and len(drafts) < wanted:
        one = absent.pop(int(draw.unit() * len(absent)))
        style, template = draw.pick(one.questions)
        phrase = in_first_person(name.phrase)
        prompt = template.format(x=phrase)
        drafts.append(
            Draft(
                "out_of_scope", style, prompt if style == "casual" else capital(prompt), answer, ()
            )
        )
    return drafts


def _topics(sections: Sequence[Section]) -> str:
    """The document's own headings, as a list in a sentence."""
    names: list[str] = []
    for section in sections:
        name = re.sub(r"^\W+|[\s.:?!]+$", "", section.heading)
        if name and name not in names and read_heading(name, lambda _: False).form != "generic":
            names.append(name)
    names = names[:_TOPICS] or [sections[0].title]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _decline(text: str, sections: Sequence[Section]) -> str:
    filled = text.replace("{topics}", _topics(sections))
    return filled.replace("{title}", sections[0].title)
