"""Judgements off the scale or without a reason are found; sound ones and absent ones are not."""

import json

import pytest

from ftdata.validation.judgements import judgement_columns

PAIR = {"preferred": "chosen", "rationales": ["Right.", "Right again."]}


@pytest.mark.parametrize(
    ("told", "off_scale", "unreasoned"),
    [
        (None, None, None),
        ({"scores": {"style": 1, "clarity": 5}, "rationale": "Good."}, None, None),
        ({"pair": PAIR}, None, None),
        ({"scores": {"style": 0}, "rationale": "Good."}, "style 0", None),
        ({"scores": {"style": 2.5}, "rationale": "Good."}, "style 2.5", None),
        ({"scores": {"style": True}, "rationale": "Good."}, "style True", None),
        ({"scores": {"style": 3}}, None, "scores"),
        ({"pair": PAIR | {"rationales": ["Right."]}}, None, "pair"),
        ({"pair": PAIR | {"rationales": ["Right.", " "]}}, None, "pair"),
        ({}, None, "neither scores nor pair"),
    ],
)
def test_each_fault_is_named(told, off_scale, unreasoned):
    text = None if told is None else json.dumps(told)
    found = judgement_columns([text])
    assert found == {"off_scale": [off_scale], "unreasoned": [unreasoned]}
