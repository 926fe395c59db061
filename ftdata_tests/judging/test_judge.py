"""A judge's scores stand where it gave them and nowhere else; what is dropped is told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.chat import Refused
from ftdata.judging.asking import MAX_CHARS
from ftdata.judging.judge import judge_partition, unjudged
from ftdata.settings_judge import Judge
from ftdata_tests.judging.given import ALL, augmented, example, judge

REFUSED = Refused("malformed_answer", "not JSON", None)
GOOD = example("a", "At nine every day.", scores={"quality": 0.5})
POOR = example("b", "Dunno.", prompt="How do I pay?")
ODD = example("c", "Odd answer.", prompt="Who are you?")
TABLE = augmented(GOOD, POOR, ODD)
MARKS = {"nine": 5, "Dunno": 2, "Odd": REFUSED}


def run(table, model, redact=str, **options):
    return judge_partition(table, Judge(enabled=True, **options), model, redact)


def column(judged, name):
    return judged.table.column(name).to_pylist()


def test_scores_reasons_and_failures_stand_with_their_examples():
    judged = run(TABLE, judge(MARKS))
    good, poor, odd = column(judged, "judgement")
    assert json.loads(good) == {
        "model": "judge-1",
        "scores": dict.fromkeys(ALL, 5),
        "mean": 5.0,
        "rationale": "Short, and right.",
    }
    assert json.loads(poor)["mean"] == 2.0
    assert odd is None
    assert column(judged, "scores") == [[("quality", 0.5), ("judge", 1.0)], [("judge", 0.4)], None]
    assert [dict(tags).get("judge") for tags in column(judged, "tags")] == [
        None, None, "malformed_answer"
    ]  # fmt: skip
    assert dict(column(judged, "tag_origins")[2]) == {"category": "log", "judge": "model"}
    assert judged.facts == {
        "judge": {"judged": 2, "failed: malformed_answer": 1},
        "judge_mean": 3.5,
    }
    assert judged.drops.num_rows == 0


def test_what_is_too_low_is_dropped_with_its_scores_and_failures_are_not():
    judged = run(TABLE, judge(MARKS), min_score=3, action="drop")
    assert column(judged, "id") == ["a", "c"]
    [drop] = judged.drops.to_pylist()
    assert (drop["record_id"], drop["stage"]) == ("b", "validated_splits")
    assert drop["reason"] == "low_judgement"
    assert drop["detail"].startswith("2.00 of 5: clarity 2, completeness 2,")


def test_report_counts_what_is_too_low_and_drops_nothing():
    judged = run(TABLE, judge(MARKS), min_score=3)
    assert judged.table.num_rows == 3
    assert judged.facts["judge"]["under min_score"] == 1


def test_what_is_only_reported_is_not_shown_to_the_judge():
    pair = example("p", "Ask Jane.", prompt="Who is Jane?", rejected="Not Jane.")
    model = judge({"PERSON": 4})
    table = augmented(pair)
    redacted = judge_partition(
        table, Judge(enabled=True), model, str, lambda text: text.replace("Jane", "[PERSON]")
    )
    assert len(model.sent) == 3
    assert [one for one in model.sent if "Jane" in one.user] == []
    assert redacted.table.column("messages") == table.column("messages")


def test_variants_leave_with_their_parent():
    child = example("d", "At nine, I think.", parent="b")
    judged = run(augmented(POOR, child), judge(MARKS), min_score=3, action="drop")
    assert judged.table.num_rows == 0
    assert judged.drops.column("detail").to_pylist()[1].startswith("its parent b: 2.00 of 5")


@pytest.mark.parametrize(
    ("better", "preferred"),
    [("nine", "chosen"), ("noon", "rejected"), (None, "undecided"), ("At", "undecided")],
)
def test_a_pair_is_asked_about_in_both_positions(better, preferred):
    pair = example("p", "At nine.", parent="a", rejected="At noon.")
    model = judge({"nine": 4}, better)
    judged = run(augmented(pair), model)
    assert len(model.sent) == 3
    told = json.loads(column(judged, "judgement")[0])["pair"]
    assert told == {"preferred": preferred, "rationales": ["It answers."] * 2}
    assert dict(column(judged, "tags")[0])["judge_pair"] == preferred
    dropped = run(augmented(pair), model, action="drop").drops.column("reason").to_pylist()
    assert dropped == (["rejected_preferred"] if preferred == "rejected" else [])


def test_pairs_may_be_left_alone():
    pair = example("p", "At nine.", parent="a", rejected="At noon.")
    model = judge({"nine": 4})
    run(augmented(pair), model, pairs=False)
    assert len(model.sent) == 1


def test_only_the_criteria_asked_for_are_scored():
    model = judge({"nine": 3}, criteria=("style",))
    judged = run(augmented(GOOD), model, criteria=("style",))
    assert json.loads(column(judged, "judgement")[0])["scores"] == {"style": 3}
    assert "Criteria: style\n" in model.sent[0].user


def test_a_reason_is_redacted():
    model = judge({"nine": 3}, why="Names bob@corp.org.")
    judged = run(augmented(GOOD), model, lambda text: text.replace("bob@corp.org", "[EMAIL]"))
    assert json.loads(column(judged, "judgement")[0])["rationale"] == "Names [EMAIL]."


def test_an_example_that_is_too_long_is_counted_and_not_cut():
    model = judge({"PERSON": 4})
    judged = run(augmented(example("a", "word " * MAX_CHARS)), model)
    assert model.sent == []
    assert column(judged, "judgement") == [None]
    assert judged.facts == {"judge": {"too long": 1}}


def test_nobody_judges_without_a_judge():
    assert unjudged(TABLE).column("judgement").null_count == 3


MANY = [example(f"e{n}", f"At {'nine' if n % 2 else 'Dunno'} {n}.") for n in range(60)]


@given(st.permutations(range(60)), st.sampled_from([0.2, 0.5, 1.0]))
def test_share_and_outcome_do_not_depend_on_the_order(order, share):
    options = {"share": share, "min_score": 3, "action": "drop"}
    one, other = (
        run(augmented(*rows), judge({"nine": 5, "Dunno": 1}), **options)
        for rows in (MANY, [MANY[at] for at in order])
    )
    outcomes = [
        sorted(zip(column(each, "id"), column(each, "judgement"), strict=True), key=str)
        for each in (one, other)
    ]
    assert outcomes[0] == outcomes[1]
    assert one.table.num_rows + one.drops.num_rows == 60
    assert one.facts == other.facts


def test_a_share_holds_the_smaller_one():
    asked = [{request.user for request in _asked_of(share)} for share in (0.1, 0.4, 1.0)]
    assert asked[0] < asked[1] < asked[2]
    assert 12 < len(asked[1]) < 36


def _asked_of(share):
    model = judge({"At": 3})
    run(augmented(*MANY), model, share=share)
    return model.sent


def test_a_calibrated_mean_decides_and_the_raw_one_is_kept():
    options = Judge(
        enabled=True, pairs=False, min_score=3, action="drop",
        calibration={"intercept": -1, "slope": 1},
    )  # fmt: skip
    given = augmented(example("a", "good"), example("b", "poor"))
    judged = judge_partition(given, options, judge({"good": 5, "poor": 3}), str)
    assert judged.table.column("id").to_pylist() == ["a"]
    told = json.loads(judged.table.column("judgement")[0].as_py())
    assert (told["mean"], told["calibrated"]) == (5, 4)
    assert dict(judged.table.column("scores")[0].as_py())["judge"] == 0.8
    (drop,) = judged.drops.to_pylist()
    assert drop["detail"].startswith("2.00 of 5: ")
