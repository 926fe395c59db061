from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.augmentation.protected import MAX_CHARS, mask_protected


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Please write to [EMAIL] about my order", ("[EMAIL]",)),
        ("What is on at https://a.example/b?c=d tonight?", ("https://a.example/b?c=d",)),
        ("Can you tell me what `I am` does?", ("`I am`",)),
        ('What does "I want to" mean to you?', ('"I want to"',)),
        ("I want to see it at 7:30 in room B12.", ("7:30", "B12")),
        ("Please list these by size: I am, you are", (": I am, you are",)),
    ],
)
def test_what_no_rule_may_see_is_masked(text: str, spans: tuple[str, ...]) -> None:
    masked = mask_protected(text)
    assert masked is not None
    assert masked.spans == spans
    assert not any(span in masked.text for span in spans)
    assert masked.restore(masked.text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Hola, quiero ver una película esta noche con mi mujer.",
        "Is the café open on the weekend?",
        "Please translate this: I am here.",
        "Is the grammar of this sentence right?",
        "Please fix this:\nI am here.",
        "Can you sort {\"a\": 1} for me?",
        "What does print(x) do in my program?",
        "WHAT IS THE BEST TEAM IN THE WORLD",
        "Too short",
        "What is it? " * (MAX_CHARS // 12 + 1),
        "Is this \ue000 a mark or not?",
    ],
)  # fmt: skip
def test_texts_no_rule_may_touch_are_refused(text: str) -> None:
    assert mask_protected(text) is None


def test_a_lost_or_doubled_mark_is_noticed() -> None:
    masked = mask_protected("I want to see it at 7:30 please.")
    assert masked is not None
    assert masked.restore("I want to see it please.") is None
    assert masked.restore(masked.text * 2) is None


WORDS = st.sampled_from(["I", "want", "to", "see", "it", "at", "7:30", "[EMAIL]", '"you are"', ":"])


@settings(deadline=None)
@given(st.lists(WORDS, min_size=5, max_size=12))
def test_masking_loses_nothing(words: list[str]) -> None:
    text = " ".join(words)
    masked = mask_protected(text)
    if masked is not None:
        assert masked.restore(masked.text) == text
