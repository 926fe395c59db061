"""Which examples are shown, and the page that shows them."""

from __future__ import annotations

import orjson
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.reviewing.agreement import PairAgreement, reviewer_agreement
from ftdata.reviewing.page import embedded_json, read_embedded, review_page
from ftdata.reviewing.sample import COLUMNS, sample_examples
from ftdata.reviews import Review as Word
from ftdata.settings_review import Oversample, Review
from ftdata.tables import schema

DRAWN = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["web", "app"]), st.booleans()), max_size=60
)


def table(rows: list[tuple[str, str, bool]]) -> pa.Table:
    made = [
        {
            "id": f"e{at}",
            "source": source,
            "tags": [("category", category), *([("flags", "x")] if flagged else [])],
            "scores": [("quality", (at * 7 % 10) / 10)],
            "parent_id": "e0" if at % 5 == 4 else None,
            "provenance": "log",
        }
        for at, (category, source, flagged) in enumerate(rows)
    ]
    stage = schema("validated_splits")
    fields = pa.schema([stage.field(name).with_nullable(True) for name in COLUMNS])
    return pa.Table.from_pylist(made, schema=fields)


@settings(max_examples=50)
@given(DRAWN, st.integers(1, 30), st.data())
def test_every_stratum_has_one_while_there_is_room(drawn, size, data):
    ids = [f"e{at}" for at in range(len(drawn))]
    done = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
    sample = sample_examples(table(drawn), ["category"], Review(size=size), done)
    left = {at for at in range(len(drawn)) if f"e{at}" not in done}
    assert set(sample.rows) <= left
    assert len(sample.rows) == min(size, len(left))
    assert sample.rows == sorted(set(sample.rows))
    assert sum(sample.of.values()) == len(left)
    assert len(set(sample.strata)) == min(size, len(sample.of))


def test_the_seed_decides_and_nothing_else():
    rows = [("a", "web", False)] * 60
    one, again, other = (
        sample_examples(table(rows), ["category"], Review(size=20, seed=seed), ())
        for seed in (1, 1, 2)
    )
    assert one == again
    assert one.rows != other.rows


def test_what_is_likely_to_be_wrong_comes_more_often():
    rows = [("a", "web", at % 10 == 0) for at in range(1_000)]

    def flagged(weight: float) -> int:
        options = Review(size=200, oversample=Oversample(flagged=weight))
        chosen = sample_examples(table(rows), ["category"], options, ()).rows
        return sum(rows[row][2] for row in chosen)

    assert flagged(10) > 2 * flagged(1)
    assert flagged(0) == 0


@given(
    st.recursive(
        st.text() | st.integers(-9, 9),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_embedded_json_is_read_back_and_holds_no_tag(value):
    encoded = embedded_json(value)
    assert orjson.loads(encoded) == value
    assert not {b"<", b">", b"&"} & {encoded[at : at + 1] for at in range(len(encoded))}


def test_a_page_names_its_script_in_its_policy_and_loads_nothing():
    page = review_page("<x>", "0" * 16, [{"id": "</script>"}], {"examples": 1})
    assert read_embedded(page)["examples"] == [{"id": "</script>"}]
    text = page.decode()
    assert "default-src 'none'; script-src 'sha256-" in text
    assert "<title>Review: &lt;x&gt;</title>" in text
    assert text.count("<script") == 2
    assert "http" not in text.replace("http-equiv", "")


def rated(example: str, reviewer: str, rating: float, decision: str | None = None) -> Word:
    return Word(example, reviewer, rating=rating, decision=decision)


def test_agreement_of_those_who_agree_and_of_those_who_do_not():
    words = [rated(f"e{n}", who, n % 5 + 1) for n in range(10) for who in ("ada", "bo")]
    found = reviewer_agreement(words)
    assert found.alpha == pytest.approx(1)
    assert found.pairs == (PairAgreement("ada", "bo", 10, 1.0, 1.0),)
    assert found.reviewers == {"ada": 10, "bo": 10}
    turned = [rated(f"e{n}", "ada", 1 + n % 2 * 4) for n in range(10)]
    turned += [rated(f"e{n}", "bo", 5 - n % 2 * 4) for n in range(10)]
    assert reviewer_agreement(turned).alpha < 0
    assert reviewer_agreement(turned).pairs[0].within_one == 0


def test_krippendorffs_alpha_is_that_of_its_paper():
    # The data of Krippendorff (2011), section C: 12 units, 4 observers; interval alpha .849.
    observed = {
        "A": "1 2 3 3 2 1 4 1 2 . . .", "B": "1 2 3 3 2 2 4 1 2 5 . 3",
        "C": ". 3 3 3 2 3 4 2 2 5 1 .", "D": "1 2 3 3 2 4 4 1 2 5 1 .",
    }  # fmt: skip
    words = [
        rated(f"u{unit}", who, int(value))
        for who, values in observed.items()
        for unit, value in enumerate(values.split())
        if value != "."
    ]
    assert reviewer_agreement(words).alpha == pytest.approx(0.849, abs=0.0005)


def test_torn_examples_are_counted_and_nothing_is_made_of_too_little():
    words = [
        rated("e", "ada", 3, "reject"), Word("e", "bo", decision="keep"), rated("f", "ada", 3),
    ]  # fmt: skip
    found = reviewer_agreement(words)
    assert (found.torn, found.shared, found.alpha, found.pairs) == (1, 0, None, ())
