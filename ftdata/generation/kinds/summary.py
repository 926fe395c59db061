"""summary: the first sentences of a longer section's paragraphs, joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.generation.drafts import Draft, draft, sentences_part
from ftdata.generation.draw import Draw
from ftdata.generation.headings import NAMING
from ftdata.generation.view import Sentence, View
from ftdata.generation.word_sets import word_set
from ftdata.generation.wording import Wordings, choose, framed, in_first_person
from ftdata.generation.wordings_abroad import ABROAD

_LONG = 450  # characters of prose worth a summary
_POINTS = re.compile(
    r"\b(?:above|below|previous|earlier|similar way|(?:this|that|these|those) \w+)\b", re.I
)
_MOST = 4  # sentences

SUMMARY: Wordings = {
    "direct": (
        "Can you summarise {x}?", "What are the main points about {x}?",
        "Sum up {x} in a few sentences.",
    ),
    "short": ("Summary of {x}?", "{x} in short?", "Key points on {x}, please."),
    "long": (
        "I don't have time to read the whole page. What are the key points about {x}?",
        "I need two or three sentences on {x} for a presentation. What should they say?",
    ),
    "formal": ("Could you please provide a brief summary of {x}?",),
    "casual": ("tl;dr on {x}?", "give me the gist of {x}", "quick rundown of {x}?"),
    "implicit": ("I only have a minute and need the essentials on {x}.",),
}  # fmt: skip


def summary(view: View, draw: Draw) -> Iterator[Draft]:
    """The lead sentences, where the section is long enough."""
    if sum(len(one.text) for one in view.prose) < _LONG:
        return
    leads = [one for one in view.prose if one.start == 0 and is_complete(one)]
    if len(leads) < 2:
        return
    answer = sentences_part(view, leads[:_MOST])
    if view.language != "en":
        wordings = ABROAD.get(view.language, {}).get("summary")
        if wordings and view.section.heading_path:
            yield draft("summary", choose(draw, wordings, x=view.section.heading), answer)
        return
    subject = view.subject
    if subject and (view.heading.form in NAMING or view.heading.role == "overview"):
        wording = choose(draw, SUMMARY, x=in_first_person(subject.phrase))
        yield draft("summary", framed(wording, view, draw, 0.4), answer)


def is_complete(sentence: Sentence) -> bool:
    """Whether it ends as a sentence and leans on no sentence before it."""
    first = sentence.text.split(" ", 1)[0].lower().rstrip(",")
    return (
        sentence.text[-1] in ".!"
        and len(sentence.text) > 30
        and first not in LEANING
        and not _POINTS.search(sentence.text)
    )


LEANING = word_set(
    """
    other another for in as
    it this that these those they he she then also however but and or so such here there
    therefore thus otherwise alternatively instead finally once after next if you'll when now
    additionally moreover furthermore similarly likewise both neither either again because
    """
)
