"""Examples for Label Studio and Argilla, and their exports read back."""

from __future__ import annotations

import pytest

from ftdata.reviewing.labelling import read_labels, tasks_for
from ftdata.reviews import Edit, Review, ReviewError

EXAMPLE = {
    "id": "log_1", "source": "web", "date": "2025-03-01", "base": "b",
    "messages": [
        {"role": "user", "content": "When?", "tool_calls": None},
        {"role": "assistant", "content": "At nine.", "tool_calls": None},
    ],
}  # fmt: skip


def answered(tool, **said):
    """What the tool exports after one person said this of the example."""
    (task,) = tasks_for(tool, "v", [EXAMPLE])
    if tool == "argilla":
        answers = {name: [{"value": value, "user_id": "7"}] for name, value in said.items()}
        return [{**task, "responses": answers}]
    kinds = {"rating": "rating", "decision": "choices", "reply": "text", "note": "text"}
    result = [
        {
            "from_name": name,
            "value": {kinds[name]: value if name == "rating" else [value]},
        }
        for name, value in said.items()
    ]
    return [{**task, "annotations": [{"completed_by": 7, "result": result}]}]


@pytest.mark.parametrize("tool", ["argilla", "label-studio"])
def test_what_people_said_there_is_read_back(tool):
    said = {"rating": 4, "decision": "keep", "reply": "At ten.", "note": "late"}
    (review,) = read_labels(answered(tool, **said))
    assert isinstance(review, Review)
    assert (review.id, review.reviewer, review.rating, review.decision) == (
        "log_1", "7", 4.0, "keep",
    )  # fmt: skip
    assert review.edits == (Edit(1, "At ten."),)
    assert (str(review.key), review.base, review.note) == ("2025-03-01|web", "b", "late")


@pytest.mark.parametrize("tool", ["argilla", "label-studio"])
def test_a_reply_left_as_it_is_is_no_edit(tool):
    (review,) = read_labels(answered(tool, reply="At nine.", rating=2))
    assert review.edits == ()


@pytest.mark.parametrize("tool", ["argilla", "label-studio"])
def test_what_nobody_answered_is_no_review(tool):
    assert list(read_labels(tasks_for(tool, "v", [EXAMPLE]))) == []


def test_what_is_malformed_is_told_and_the_others_count():
    exported = [{"data": {}, "annotations": [{"result": [{}]}]}, *answered("argilla", rating=1)]
    fault, review = read_labels(exported)
    assert fault.startswith("task 1 of the file: not in the tool's own form")
    assert review.rating == 1.0
    (told,) = read_labels(answered("argilla", decision="maybe"))
    assert told.startswith("record 1 of the file: decision is neither keep nor reject")


@pytest.mark.parametrize("tool", ["argilla", "label-studio"])
@pytest.mark.parametrize("rating", [9, "9", "²", "good", 4.5])
def test_what_is_no_rating_is_told_and_no_number_is_lost(tool, rating):
    (found,) = read_labels(answered(tool, rating=rating))
    if rating == 4.5:
        assert found.rating == 4.5
    else:
        assert "rating is no number from 1 to 5" in found


def test_one_persons_mistake_costs_no_other_persons_word():
    task, other = answered("label-studio", decision="maybe"), answered("label-studio", rating=2)
    task[0]["annotations"] += other[0]["annotations"]
    fault, review = read_labels(task)
    assert "decision is neither" in fault
    assert review.rating == 2.0


@pytest.mark.parametrize("exported", [{}, [1], "text", None])
def test_a_file_of_neither_tool_is_refused(exported):
    with pytest.raises(ReviewError, match="is no list of tasks or records"):
        list(read_labels(exported))
