"""Answers against the sections that they were taken from."""

import pytest

from ftdata import tables
from ftdata.validation.grounding import ungrounded
from ftdata_tests.validation.given import row, section, talk

SECTIONS = tables.from_rows("documents", [section(number) for number in range(3)])
SOUND = row("generated_examples", 1)
PLACE = SOUND["spans"][0]


def fault(**changed):
    return ungrounded(tables.from_rows("generated_examples", [SOUND | changed]), SECTIONS)[0]


def test_an_answer_that_stands_in_its_section_has_no_fault():
    assert fault() is None


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"spans": []}, "no place"),
        ({"spans": [PLACE | {"start": PLACE["start"] + 1, "end": PLACE["end"] + 1}]}, "a span"),
        ({"spans": [PLACE | {"end": PLACE["end"] - 3}]}, None),
        ({"spans": [PLACE, PLACE]}, "overlap"),
        ({"conversation_id": "c-2"}, "a span"),
        ({"conversation_id": "elsewhere"}, "a span"),
        ({"messages": talk("What?", "Yes. It is the number 1.")}, "a span"),
        ({"messages": talk("What?", "It is the number 1. Really.")}, "words outside"),
    ],
)
def test_what_does_not_stand_there_is_told(changed, told):
    found = fault(**changed)
    assert found is None if told is None else told in (found or "")


def test_an_answer_may_open_with_yes():
    moved = [PLACE | {"at": 5}]
    assert fault(messages=talk("Is it?", "Yes. It is the number 1."), spans=moved) is None


@pytest.mark.parametrize("changed", [{"kind": "out_of_scope"}, {"provenance": "generated/m-1"}])
def test_declines_and_what_a_model_wrote_need_no_place(changed):
    assert fault(spans=[], **changed) is None
