"""Vocabulary and sentence structures, of a sample that the ids alone decide."""

import pyarrow as pa
import pytest

from ftdata.reporting.coded import MAX_VALUES, OTHERS, Coder
from ftdata.reporting.profiles import profile_from
from ftdata.reporting.statistics import as_json
from ftdata.reporting.structures import is_telling, structure_of
from ftdata_tests.reporting.given import chat, examined, example, sound


def vocabulary(*pairs):
    rows = [example(at, messages=chat(*pair)) for at, pair in enumerate(pairs)]
    return examined(rows).parts["all"].vocabulary


def test_words_and_types():
    found = vocabulary(("The tent is torn", "Send the tent back."), ("tent?", "Tent!"))
    assert (found.words, found.types, found.examples) == (10, 6, 2)
    assert found.type_token_ratio == 0.6
    assert [(one.value, one.count) for one in found.top.top] == [
        ("tent", 4), ("back", 1), ("send", 1), ("torn", 1),
    ]  # fmt: skip


def test_runs_of_words_end_with_their_message():
    found = vocabulary(("a b a b", "b a b"))
    assert found.distinct_n == {
        "1": pytest.approx(2 / 7, abs=1e-6),  # a, b of seven
        "2": pytest.approx(2 / 5, abs=1e-6),  # ab, ba of ab ba ab, ba ab
        "3": pytest.approx(2 / 3, abs=1e-6),  # aba, bab of aba bab, bab
    }


@pytest.mark.parametrize("pair", [("", ""), ("one", "")])
def test_hardly_a_word(pair):
    assert vocabulary(pair).distinct_n == {"1": 1, "2": 1, "3": 1}


def test_a_sample_of_more_examples_keeps_what_is_still_among_the_least():
    fewer, more = (
        {one.value for one in examined(rows, sample=10).parts["all"].vocabulary.top.top}
        for rows in (sound(40), sound(120))
    )
    whole = {one.value for one in examined(sound(40)).parts["all"].vocabulary.top.top}
    assert fewer != more
    assert whole - fewer


@pytest.mark.parametrize(
    ("text", "structure"),
    [
        ("To reset your password, go to Settings. Then wait.", "to … your …, … to …."),
        ("to change your e-mail address, go to Profile!", "to … your …, … to …!"),
        ("Person", "…"),
        ("", ""),
        ("?! ...", ""),
        ("… yes", "yes"),
        ("Sure\nHere is the list", "…"),
        ("The 3.5 inch disk: is it here?", "the …: is it here?"),
        ("L'hôtel est fermé.", "… est …."),
        ("はい、できます", "…"),
    ],
)
def test_the_structure_of_a_sentence(text, structure):
    assert structure_of(text) == structure


@pytest.mark.parametrize(
    ("structure", "telling"),
    [("…", False), ("… …", False), ("no ….", False), ("to … your …, … to ….", True)],
)
def test_a_structure_tells_of_a_template_where_stop_words_do(structure, telling):
    assert is_telling(structure) == telling


def test_a_tag_that_differs_in_every_example_does_not_grow_without_end():
    coder = Coder()
    for start in (0, 9_000, 20_000):
        codes = coder.codes(pa.array([str(start + at) for at in range(5_000)]))
    assert len(coder.values) == MAX_VALUES + 1
    assert {coder.values[code] for code in codes} == {OTHERS}
    assert coder.codes(pa.array(["7", None, "never seen"])).tolist() == [7, -1, MAX_VALUES]


def test_a_profile_comes_back_from_json():
    statistics = examined(sound(20))
    told = as_json(statistics)
    assert profile_from(told) == statistics.profile
    assert profile_from({}) is None
    assert profile_from({"profile": {**told["profile"], "colours": {}}}) is None
