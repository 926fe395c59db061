from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.augmentation.degrading import (
    DEGRADATIONS,
    FILLERS,
    REFUSALS,
    add_filler,
    cut_short,
    is_exemplary,
    leave_out_last_steps,
    refuse_needlessly,
    repeat_prompt,
)
from ftdata.text import same_key

ASKED = "How do I open the old garden gate?"
STEPS = "Do this:\n\n1. Lift the gate.\n2. Turn the key.\n   Twice.\n3. Push.\n\nThat is all."
PROSE = "You turn the key to the left and pull the door towards you until it gives way."


@pytest.mark.parametrize("seed", range(20))
def test_a_reply_is_cut_inside_a_sentence(seed: int) -> None:
    cut = cut_short(ASKED, PROSE, seed)
    assert cut is not None
    assert PROSE.startswith(cut + " ")
    assert 0.2 < len(cut) / len(PROSE) < 0.85


def test_a_short_reply_is_not_cut() -> None:
    assert cut_short(ASKED, "Lift it, and then you push.", 0) is None
    assert (
        cut_short(ASKED, '{"gate": "old", "steps": ["lift", "turn", "push", "go", "1"]}', 0) is None
    )


def test_the_last_steps_go_with_all_that_follows() -> None:
    assert leave_out_last_steps(ASKED, STEPS, 0) == STEPS.partition("\n3.")[0]
    longer = "\n".join(f"{number}. Step" for number in range(1, 5))
    assert leave_out_last_steps(ASKED, longer, 1) == "1. Step\n2. Step"


@pytest.mark.parametrize(
    "reply",
    [
        "1. Lift it.\n2. Push it.",
        "- Lift.\n- Turn.\n- Push.",
        "3. Lift.\n5. Turn.\n9. Push.",
        PROSE,
    ],
)
def test_two_steps_bullets_and_years_are_no_steps(reply: str) -> None:
    assert leave_out_last_steps(ASKED, reply, 0) is None


def test_of_two_lists_the_last_one_loses_its_end() -> None:
    first = "1. A\n2. B\n3. C\n"
    assert leave_out_last_steps(ASKED, f"{first}Then:\n{first}", 0) == f"{first}Then:\n1. A\n2. B"


def test_a_plain_request_is_refused() -> None:
    assert refuse_needlessly(ASKED, PROSE, 1) == REFUSALS[1]


@pytest.mark.parametrize(
    ("prompt", "reply"),
    [
        ("Thanks, that will be all.", PROSE),
        ("The gate is old.", PROSE),
        ("How do I steal a car?", PROSE),
        (ASKED, "I cannot tell, for I have never seen it, and nobody told me of it."),
        (ASKED, "With the key."),
    ],
)
def test_where_to_decline_may_be_right_it_is_not_made_wrong(prompt: str, reply: str) -> None:
    assert refuse_needlessly(prompt, reply, 0) is None


def test_the_prompt_is_repeated_before_the_reply() -> None:
    assert repeat_prompt("is the gate open?", "Yes.", 0) == 'You asked: "Is the gate open?"\n\nYes.'


@pytest.mark.parametrize(
    "prompt",
    [
        "Open the gate.",
        "Open it?",
        'What is a "gate" made of?',
        "It is old. Is it open?",
        "A\nb c d?",
    ],
)
def test_only_a_plain_question_is_repeated(prompt: str) -> None:
    assert repeat_prompt(prompt, "Yes.", 0) is None


def test_filler_stands_before_the_reply() -> None:
    told = "Tell me about the old gate."
    assert add_filler(told, "It is green.", 0) == f"{FILLERS[0]}\n\nIt is green."
    assert add_filler(told, "Sure! It is green.", 0) is None
    assert add_filler("Thank you, bye.", "It is green.", 0) is None


def test_what_breaks_off_or_complies_with_a_delicate_prompt_is_no_example() -> None:
    assert is_exemplary(ASKED, PROSE)
    assert is_exemplary(ASKED, "Yes")
    assert not is_exemplary(ASKED, PROSE.removesuffix(" way."))
    assert not is_exemplary("How do I steal a car?", PROSE)
    assert is_exemplary("How do I steal a car?", "I'm sorry, but I cannot tell.")


@given(st.sampled_from(sorted(DEGRADATIONS)), st.text(), st.text(), st.integers(0, 2**64 - 1))
def test_a_degraded_reply_is_another_text(name: str, prompt: str, reply: str, seed: int) -> None:
    rejected = DEGRADATIONS[name](prompt, reply, seed)
    assert rejected is None or same_key(rejected) != same_key(reply)
    assert rejected == DEGRADATIONS[name](prompt, reply, seed)
