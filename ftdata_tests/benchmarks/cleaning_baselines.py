"""What ftdata is compared with: six regular expressions, a list of phrases, and presidio."""

from __future__ import annotations

import importlib.util
import re

from ftdata_tests.benchmarks.cleaning_truth import Find, Place

# The six that tutorials give.
_NAIVE = {
    "EMAIL": re.compile(r"\b[A-Za-z0-9._%-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}\b"),
    "PHONE": re.compile(r"\b\d{3}[-.]?\d{3}[-.]?\d{4}\b"),
    "SSN": re.compile(r"\b\d{3}-\d{2}-\d{4}\b"),
    "CREDIT_CARD": re.compile(r"\b(?:\d{4}[- ]?){3}\d{4}\b"),
    "ADDRESS": re.compile(
        r"\b\d+\s+(?:\w+\s+){1,3}(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|way|court|ct)\b",
        re.IGNORECASE,
    ),
    "PERSON": re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.\s+[A-Z][a-z]+"),
}
_REFUSALS = (
    "i cannot", "i can't", "i'm sorry", "i am sorry", "as an ai", "i'm unable", "i am unable",
    "unfortunately", "i apologize", "not able to",
)  # fmt: skip
_INJECTIONS = ("ignore previous", "ignore all", "system prompt", "jailbreak")
_TOXIC = ("fuck", "shit", "bitch", "asshole", "idiot", "stupid", "kill")


def find_naively(text: str) -> list[Place]:
    """Every match of the six."""
    return [
        (*found.span(), entity) for entity, form in _NAIVE.items() for found in form.finditer(text)
    ]


def refuses_naively(answer: str) -> bool:
    """Whether one of the usual phrases is in it."""
    lowered = answer.lower()
    return any(phrase in lowered for phrase in _REFUSALS)


def is_toxic_naively(text: str) -> bool:
    """Whether one of a few words is in it."""
    lowered = text.lower()
    return any(word in lowered for word in _TOXIC)


def injects_naively(text: str) -> bool:
    """Whether one of a few phrases is in it."""
    lowered = text.lower()
    return any(phrase in lowered for phrase in _INJECTIONS)


def open_presidio_baseline() -> Find | None:
    """Presidio's own recognisers without a model, None where it is not installed."""
    if importlib.util.find_spec("presidio_analyzer") is None:
        return None
    from ftdata.cleaning.pii.presidio import open_presidio
    from ftdata.settings_pii import Pii

    find = open_presidio(Pii(entities=(*Pii().entities, "URL"), keep_reserved=False)).find
    return lambda text: [tuple(place) for place in find(text)]
