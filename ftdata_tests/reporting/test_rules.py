"""Each warning has data that it is about, and data that it says nothing of."""

import datetime as dt
import re
from pathlib import Path

import pytest

from ftdata.reporting.rules import RULES
from ftdata.settings_report import GOAL_SIZES, Report
from ftdata_tests.reporting.given import chat, examined, example, judged, sound, text

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def each(**changed):
    """The sound examples, each with something changed: a value, or what makes it of its number."""
    return [
        example(at, **{k: v(at) if callable(v) else v for k, v in changed.items()})
        for at in range(120)
    ]


def newest(**changed):
    """The sound examples, with something changed in those of the newest date."""
    rows = sound(300)
    return [
        example(at, **{k: v(at) for k, v in changed.items()})
        if row["date"] == "2025-03-03"
        else row
        for at, row in enumerate(rows)
    ]


def tagged(**tags):
    return lambda at: {**example(at)["tags"], **tags}


def templated(at):
    return chat(
        text(at, 9), f"To reset your {text(at, 1)}, go to {text(at + 9, 2)}. {text(at, at)}"
    )


def in_other_words(at):
    return chat(*(text(at + shift, at).replace("word", "mot") for shift in (0, 500)))


FIRING = {
    "enough_examples_for_the_goal": sound(20),
    "no_more_examples_than_the_goal_needs": sound(700),
    "prompts_are_distinct": each(messages=lambda at: chat(text(at % 40, 9), text(at, at))),
    "completions_are_distinct": each(messages=lambda at: chat(text(at, at), text(at % 9, 9))),
    "prompts_are_not_long": each(tokens=lambda at: 5_000 if at % 10 == 0 else 100),
    "completions_are_not_long": each(tokens=9_000, trained_tokens=8_000),
    "examples_fit_the_target": each(tokens=lambda at: 20_000 if at == 7 else 100),
    "lengths_vary": each(messages=lambda at: chat(text(at, at), text(at, 50 + at % 9))),
    "sentence_structures_vary": each(messages=templated),
    "openings_vary": each(
        messages=lambda at: chat(f"Dear {text(0, 2)} {text(at, at)}", text(at, at))
    ),
    "classes_are_balanced": each(tags=lambda at: {"category": "rare" if at < 9 else "common"}),
    "validation_is_like_train": each(
        tags=lambda at: {"category": example(at)["split"] + str(at % 2)}
    ),
    "derived_share_is_moderate": each(parent_id=lambda at: "id-0" if at % 4 else None),
    "some_examples_decline": each(tags={"category": "tents"}),
    "newest_lengths_are_usual": newest(messages=lambda at: chat(text(at, 200 + at), text(at, at))),
    "newest_categories_are_usual": newest(tags=tagged(category="boats")),
    "newest_languages_are_usual": newest(tags=tagged(language="fr")),
    "newest_words_are_usual": newest(messages=in_other_words),
    "newest_partition_is_recent": each(date="2024-11-30"),
}
BEFORE = {"like_the_previous_version": each(tags=tagged(category="boats"))}


@pytest.fixture(scope="module")
def quiet():
    """What is said of examples against which nothing is to be said, the version before alike."""
    return judged(sound(), previous=examined(sound()).profile)


def test_nothing_is_said_against_sound_examples(quiet):
    assert [name for name, warning in quiet.items() if not warning.passed] == []
    assert [name for name, warning in quiet.items() if warning.observed is None] == []


@pytest.mark.parametrize("name", FIRING)
def test_a_warning_fires(name, quiet):
    warning = judged(FIRING[name])[name]
    assert not warning.passed
    assert warning.samples
    assert warning.observed != quiet[name].observed


@pytest.mark.parametrize("name", BEFORE)
def test_a_warning_fires_against_the_version_before(name):
    warning = judged(sound(), previous=examined(BEFORE[name]).profile)[name]
    assert not warning.passed
    assert "boats: 100.0% → 0.0%" in warning.samples


def test_every_rule_is_tried():
    assert {rule.name for rule in RULES} == FIRING.keys() | BEFORE.keys()


def test_what_is_too_few_to_judge_is_not_warned_about():
    found = judged(sound(10))
    unjudged = {name for name, warning in found.items() if warning.observed is None}
    assert unjudged >= {
        "prompts_are_distinct", "completions_are_distinct", "sentence_structures_vary",
        "openings_vary", "derived_share_is_moderate", "some_examples_decline", "lengths_vary",
        "like_the_previous_version",
    }  # fmt: skip
    assert all(found[name].passed for name in unjudged)


@pytest.mark.parametrize(
    "labels",
    [
        {"messages": lambda at: chat(text(at, at), ("billing", "rental")[at % 2])},
        {"messages": lambda at: chat(text(at, at), f"{at % 7}")},
    ],
)
def test_labels_are_no_template_and_no_length_to_be_learned(labels):
    found = judged(each(**labels))
    assert found["sentence_structures_vary"].passed
    assert found["openings_vary"].passed
    assert found["lengths_vary"].passed


def test_thresholds_are_those_of_the_settings():
    rows = each(tags=lambda at: {"category": "rare" if at < 9 else "common"})
    assert not judged(rows)["classes_are_balanced"].passed
    assert judged(rows, max_imbalance=20)["classes_are_balanced"].passed
    assert judged(rows, classes=("colour",))["classes_are_balanced"].observed is None


@pytest.mark.parametrize(("goal", "sizes"), GOAL_SIZES.items())
def test_the_goal_tells_how_many_it_takes(goal, sizes):
    found = judged(sound(), goal=goal)
    thresholds = (
        found["enough_examples_for_the_goal"].threshold,
        found["no_more_examples_than_the_goal_needs"].threshold,
    )
    assert thresholds == sizes
    assert found["enough_examples_for_the_goal"].passed == (sizes[0] <= 96)


@pytest.mark.parametrize(("days", "passed"), [(29, True), (119, True), (120, False)])
def test_age_is_counted_from_the_day_that_is_given(days, passed):
    today = dt.date(2025, 3, 3) + dt.timedelta(days)
    warning = judged(sound(), today=today, max_age_days=119)["newest_partition_is_recent"]
    assert (warning.observed, warning.passed) == (days, passed)


def test_a_small_newest_partition_is_given_what_chance_may_do():
    few = [example(at, date="2025-03-09", tags=tagged(category="tents")(at)) for at in range(4)]
    warning = judged([*sound(), *few])["newest_categories_are_usual"]
    assert warning.passed
    assert warning.threshold >= 0.2


def test_the_readme_tells_of_every_warning_and_of_its_settings():
    section = README.split("## Is it good enough to train on?")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| .* \|$", section, re.MULTILINE)
    assert rows == [rule.name for rule in RULES]
    named = set(re.findall(r"`(?:report\.)?(\w+)`", section))
    assert set(Report.model_fields) <= named
