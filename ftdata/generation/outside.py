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
from ftdata.generation.headings import NAMING, read_heading
from ftdata.generation.wording import capital, in_first_person
from ftdata.sections import Section
from ftdata.settings_documents import Generation


class Outside(NamedTuple):
    """Stems of the words that an answer would need, and questions by style.

    `technical`: only people who run software would ask so.
    """

    stems: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]
    technical: bool = False


OUTSIDE: tuple[Outside, ...] = (
    Outside(("price", "pricing", "cost", "fee", "paid", "$", "€", "£", "budget"), (
        ("direct", "What does it cost per month? I mean {x}."),
        ("casual", "{x}: is that free or do i pay?"),
        ("formal", "Could you please send me a price list for {x}?"),
        ("implicit", "I need a figure for {x} in next year's budget."))),
    Outside(("phone", "telephone", "hotline", "call us", "dial"), (
        ("direct", "Is there a phone number I can call about {x}?"),
        ("casual", "who do i ring about {x}?"),
        ("implicit", "I'd rather talk to somebody on the phone about {x}."))),
    Outside(("ios", "android", "iphone", "mobile", "smartphone", "tablet"), (
        ("direct", "Is there a mobile app for {x}?"),
        ("casual", "is there something for {x} on the iphone?"),
        ("short", "A mobile app for {x}?"))),
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
        ("direct", "How do other vendors handle {x}?"),
        ("casual", "what do other companies use instead for {x}?"),
        ("formal", "Could you compare {x} with the leading alternatives?"))),
    Outside(("benchmark", "latency", "throughput", "faster", "performance", "millisecond"), (
        ("direct", "Are there any benchmark figures for {x}?"),
        ("short", "Performance numbers for {x}?"),
        ("implicit", "My boss wants benchmark figures for {x}.")), technical=True),
    Outside(("gdpr", "iso 27001", "soc 2", "hipaa", "compliance", "audit"), (
        ("direct", "Has an ISO 27001 audit looked at {x}?"),
        ("formal", "Could you tell me what the GDPR requires for {x}?"),
        ("implicit", "Our auditor wants to know what SOC 2 says about {x}.")), technical=True),
    Outside(("translat", "spanish", "japanese", "french", "german", "multilingual"), (
        ("direct", "Is there a Japanese version of the documentation on {x}?"),
        ("casual", "got the docs on {x} in spanish?"))),
    Outside(("windows xp", "windows 7", "legacy", "old version"), (
        ("direct", "Is there anything different about {x} on Windows 7?"),
        ("implicit", "We still run Windows XP. Is there anything special about {x} there?")),
        technical=True),
    Outside(("video", "youtube", "webinar", "screencast"), (
        ("direct", "Is there a video that shows {x}?"), ("casual", "any youtube vid on {x}?"),
        ("short", "Webinar on {x}?"))),
    Outside(("refund", "money back", "cancel my", "invoice"), (
        ("direct", "Who would I ask for my money back for {x}?"),
        ("implicit", "I never received an invoice for {x}."))),
    Outside(("sla", "uptime", "guarantee", "99."), (
        ("direct", "Is there a guaranteed uptime that covers {x}?"),
        ("formal", "Could you please state the service level agreed for {x}?")), technical=True),
    Outside(("carbon", "energy", "emission", "power consumption"), (
        ("direct", "What is the carbon footprint of {x}?"),
        ("implicit", "I'm writing our sustainability report and need figures on {x}."))),
)  # fmt: skip
_TOPICS = 4
_NAMED = re.compile(r"(?<=\w): | [-–—|] ")  # what follows says more of what a title names


def outside_drafts(
    sections: Sequence[Section], made: int, options: Generation, draw: Draw
) -> list[Draft]:
    """The document's share of questions that it cannot answer: `made` examples stand beside them.

    The share holds over many documents: where a document's own comes to less than one, it is drawn.
    """
    first = sections[0]
    name = read_heading(_NAMED.split(first.title, maxsplit=1)[0], first.text)
    if (first.language or "en") != "en" or name.form not in NAMING:
        return []
    share = options.out_of_scope_share
    wanted = int(made * share / (1 - share) + draw.unit())
    if not wanted:
        return []
    text = "\n".join((first.title, *(section.text for section in sections))).lower()
    answer = _decline(options.decline, sections)
    phrase = in_first_person(name.phrase)
    is_technical = "`" in text
    left = [one for one in OUTSIDE if is_technical or not one.technical]
    drafts: list[Draft] = []
    while left and len(drafts) < wanted:
        one = left.pop(int(draw.unit() * len(left)))
        if any(stem in text for stem in one.stems):
            continue
        style, template = draw.pick(one.questions)
        prompt = template.format(x=phrase)
        prompt = prompt if style == "casual" else capital(prompt)
        drafts.append(Draft("out_of_scope", style, prompt, answer, ()))
    return drafts


def _topics(sections: Sequence[Section]) -> str:
    """The document's own headings, as a list in a sentence."""
    names: list[str] = []
    for section in sections:
        if len(section.heading_path) > 2:
            continue
        found = read_heading(section.heading, section.text)
        is_named = found.form in {"action", "alert", "topic"} and found.text != section.title
        if is_named and found.phrase not in names:
            names.append(found.phrase)
        if len(names) == _TOPICS:
            break
    names = names or [sections[0].title]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _decline(text: str, sections: Sequence[Section]) -> str:
    filled = text.replace("{topics}", _topics(sections))
    return filled.replace("{title}", sections[0].title)
