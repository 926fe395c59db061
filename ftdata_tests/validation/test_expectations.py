"""What we rely on in Great Expectations: places of unexpected rows, errors, no memory of frames."""

from __future__ import annotations

import gc
import os
import weakref

import pandas as pd

from ftdata.validation.expectations import judge
from ftdata.validation.rules import Rule
from ftdata.validation.rules.rule import absent, at_least, equal, matching, one_of, unique, within

CLAIMS = {
    "long_enough": at_least("n", 2),
    "in_bounds": within("n", 1, 3),
    "n_is_m": equal("n", "m"),
    "letters": matching("letters", "^a", "begins with a"),
    "known": one_of("letters", ["a", "ab"]),
    "faultless": absent("fault"),
    "own_id": unique("id"),
}
RULES = [Rule(name, "A claim.", claim) for name, claim in CLAIMS.items()]


def frame():
    return pd.DataFrame(
        {
            "partition": ["p", "p", "p", "q"],
            "id": ["1", "1", None, "1"],
            "n": [1, 2, 4, 3],
            "m": [1, 0, 4, 3],
            "letters": ["a", "b", "ab", "abc"],
            "fault": [None, None, "late", None],
        }
    )


def places(verdicts):
    return {name: verdict.unexpected.tolist() for name, verdict in verdicts.items()}


def test_every_claim_names_the_places_of_unexpected_rows():
    assert places(judge("formatted", frame(), RULES)) == {
        "long_enough": [0],
        "in_bounds": [2],
        "n_is_m": [1],
        "letters": [1],
        "known": [1, 3],
        "faultless": [2],
        "own_id": [0, 1],
    }


def test_the_next_frame_is_judged_anew():
    judge("formatted", frame(), RULES)
    sound = frame().iloc[[0]].assign(n=3, m=3).reset_index(drop=True)
    assert places(judge("formatted", sound, RULES)) == {name: [] for name in CLAIMS}


def test_nothing_to_judge_is_nothing_unexpected():
    empty = frame().iloc[[0]].assign(n=float("nan"), m=float("nan"), letters=None)
    claims = [rule for rule in RULES if rule.name in ("long_enough", "in_bounds", "letters")]
    assert not any(places(judge("formatted", empty, claims)).values())


def test_frames_are_let_go():
    frames = [frame() for _ in range(4)]
    alive = [weakref.ref(one) for one in frames]
    while frames:
        judge("formatted", frames.pop(), RULES)
    gc.collect()
    assert sum(ref() is not None for ref in alive) <= 1


def test_nothing_is_reported_to_anybody():
    judge("formatted", frame(), RULES)
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"
