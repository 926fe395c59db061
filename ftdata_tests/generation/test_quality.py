import pytest

from ftdata.generation.drafts import Draft
from ftdata.generation.quality import fault_of
from ftdata.sections import Span

ANSWER = "Charts are packages of Kubernetes resources."


def reason(prompt="What are charts?", answer=ANSWER, kind="definition", *, is_whole=False):
    fault = fault_of(
        Draft(kind, "direct", prompt, answer, (Span(0, 1, 0),)), "en", is_whole=is_whole
    )
    return fault and fault.reason


def test_a_good_draft_has_no_fault():
    assert reason() is None


@pytest.mark.parametrize(
    "prompt",
    [
        "What is it?",
        "Why?",
        "x" * 500,
        "What is `charts?",
        "Explain charts as described above",
        "{{ charts }}",
    ],
)
def test_unclear_instructions(prompt):
    assert reason(prompt=prompt) == "unclear_instruction"


@pytest.mark.parametrize(
    "answer",
    [
        "Charts.",
        "Charts are made as follows:",
        "Charts are made of files and",
        "TODO: write about charts here.",
        "Run this for charts:\n\n```sh\n\n```",
        "This page describes charts.",
    ],
)
def test_incomplete_answers(answer):
    assert reason(answer=answer) == "incomplete_answer"


def test_two_blocks_of_code_are_not_an_empty_one():
    assert reason(answer="Charts:\n\n```sh\na\n```\n\n```sh\nb\n```") is None


def test_instruction_and_answer_must_share_a_word():
    assert reason(prompt="What are bananas?") == "unrelated_answer"
    assert reason(prompt="What are bananas?", kind="faq") is None


def test_an_answer_must_hold_what_it_refers_to():
    answer = "Charts are installed as in the table above."
    assert reason(answer=answer) == "dangling_reference"
    assert reason(answer=answer, is_whole=True) is None
