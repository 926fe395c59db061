"""The section `judge`: what it refuses, and what a change of it makes stale."""

import pytest

from ftdata.errors import SettingsError
from ftdata.freshness import stage_version
from ftdata.settings_file import parse_settings
from ftdata.tables import STAGES


def versions(judge="", model="judge-1"):
    settings = parse_settings(f"llm: {{model: {model}}}\njudge: {{{judge}}}\n", "ftdata.yaml")
    stages = (*STAGES, "dataset")
    return {stage: stage_version(stage, settings, tokenizer="estimate") for stage in stages}


@pytest.mark.parametrize(
    ("judge", "words"),
    [
        ("criteria: [style, style]", "style stands there twice: take one out"),
        ("criteria: []", "criteria"),
        ("criteria: [wit]", "criteria"),
        ("min_score: 0.5", "min_score"),
        ("share: 0", "share"),
        ("action: drop, pairs: false", "nothing would be dropped"),
    ],
)
def test_a_wrong_value_is_told(judge, words):
    with pytest.raises(SettingsError, match=words) as caught:
        versions(judge)
    assert "ftdata.yaml:2: " in str(caught.value)


def test_a_judge_makes_the_splits_stale_and_nothing_before_them():
    off, on = versions(), versions("enabled: true")
    assert [stage for stage in off if off[stage] != on[stage]] == ["validated_splits"]


def test_model_and_rubric_matter_where_a_judge_is_enabled_alone():
    assert versions() == versions("min_score: 3") == versions(model="judge-2")
    enabled = [versions("enabled: true"), versions("enabled: true", model="judge-2")]
    enabled.append(versions("enabled: true, min_score: 3"))
    assert len({found["validated_splits"] for found in enabled}) == 3
