"""The section `report`: what it refuses, and that sizes are those of the goals."""

import pytest

from ftdata.errors import SettingsError
from ftdata.settings_file import parse_settings
from ftdata.settings_report import GOAL_SIZES


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("classes: [category, tone, category]", "category stands there twice: take one out"),
        ("goal: fame", "goal"),
        ("max_opening_share: 0", "max_opening_share"),
        ("min_distinct_prompts: 1.5", "min_distinct_prompts"),
        ("sample_examples: 10", "sample_examples"),
        ("max_age: 7", "max_age"),
    ],
)
def test_a_wrong_value_is_told(report, words):
    with pytest.raises(SettingsError, match=words) as caught:
        parse_settings(f"report: {{{report}}}\n", "ftdata.yaml")
    assert "ftdata.yaml:1: " in str(caught.value)


def test_every_goal_takes_some_and_more_help_it():
    for least, most in GOAL_SIZES.values():
        assert 0 < least < most
