from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.augmentation.constraints import find_constraints

ASK = "Why is the sky blue?"


@pytest.mark.parametrize(
    ("prompt", "reply", "demands"),
    [
        (ASK, "Light", {"Answer in a few words.", "A few words will do."}),
        ("How do I rise?", "1. Step out.\n2. Stretch.\n3. Stand.", {"Explain it step by step."}),
        ("What helps?", "- Wake.\n- Stretch.\n- Stand up now.", {"Answer with a list."}),
        (ASK, "Light, for example, is scattered. " * 9, {"Include an example."}),
        (ASK, "Light is scattered by air. " * 9, {"Keep it to one paragraph."}),
        (ASK, "The air scatters the light that is blue.", {"One sentence is enough."}),
    ],
)
def test_a_demand_is_one_that_the_reply_meets(prompt: str, reply: str, demands: set[str]) -> None:
    assert demands <= set(find_constraints(prompt, reply))


@pytest.mark.parametrize(
    ("prompt", "reply"),
    [
        ("Explain it briefly.", "The air scatters light."),
        ("Name: Ann. What is it?", "The air scatters light."),
        (ASK, "```\nprint(7)\n```"),
        (ASK, "word " * 501),
    ],
)
def test_where_a_form_is_given_or_none_can_be_told_nothing_is_demanded(
    prompt: str, reply: str
) -> None:
    assert find_constraints(prompt, reply) == []


def test_several_sentences_are_not_called_one() -> None:
    demands = find_constraints(ASK, "The air is thin. Light is scattered by it.")
    assert not [demand for demand in demands if "sentence" in demand]


@given(st.lists(st.sampled_from(["light", "is", "blue.", "air,", "3.5"]), max_size=300))
def test_a_limit_is_never_below_the_words_of_the_reply(parts: list[str]) -> None:
    for demand in find_constraints(ASK, " ".join(parts)):
        for limit in re.findall(r"(\d+) words", demand):
            assert len(parts) <= int(limit) <= max(10, 2.5 * len(parts) + 10)
