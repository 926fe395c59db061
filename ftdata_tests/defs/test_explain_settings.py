"""The settings that decide: they exist, and are told with their values."""

import pytest

from ftdata.defs.explain_settings import SETTING_OF, deciding_setting
from ftdata.settings import Settings, Source
from ftdata.settings_file import parse_settings


@pytest.mark.parametrize("reason", SETTING_OF)
def test_every_setting_named_is_one(reason):
    told = deciding_setting(Settings(sources={"web": Source()}), "web", reason, None)
    value = Settings(sources={"web": Source()})
    for part in told.partition(" (")[0].split("."):
        value = value[part] if isinstance(value, dict) else getattr(value, part)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("conversation_too_long", "cleaning.max_chars (900)"),
        ("language_not_kept", "cleaning.language.keep"),
        ("near_duplicate", "cleaning.dedup.threshold (0.7)"),
        ("unrated", "extraction.keep_unrated (false)"),
        ("after_window", "extraction.end (2025-03-02 00:00:00+00:00)"),
        ("superseded", "sources.web.snapshot (latest)"),
        ("toxicity_insult", "cleaning.toxicity.action (drop)"),
        ("injection_override", "cleaning.injection.action (flag)"),
        ("low_rating", "extraction.min_rating"),
        ("bad_json", None),
        ("parent_dropped", None),
    ],
)
def test_a_setting_is_told_with_its_value_where_that_is_short(reason, told):
    text = (
        "extraction: {keep_unrated: false, end: 2025-03-02T00:00:00Z}\n"
        "cleaning: {max_chars: 900, language: {keep: [en]}, toxicity: {action: drop}}\n"
        "sources: {web: {dedup: {threshold: 0.7}}}\n"
    )
    assert deciding_setting(parse_settings(text, "ftdata.yaml"), "web", reason, None) == told


def test_a_filter_of_the_owners_own_is_known_by_its_path():
    settings = parse_settings("cleaning: {custom_filters: ['mine:drop']}", "ftdata.yaml")
    told = deciding_setting(settings, "web", "echo", "mine:drop")
    assert told == "cleaning.custom_filters"
