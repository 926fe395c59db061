"""What holds for every variant that rules make by adding to a conversation."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.augmentation.augmenter import Augmenter, Parent, Variant
from ftdata.augmentation.difficulty import DIFFICULTY
from ftdata.augmentation.facts import lost_fact
from ftdata.augmentation.multi_turn import MULTI_TURN
from ftdata.augmentation.negatives import NEGATIVES
from ftdata.cleaning.control_tokens import tokens_left
from ftdata.settings_augmentation import Augmentation
from ftdata.settings_cleaning import ControlTokens
from ftdata.splitting.ties import TURN_WORDS
from ftdata.text import words
from ftdata.token_count import Message
from ftdata_tests.augmentation.formatted import message, turn
from ftdata_tests.augmentation.real_parents import needs_logs, real_parents

ADDERS = pytest.mark.parametrize(
    "augmenter", [DIFFICULTY, MULTI_TURN, NEGATIVES], ids=lambda one: one.name
)
CALL = '[{"id": "c1", "type": "function", "function": {"name": "find", "arguments": "{}"}}]'
TOOL_TURN: list[Message] = [
    message("user", "Is there a room for 2 on May 3?"),
    {**message("assistant", "", 1), "content": None, "tool_calls": CALL},
    {**message("tool", '{"rooms": 4}'), "tool_call_id": "c1"},
    message("assistant", "There are 4 rooms left.", 1),
]
PROMPTS = st.sampled_from(
    [
        "Could you please tell me what the museum in Bonn costs?",
        "Hi! What is the phone number of the hotel? Thanks.",
        "Why do people not sleep in the Odeon?",
        "How do I change the tire of my bike without tools?",
        "Yes, that is right.",
        "¿Dónde está la tienda de Ana y qué cuesta?",
        "ok",
        "",
    ]
)
REPLIES = st.sampled_from(
    [
        "It costs 12 euros for adults, and nothing for children.",
        "1. Lift the bike.\n2. Loosen the `M5` nut.\n3. Take the wheel out.",
        "Here it is:\n\n```\nprint(7)\n```\n\nIt prints a number.",
        "Which day do you mean?",
        "I'm sorry, I can't find it.",
        '{"api": {"find": "room"}}',
        "",
    ]
)
TURNS = st.lists(
    st.one_of(st.builds(turn, PROMPTS, REPLIES, st.sampled_from([0, 1])), st.just(TOOL_TURN)),
    min_size=1,
    max_size=4,
)
CATEGORIES = st.sampled_from(["hotels", "general_qa", ""])


def derive(augmenter: Augmenter, parent: Parent, seed: int) -> Variant | None:
    assert augmenter.by_rules is not None
    return augmenter.by_rules(parent, seed, Augmentation())


def texts(messages: Sequence[Message]) -> list[str]:
    return [one["content"] or "" for one in messages]


@ADDERS
@settings(deadline=None, max_examples=60)
@given(TURNS, CATEGORIES, st.integers(0, 2**64 - 1))
def test_what_rules_add_keeps_the_rest(
    augmenter: Augmenter, turns: list[list[Message]], category: str, seed: int
) -> None:
    messages = [one for turn in turns for one in turn]
    parent = Parent(messages, {"category": category})
    variant = derive(augmenter, parent, seed)
    assert variant == derive(augmenter, parent, seed)
    if variant is None:
        return
    assert texts(variant.messages) != texts(messages)
    assert lost_fact(messages, variant.messages) is None
    tools = [one for one in messages if one["tool_calls"] or one["role"] == "tool"]
    assert [one for one in variant.messages if one in tools] == tools
    roles = [one["role"] for one in variant.messages if one["role"] in ("user", "assistant")]
    assert roles[0] == "user"
    assert variant.messages[-1]["role"] == "assistant"
    weights = [one["weight"] for one in variant.messages if one["role"] == "assistant"]
    kept = [one["weight"] for one in messages if one["role"] == "assistant"]
    assert weights.count(0) == kept.count(0)


@ADDERS
@pytest.mark.parametrize("language", ["de", "es"])
def test_other_languages_are_left_alone(augmenter: Augmenter, language: str) -> None:
    parent = Parent(
        turn("What is the best time to see the Alps?", "It is the month of July, as a rule."),
        {"language": language, "category": "travel"},
    )
    assert {derive(augmenter, parent, seed) for seed in range(20)} == {None}


@needs_logs
@ADDERS
def test_variants_of_real_examples_keep_every_fact(augmenter: Augmenter) -> None:
    parents = real_parents()
    made = [(parent, derive(augmenter, parent, i)) for i, parent in enumerate(parents)]
    pairs = [(parent.messages, variant.messages) for parent, variant in made if variant]
    assert len(pairs) > len(parents) * 0.1
    assert [pair for pair in pairs if lost_fact(*pair) is not None] == []
    assert [pair for pair in pairs if texts(pair[0]) == texts(pair[1])] == []
    added = [one for _, new in pairs for one in texts(new)]
    before = [one for old, _ in pairs for one in texts(old)]
    tokens = ControlTokens()
    assert sum(map(bool, tokens_left(added, tokens))) == sum(map(bool, tokens_left(before, tokens)))


@needs_logs
@ADDERS
def test_turns_that_many_variants_share_tie_nobody(augmenter: Augmenter) -> None:
    for i, parent in enumerate(real_parents()):
        variant = derive(augmenter, parent, i)
        if variant is None or len(variant.messages) <= len(parent.messages):
            continue
        old = texts(parent.messages)
        new = [one["content"] for one in variant.messages if one["role"] == "user"]
        shared = [text for text in new if text not in old]
        assert len(shared) == 1
        assert len(words(shared[0])) < TURN_WORDS
