from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.augmentation.augmenter import Parent
from ftdata.augmentation.facts import keeps_facts
from ftdata.augmentation.paraphrase import (
    STYLES,
    Style,
    derive_paraphrase,
    paraphrase_text,
    restyle_text,
)
from ftdata.settings_augmentation import Augmentation
from ftdata_tests.augmentation.formatted import message, turn

LOGS = Path(__file__).parents[3] / "shared" / "data" / "logs"
SEEDS = range(40)


def paraphrases(text: str) -> set[str]:
    return {variant for seed in SEEDS if (variant := paraphrase_text(text, seed)) is not None}


def test_a_request_has_these_paraphrases() -> None:
    assert paraphrases("Tell me what is on at the Odeon.") == {
        "Can you tell me what is on at the Odeon?",
        "Could you tell me what is on at the Odeon?",
        "Please tell me what is on at the Odeon.",
    }


def test_families_of_rules_combine() -> None:
    assert "Is it possible to book a table for 2?" in paraphrases(
        "Hi! Is there a way to book a table for 2, please?"
    )


@pytest.mark.parametrize(
    "text",
    [
        "no rule knows what to do about this",
        "Correct this sentence: I am knowing it.",
        "¿Puedes decirme qué hora es en la ciudad?",
        "",
    ],
)
def test_texts_without_a_safe_rule_stay_alone(text: str) -> None:
    assert paraphrases(text) == set()


def test_only_the_last_trained_prompt_is_rephrased() -> None:
    messages = [
        message("system", "Tell me about the shop."),
        *turn("Tell me when the shop opens.", "At nine."),
        *turn("Tell me when the shop closes."),
        *turn("Tell me where the shop is.", "Here.", weight=0),
    ]
    variant = derive_paraphrase(Parent(messages, {}), 0, Augmentation())
    assert variant is not None
    both = zip(messages, variant.messages, strict=True)
    assert [i for i, (old, new) in enumerate(both) if old != new] == [3]
    assert {**variant.messages[3], "content": ""} == {**messages[3], "content": ""}


def test_without_a_trained_reply_there_is_no_variant() -> None:
    parent = Parent(turn("Tell me when the shop opens.", weight=0), {})
    assert derive_paraphrase(parent, 0, Augmentation()) is None


def test_each_style_is_made_and_told() -> None:
    text = "Hello, can you please tell me what is on at the Odeon?"
    made = {
        dict(variant.tags)["style"]: variant.messages[0]["content"]
        for seed in SEEDS
        if (variant := derive_paraphrase(Parent(turn(text), {}), seed, Augmentation())) is not None
    }
    assert made.keys() == {"phrasing", "formal", "casual", "shorter"}  # it has its courtesy already
    assert made["formal"] == "Hello, could you please tell me what is on at the Odeon?"
    assert made["casual"] == "Hey, can you please tell me what is on at the Odeon?"
    assert made["shorter"] == "Tell me what is on at the Odeon."


def test_only_the_first_message_is_greeted() -> None:
    parent = Parent([*turn("ok"), *turn("When does the shop open on Sunday?")], {})
    said = {
        variant.messages[2]["content"]
        for seed in SEEDS
        if (variant := derive_paraphrase(parent, seed, Augmentation())) is not None
    }
    assert "When does the shop open on Sunday? Thanks!" in said
    assert all(text.startswith("When does") for text in said)


def test_other_languages_stay_alone() -> None:
    parent = Parent(turn("Tell me when the shop opens."), {"language": "de"})
    assert derive_paraphrase(parent, 0, Augmentation()) is None


FRAMES = st.sampled_from(
    ["Tell me", "Please tell me", "Can you tell me", "Hi, I want to know", "I would like to know"]
)
MATTER = st.lists(
    st.sampled_from(
        ["about", "Rome", "42", "not", "I don't know", "two", "[EMAIL]", "`ls -l`", '"I am"', "the",
         "https://a.example/?q=I+am", "why it is not", "never", "O'Neill", "7:30 p.m.", "what's"]
    ),
    min_size=3, max_size=8,
)  # fmt: skip


@settings(deadline=None)
@given(FRAMES, MATTER, st.sampled_from(STYLES), st.integers(0, 2**64 - 1))
def test_a_paraphrase_differs_and_keeps_every_fact(
    frame: str, matter: list[str], style: Style, seed: int
) -> None:
    text = f"{frame} {' '.join(matter)}?"
    variant = restyle_text(text, style, seed)
    if variant is None:
        return
    assert variant.lower() != text.lower()
    for exact in ("Rome", "[EMAIL]", "`ls -l`", '"I am"', "https://a.example/?q=I+am", "O'Neill"):
        assert variant.count(exact) == text.count(exact)
    assert len(re.findall(r"not\b|n't\b", variant)) == len(re.findall(r"not\b|n't\b", text))
    for pattern in (r"\d+", r"\b(?:never|two)\b"):
        assert Counter(re.findall(pattern, variant)) == Counter(re.findall(pattern, text))


@pytest.mark.skipif(not LOGS.is_dir(), reason="the shared logs are not on this machine")
def test_real_prompts_are_paraphrased_without_losing_a_fact() -> None:
    with gzip.open(LOGS / "assistant_api" / "2025-03-05.jsonl.gz", "rt", encoding="utf-8") as file:
        prompts = [record["prompt"] for line in file if (record := _parse(line))]
    made = [(prompt, paraphrase_text(prompt, 1)) for prompt in prompts]
    pairs = [(prompt, variant) for prompt, variant in made if variant is not None]
    assert len(pairs) > len(prompts) * 0.1
    assert [pair for pair in pairs if keeps_facts(*pair) is not None] == []
    assert all(variant[:1] not in {" ", ""} and "  ?" not in variant for _, variant in pairs)


def _parse(line: str) -> dict[str, str] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) and isinstance(record.get("prompt"), str) else None
