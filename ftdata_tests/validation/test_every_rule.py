"""Every rule passes a sound partition and fails one in which its claim does not hold."""

from __future__ import annotations

import json

import pytest

from ftdata.settings import Settings
from ftdata.tables import STAGES
from ftdata.validation.rules import rules_for
from ftdata.validation.suites import validate
from ftdata_tests.validation.given import (
    DUPLICATE,
    MALFORMED,
    SHORT,
    TAGS,
    block,
    frames,
    message,
    results_by_rule,
    row,
    rows,
    talk,
    variant,
)

LIMITS = Settings.model_validate(
    {
        "cleaning": {"min_prompt_chars": 4, "min_response_chars": 4, "max_chars": 100},
        "formatting": {"max_tokens": 50},
        "checks": {"min_tokens": 5},
        "judge": {"enabled": True},
    }
)


def with_last(stage, **changed):
    *others, last = rows(stage)
    return frames(stage, [*others, last | changed])


def with_variant(stage, **changed):
    given = rows(stage)
    return frames(stage, [*given, variant(stage, 30, given[0]) | changed])


def all_in(split):
    return frames("validated_splits", [r | {"split": split} for r in rows("validated_splits")])


def with_judgement(**told):
    return with_last("validated_splits", judgement=json.dumps(told))


def without(name):
    return {tag: value for tag, value in TAGS.items() if tag != name}


def with_long_message():
    return with_last("cleaned", messages=talk("What is it?", "word " * 30))


def unanswered_tool():
    return [*talk("Hi"), message("tool", "4"), message("assistant", "Four.")]


def moved_span():
    spans = row("generated_examples", 29)["spans"]
    return [span | {"start": span["start"] + 1, "end": span["end"] + 1} for span in spans]


def of_one_kind():
    made = rows("generated_examples")
    return frames("generated_examples", [r | {"kind": "summary"} for r in made])


