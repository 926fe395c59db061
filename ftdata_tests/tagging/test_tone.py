"""Tones, by what marks them and by how much of a conversation they mark."""

from __future__ import annotations

import pytest

from ftdata.tagging.tone import tone_of
from ftdata_tests.tagging.saying import said


@pytest.mark.parametrize(
    ("prompt", "tone"),
    [
        ("This is ridiculous, it still won't start!", "frustrated"),
        ("I am very disappointed", "frustrated"),
        ("That's not what I asked", "frustrated"),
        ("WHY IS IT STILL BROKEN!", "frustrated"),
        ("WHO IS THE BEST PLAYER", "neutral"),
        ("Describe a disappointed king", "neutral"),
        ("I need it ASAP", "urgent"),
        ("It is not urgent", "neutral"),
        ("Please fix the door immediately", "urgent"),
        ("Dear Sir,\nI am writing to inform you of a fault.", "formal"),
        ("Could you tell me the time, please?", "polite"),
        ("hey whats up", "informal"),
        ("see you tomorrow :)", "informal"),
        ("Where is the U.S. embassy?", "neutral"),
        ("What is the time?", "neutral"),
        ("", "neutral"),
    ],
)
def test_of_one_message(prompt: str, tone: str) -> None:
    assert tone_of(said(prompt)) == tone


@pytest.mark.parametrize(
    ("prompt", "language", "tone"),
    [
        ("Könnten Sie mir das erklären?", "de", "polite"),
        ("Das ist dringend", "de", "urgent"),
        ("Sehr geehrte Damen und Herren, …", "de", "formal"),
        ("¿Puede ayudarme, por favor?", "es", "polite"),
        ("Je suis très déçu", "fr", "frustrated"),
        ("教えてください", "ja", "polite"),
    ],
)
def test_other_languages(prompt: str, language: str, tone: str) -> None:
    assert tone_of(said(prompt, language=language)) == tone


def test_one_message_makes_a_conversation_frustrated_but_not_polite() -> None:
    plain = ["Find a bus.", "To Rome.", "At nine.", "Which one?"]
    assert tone_of(said(*plain, "I already told you")) == "frustrated"
    assert tone_of(said(*plain, "Thanks")) == "neutral"
    assert tone_of(said("Please find a bus.", "To Rome.", "Thanks")) == "polite"
