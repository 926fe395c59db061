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


def test_a_malformed_entry_is_told_and_the_others_count():
    entries = [{"data": {}, "annotations": [{"result": [{}]}]}, *answered("argilla", rating=1)]
    fault, review = read_labels(entries)
    assert fault.startswith("entry 0: not in the tool's own form")
    assert review.rating == 1.0
    (told,) = read_labels(answered("argilla", decision="maybe"))
    assert told.startswith("entry 0: decision is neither keep nor reject")


@pytest.mark.parametrize("exported", [{}, [1], "text", None])
def test_a_file_of_neither_tool_is_refused(exported):
    with pytest.raises(ReviewError, match="is no list of tasks or records"):
        list(read_labels(exported))