REJECTED = {"reason": "scanned", "quarantined": True, "file": "raw/web/2025-03-01/scan.pdf"}
SOUND = {
    "documents": frames("documents", rows("documents"), [SHORT]),
    "generated_examples": frames("generated_examples", rows("generated_examples"), [SHORT]),
    "raw_logs": frames("raw_logs", rows("raw_logs"), [SHORT, MALFORMED]),
    "cleaned": frames("cleaned", rows("cleaned"), [SHORT, DUPLICATE]),
    "formatted": frames("formatted", rows("formatted"), [SHORT]),
    "augmented": with_variant("augmented"),
    "validated_splits": with_variant("validated_splits"),
}
UNSOUND = {
    "documents": {
        "every_row_accounted_for": frames("documents", rows("documents"), extra_in=1),
        "no_document_lost": frames("documents", [], [SHORT]),
        "rejections_are_rare": frames("documents", rows("documents"), [REJECTED]),
        "ids_are_unique": with_last("documents", id="c-0"),
        "rows_belong_to_their_partition": with_last("documents", date="2025-03-02"),
        "sections_have_text": with_last("documents", blocks=[block("")]),
        "sections_stand_alone": with_last(
            "documents", blocks=[block("Then follow the procedure described above.")]
        ),
    },
    "generated_examples": {
        "every_row_accounted_for": frames(
            "generated_examples", rows("generated_examples"), extra_in=1
        ),
        "answers_are_grounded": with_last("generated_examples", spans=moved_span()),
        "ids_are_unique": with_last("generated_examples", id="id-0"),
        "rows_belong_to_their_partition": with_last("generated_examples", date="2025-03-02"),
        "both_sides_speak": with_last("generated_examples", messages=talk("What?"), spans=[]),
        "prompts_stand_alone": with_last(
            "generated_examples",
            messages=talk("Why the procedure described above?", "It is the number 29."),
        ),
        "kinds_are_varied": of_one_kind(),
    },
    "raw_logs": {
        "every_row_accounted_for": frames("raw_logs", rows("raw_logs"), extra_in=1),
        "quarantine_is_rare": frames("raw_logs", rows("raw_logs"), [MALFORMED] * 4),
        "drops_are_few": frames("raw_logs", rows("raw_logs"), [SHORT] * 46),
        "ids_are_unique": with_last("raw_logs", id="id-0"),
        "records_are_used_once": with_last("raw_logs", record_ids=["r-29", "r-0"]),
        "rows_belong_to_their_partition": with_last("raw_logs", date="2025-03-02"),
        "both_sides_speak": with_last("raw_logs", messages=talk("Hello?")),
    },
    "cleaned": {
        "every_row_accounted_for": frames("cleaned", rows("cleaned"), [SHORT], extra_in=2),
        "no_personal_data_left": with_last("cleaned", messages=talk("I am at a@b.org", "Fine.")),
        "no_control_token_left": with_last(
            "cleaned", messages=talk("Say <|x|> twice", "No, never.")
        ),
        "no_duplicate_left": with_last("cleaned", messages=talk("what  IS 0", "Nothing.")),
        "prompts_are_long_enough": with_last("cleaned", messages=talk("Hi", "Hello there.")),
        "replies_are_long_enough": with_last("cleaned", messages=talk("What is it?", "No")),
        "conversations_are_short_enough": with_long_message(),
        "drops_are_few": frames("cleaned", rows("cleaned"), [SHORT] * 46),
        "duplicates_are_few": frames("cleaned", rows("cleaned"), [DUPLICATE] * 31),
    },
    "formatted": {
        "every_row_accounted_for": frames("formatted", rows("formatted"), extra_in=-1),
        "drops_are_few": frames("formatted", rows("formatted"), [SHORT] * 46),
        "roles_are_in_order": with_last("formatted", messages=unanswered_tool()),
        "something_is_trained": with_last("formatted", trained_tokens=0),
        "examples_fit_the_token_limit": with_last("formatted", tokens=51),
        "examples_are_long_enough": with_last("formatted", tokens=4),
        "strata_tags_are_present": frames(
            "formatted", [r | {"tags": without("category")} for r in rows("formatted")]
        ),
        "tags_are_in_their_sets": with_last("formatted", tags={**TAGS, "task_type": "chat"}),
        "domains_are_known": with_last("formatted", tags=without("domain")),
    },
    "augmented": {
        "every_row_accounted_for": frames("augmented", rows("augmented"), extra_in=1),
        "ids_are_unique": with_variant("augmented", id="id-3"),
        "variants_have_a_parent": with_variant("augmented", parent_id="elsewhere"),
        "variants_differ_from_their_parent": with_variant(
            "augmented", messages=row("augmented", 0)["messages"]
        ),
        "rejected_differs_from_chosen": with_variant("augmented", rejected="it is THE number"),
        "variants_are_few": frames(
            "augmented",
            [
                *rows("augmented", 10),
                *(variant("augmented", n, row("augmented", 0)) for n in (10, 11)),
            ],
        ),
        "provenance_is_known": with_last("augmented", provenance="guessed"),
    },
    "validated_splits": {
        "every_row_accounted_for": frames("validated_splits", rows("validated_splits"), extra_in=9),
        "splits_are_known": with_last("validated_splits", split="holdout"),
        "groups_stand_on_one_side": with_last("validated_splits", group_id="id-0"),
        "variants_stay_in_train": with_variant("validated_splits", split="test"),
        "judgements_are_on_the_scale": with_judgement(scores={"style": 6}, rationale="Good."),
        "judgements_have_a_reason": with_judgement(scores={"style": 5}, rationale=" "),
        "train_is_near_its_ratio": all_in("train"),
        "validation_is_near_its_ratio": all_in("validation"),
        "test_is_near_its_ratio": all_in("test"),
    },
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_sound_partition_passes_every_rule(stage):
    rules = rules_for(stage, LIMITS)
    results = results_by_rule(validate(stage, rules, [SOUND[stage]]))
    assert [*results] == [rule.name for rule in rules]
    failed = {name: result for name, result in results.items() if not result.passed}
    assert not failed
    assert all(result.samples == () for result in results.values())


@pytest.mark.parametrize("stage", STAGES)
def test_every_rule_has_a_partition_that_fails_it(stage):
    assert [*UNSOUND[stage]] == [rule.name for rule in rules_for(stage, LIMITS)]


@pytest.mark.parametrize(
    ("stage", "name"), [(stage, name) for stage, cases in UNSOUND.items() for name in cases]
)
def test_a_rule_fails_where_its_claim_does_not_hold(stage, name):
    rules = [rule for rule in rules_for(stage, LIMITS) if rule.name == name]
    [result] = validate(stage, rules, [UNSOUND[stage][name]])
    assert not result.passed
    assert result.unexpected >= 1
    assert result.samples
