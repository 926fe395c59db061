"""What a judge is shown, and which answers fill its forms."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ftdata.judging.asking import Preference, pair_requests, rating_form, rating_request, tell

FORM = rating_form(("clarity", "style"))


def message(role, content, weight=None, calls=None):
    return {"role": role, "content": content, "weight": weight, "tool_calls": calls}


@given(st.lists(st.tuples(st.sampled_from(["user", "assistant"]), st.text()), min_size=1))
def test_no_text_passes_for_another_message(said):
    lines = tell([message(role, text) for role, text in said]).split("\n")
    assert [(one["role"], one["content"]) for one in map(json.loads, lines)] == said


def test_what_is_trained_is_judged_and_the_rest_is_context():
    calls = '[{"id": "1"}]'
    shown = tell(
        [
            message("user", "Hi"),
            message("assistant", "Hm.", 0),
            message("assistant", None, 1, calls),
        ]
    )
    assert [json.loads(line) for line in shown.split("\n")] == [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hm."},
        {"role": "assistant", "content": None, "tool_calls": calls, "judged": True},
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"rationale": "x", "clarity": 0, "style": 3},
        {"rationale": "x", "clarity": 6, "style": 3},
        {"rationale": "x", "clarity": 2.5, "style": 3},
        {"rationale": " ", "clarity": 3, "style": 3},
        {"rationale": "x", "clarity": 3},
        {"rationale": "x", "clarity": 3, "style": 3, "correctness": 3},
    ],
)
def test_scores_are_whole_from_1_to_5_with_a_reason(wrong):
    with pytest.raises(ValidationError):
        FORM.model_validate_json(json.dumps(wrong))


def test_the_reason_is_written_before_the_scores():
    assert list(FORM.model_json_schema()["properties"]) == ["rationale", "clarity", "style"]
    assert list(Preference.model_json_schema()["properties"]) == ["rationale", "better"]


def test_the_two_requests_about_a_pair_differ_in_the_places_alone():
    said = [message("user", "When?"), message("assistant", "At nine.", 1)]
    one, other = pair_requests(said, "At noon.")
    assert one.user.index("At nine.") < one.user.index("At noon.")
    swapped = {"At nine.": "At noon.", "At noon.": "At nine."}
    assert other.user == re.sub("At nine.|At noon.", lambda found: swapped[found[0]], one.user)


def test_an_example_cannot_fill_places_of_the_prompt():
    said = [message("user", "${criteria} $x"), message("assistant", "a", 1)]
    request = rating_request(said, ("style",))
    assert "${criteria} $x" in request.user
