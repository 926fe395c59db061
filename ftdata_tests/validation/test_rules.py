"""The rules as data: named as claims, listed without Great Expectations, made by the settings."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from ftdata.augmentation import AUGMENTERS
from ftdata.settings import Settings
from ftdata.tables import STAGES
from ftdata.validation.rules import rules_for

LIST_THEM = """
import sys
from ftdata.settings import Settings
from ftdata.tables import STAGES
from ftdata.validation.frames import partition_frames
from ftdata.validation.rules import rules_for
from ftdata.validation.suites import validate
assert sum(len(rules_for(stage, Settings())) for stage in STAGES) > 25
for stage in STAGES:
    validate(stage, rules_for(stage, Settings()), [])
print("great_expectations" in sys.modules)
"""


def names(stage, **sections):
    return [rule.name for rule in rules_for(stage, Settings.model_validate(sections))]


def test_rules_are_listed_without_great_expectations():
    run = subprocess.run(
        [sys.executable, "-c", LIST_THEM], check=True, capture_output=True, text=True
    )
    assert run.stdout.strip() == "False"


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_has_a_handful_of_rules_with_names_and_descriptions(stage):
    rules = rules_for(stage, Settings())
    assert 5 <= len(rules) <= 9
    assert len({rule.name for rule in rules}) == len(rules)
    for rule in rules:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)+", rule.name)
        assert rule.description.endswith(".")
        assert rule.claim.expected


def test_only_critical_rules_block():
    rules = [rule for stage in STAGES for rule in rules_for(stage, Settings())]
    assert {rule.severity for rule in rules if rule.blocking} == {"critical"}
    assert {rule.severity for rule in rules if not rule.blocking} == {"warning"}


def test_what_is_switched_off_is_not_checked():
    assert "no_personal_data_left" in names("cleaned")
    assert "no_personal_data_left" not in names("cleaned", cleaning={"pii": {"enabled": False}})
    assert "no_duplicate_left" not in names("cleaned", cleaning={"dedup": {"enabled": False}})
    assert "strata_tags_are_present" not in names("formatted", splits={"strata": []})
    derived = {"derived_in_validation": True}
    assert "variants_stay_in_train" not in names("validated_splits", splits=derived)


def test_limits_come_from_the_settings_and_show_in_words():
    settings = Settings.model_validate(
        {
            "checks": {"min_tokens": 7, "max_ratio_gap": 0.05},
            "formatting": {"max_tokens": 99},
            "splits": {"strata": ["category", "model"]},
        }
    )
    expected = {
        rule.name: rule.claim.expected for stage in STAGES for rule in rules_for(stage, settings)
    }
    assert expected["examples_are_long_enough"] == "tokens ≥ 7"
    assert expected["examples_fit_the_token_limit"] == "tokens ≤ 99"
    assert expected["train_is_near_its_ratio"] == "0.75 ≤ train_share ≤ 0.85"
    assert expected["splits_are_known"] == "split is train or validation or test"
    assert expected["every_row_accounted_for"] == "rows_in = accounted"
    assert expected["ids_are_unique"] == "id unique within the partition"
    assert expected["strata_tags_are_present"].startswith("category, model among the tags")


def test_every_augmenter_is_a_known_provenance():
    [rule] = [
        rule for rule in rules_for("augmented", Settings()) if rule.name == "provenance_is_known"
    ]
    regex = rule.claim.kwargs["regex"]
    future = ["back_translation/gpt-4.1-mini", "synonyms/rules"]
    for provenance in ["log", *future, *(f"{augmenter.name}/rules" for augmenter in AUGMENTERS)]:
        assert re.search(regex, provenance)
    for other in ("", "logs", "paraphrase", "paraphrase/", "/rules", "Some text/rules"):
        assert not re.search(regex, other)
