"""The scorer of documents: what counts as found, as missed and as cut."""

import json

import pytest

from ftdata_tests.benchmarks.documents import measure
from ftdata_tests.benchmarks.documents_figures import Figure, as_json, as_lines
from ftdata_tests.benchmarks.documents_truth import Text, truth_figures

QUESTION = {
    "doc": "docs/a.md", "question": "Can I pay later?", "start_line": 3,
    "answer_md": "Yes, within [a month](terms.md) of the order.",
}  # fmt: skip
STEPS = {
    "doc": "docs/a.md", "start_line": 9,
    "steps": ["Open the box.", "Take out the part.", "Close the box."],
}  # fmt: skip
WHOLE = "1. Open the box.\n2. Take out the part.\n3. Close the box."


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "faq_truth.jsonl").write_text(json.dumps(QUESTION) + "\n")
    (folder / "procedures_truth.jsonl").write_text(json.dumps(STEPS) + "\n")
    return tmp_path


def values(data, *texts):
    figures = truth_figures(data, {"a.md": [Text(*text) for text in texts]}, "sections")
    return [figure.value for figure in figures]


def test_a_question_and_a_procedure_are_found(data):
    answer = "Yes, within a month of the order."
    assert values(data, ("can I pay later", answer), ("Box", WHOLE)) == [1, 1, 0]
    assert values(data, ("A problem. Can I pay later?", answer), ("Box", WHOLE)) == [1, 1, 0]


@pytest.mark.parametrize(
    "text",
    [
        ("Can I pay later?", "Yes."),
        ("How is it paid?", "Yes, within a month of the order."),
    ],
)
def test_half_an_answer_and_another_question_are_misses(data, text):
    assert values(data, text)[0] == 0


def test_steps_in_another_order_are_a_miss(data):
    assert values(data, ("Box", "\n".join(reversed(WHOLE.split("\n")))))[1:] == [0, 0]


def test_steps_in_two_texts_are_cut(data):
    steps = {**STEPS, "steps": [*STEPS["steps"], "Lock the door."]}
    (data / "docs" / "procedures_truth.jsonl").write_text(json.dumps(steps) + "\n")
    first, second = "Open the box. Take out the part.", "Close the box. Lock the door."
    assert values(data, ("Box", first), ("Box", second))[1:] == [0, 1]


def test_truth_that_is_absent_is_said_to_be_so(tmp_path):
    figures = list(truth_figures(tmp_path, {}, "sections"))
    assert [figure.value for figure in figures] == [None, None, None]


def test_a_folder_is_measured_whole(data):
    text = (
        f"# Help\n\n## Can I pay later?\n\nYes, within a month of the order.\n\n## Box\n\n{WHOLE}\n"
    )
    (data / "docs" / "a.md").write_text(text)
    (data / "docs" / "empty.md").write_text("")
    figures = {figure.name: figure.value for figure in measure(data, ["run", "sections", "office"])}
    assert figures["files that became sections or a drop by name"] == 1
    assert figures["sections"] == 2
    assert figures["faq_truth: recall, sections"] == 1
    assert figures["procedures_truth: all steps in order, sections"] == 1


def test_a_missed_target_shows():
    missed, held = Figure("recall", 0.5, 0.9), Figure("seconds", 3.0, 60.0, at_most=True)
    assert [row["missed"] for row in as_json([missed, held])] == [True, False]
    lines = as_lines([missed, held])
    assert "MISSED" in lines[1]
    assert "MISSED" not in lines[2]
