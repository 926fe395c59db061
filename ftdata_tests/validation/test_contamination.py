"""Which examples contain which items: verbatim ones always, boilerplate and common words never."""

import random
from collections import Counter
from pathlib import Path

import orjson
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.tables import MESSAGE
from ftdata.validation.contamination import find_contamination
from ftdata.validation.evaluation_index import index_evaluations
from ftdata_tests.benchmarks.contamination_truth import measure_probes
from ftdata_tests.validation.given import message, talk

DATA = Path(__file__).parents[3] / "shared" / "data"
TRAIN = (
    "A train travels 270 miles in 3 hours. At the same rate, how many additional hours would it"
    " take to travel an additional 180 miles?"
)
CODE = (
    "def mean(numbers):\n    if not numbers:\n        return None\n"
    "    return sum(numbers) / len(numbers)  # of [1.0, 2.5]\n"
)
CHINESE = "一列火车三小时行驶二百七十英里以同样的速度再行驶一百八十英里需要多少小时"
STUDY = "Margaret Mead suggested that:"
ANSWERS = (
    "adolescence and gender roles varied between societies",
    "gender roles in three New Guinea societies were identical",
    "adolescence is a time of calm compared to Japan",
)
RULES = "Read the question with care, think about it step by step and answer it with one letter."


def hits(items, *examples, min_coverage=0.5, ngram=13):
    """(row, item, coverage) for texts, or lists of messages."""
    index = index_evaluations(
        [(i,) if isinstance(i, str) else i for i in items], ngram, min_coverage
    )
    talks = [talk(e) if isinstance(e, str) else e for e in examples]
    found = find_contamination(pa.array(talks, pa.list_(MESSAGE)), index)
    columns = (found.rows.tolist(), found.items.tolist(), found.coverage.round(3).tolist())
    return list(zip(*columns, strict=True))


@pytest.mark.parametrize("item", [TRAIN, CODE, CHINESE, "How many legs has a spider?"])
def test_a_verbatim_item_is_covered_whole(item):
    assert hits([item], f"Help me with this: {item} Thanks.", "Something else.") == [(0, 0, 1)]
    assert hits([item], item.upper().replace(" ", "\t\n")) == [(0, 0, 1)]
    assert hits([item], talk("A task for you.", f"I would say: {item}")) == [(0, 0, 1)]


def test_an_item_over_two_messages_is_covered_whole():
    first, last = TRAIN.split(" At the ")
    assert hits([TRAIN], talk(first, f"At the {last}")) == [(0, 0, 1)]


def test_what_stands_in_two_examples_is_in_neither():
    first, last = TRAIN.split(" At the ")
    assert hits([TRAIN], first, f"At the {last}", min_coverage=0.99) == []


def test_system_messages_do_not_count():
    said = [message("system", TRAIN), *talk("Hello there.", "Hello.")]
    assert hits([TRAIN], said) == []


def test_tool_calls_count():
    arguments = orjson.dumps({"code": CODE}).decode()
    calls = orjson.dumps([{"function": {"name": "run", "arguments": arguments}}]).decode()
    asked = [*talk("Run it."), message("assistant", None, tool_calls=calls)]
    assert hits([CODE], asked) == [(0, 0, 1)]


def test_a_part_is_covered_in_part():
    cut = TRAIN.split(" to travel an", maxsplit=1)[0]  # 19 of 24 words
    assert hits([TRAIN], cut) == [(0, 0, round(len(cut.split()) / len(TRAIN.split()), 3))]
    assert hits([TRAIN], cut, min_coverage=0.9) == []


def test_an_edit_of_one_word_costs_little():
    story = " ".join(f"word{i}" for i in range(60))
    assert hits([story], story.replace("word30", "other")) == [(0, 0, round(59 / 60, 3))]


def test_a_sentence_before_every_question_says_nothing():
    items = [f"{RULES} Question {i}: {TRAIN.replace('270', str(i))}" for i in range(30)]
    topic = f"{RULES} What is the weather like in the mountains in the month of May this year?"
    assert hits(items, topic, min_coverage=0.2) == []
    assert (0, 7, 1) in hits(items, items[7])


def test_copies_of_an_item_are_all_named():
    assert hits([TRAIN, CODE, TRAIN.lower()], TRAIN) == [(0, 0, 1), (0, 2, 1)]


@pytest.mark.parametrize(
    ("item", "example", "found"),
    [
        ("Who are you?", "Who are you sending the money to?", False),
        ("Who are you?", "who are you", True),
        ("Can pigs fly?", "Tell me: can pigs fly?", False),
        ("Why not?", "Why not?", False),  # two words are nobody's
        ("Do you like green eggs?", "Tell me, do you like green eggs and ham?", True),
        ("?!", "?!", False),
    ],
)
def test_short_items_count_as_a_whole(item, example, found):
    assert bool(hits([item], example)) is found


def test_a_short_item_is_whole_even_where_runs_are_shorter():
    assert hits(["Who invented peanut butter?"], "who invented peanut", ngram=3) == []
    assert hits(["Who invented peanut butter?"], "WHO invented peanut butter", ngram=3)


def test_what_cannot_be_compared_is_listed():
    assert index_evaluations([(TRAIN,), ("Why?",), ("?!",)], 13, 0.5).too_short.tolist() == [1, 2]
    assert hits(["Why?", "?!"], "Why?") == []


def test_a_short_question_is_told_by_its_choices():
    generic = "Which of the following statements is true?"
    item = (generic, *ANSWERS)
    assert hits([item], f"{generic} The sky is green or the grass is blue.") == []
    lettered = "\n".join(f"{letter}. {text}" for letter, text in zip("CBA", ANSWERS, strict=True))
    assert hits([item], f"{generic}\n{lettered}") == [(0, 0, 1)]
    assert hits([(STUDY, *ANSWERS)], f"{STUDY}\n{lettered}") == [(0, 0, 1)]


def test_a_long_question_needs_no_choices():
    assert hits([(TRAIN, *ANSWERS)], TRAIN) == [(0, 0, 1)]


def test_choices_of_a_word_do_not_help():
    assert hits([("How many legs has a spider?", "6", "8")], "How many legs has a spider?")


def test_no_examples_and_empty_examples():
    assert hits([TRAIN]) == []
    assert hits([TRAIN], [], [message("user", None)], TRAIN) == [(2, 0, 1)]


def runs_of(text):
    """Runs of five words, and where each begins."""
    said = text.split()
    return [(tuple(said[i : i + 5]), i) for i in range(len(said) - 4)]


def share(item, example, holders):
    """Of the definition, by plain loops: `holders` counts the items that hold a run."""
    held = {run for run, _ in runs_of(example)}
    whole, covered = [0.0] * len(item.split()), [0.0] * len(item.split())
    for run, begin in runs_of(item):
        for word in range(begin, begin + 5):
            whole[word] = max(whole[word], 1 / holders[run])
            if run in held:
                covered[word] = max(covered[word], 1 / holders[run])
    return sum(covered) / sum(whole)


@pytest.mark.parametrize("vocabulary", ["ab", "abcd", "abcdefgh"])
@pytest.mark.parametrize("limit", [0.05, 0.31, 0.83])
def test_hits_are_those_of_the_definition(vocabulary, limit):
    drawn = random.Random(f"{vocabulary} {limit}")
    texts = [" ".join(drawn.choices(vocabulary, k=drawn.randint(5, 24))) for _ in range(90)]
    items, examples = list(dict.fromkeys(texts[:60])), texts[50:]
    holders = Counter(run for item in items for run in {run for run, _ in runs_of(item)})
    expected = [
        (row, number, round(found, 3))
        for row, example in enumerate(examples)
        for number, item in enumerate(items)
        if (found := share(item, example, holders)) >= limit
    ]
    assert hits(items, *examples, min_coverage=limit, ngram=5) == expected
    assert len(expected) > 10


TEXTS = st.lists(st.sampled_from("abcdef"), min_size=5, max_size=24).map(" ".join)


@given(st.lists(TEXTS, min_size=2, max_size=12), st.integers(0, 12))
def test_examples_are_judged_each_by_itself(examples, cut):
    items = [examples[0], examples[-1]]
    index = index_evaluations([(item,) for item in items], 5, 0.3)
    parts = [pa.array([talk(e) for e in part], pa.list_(MESSAGE)) for part in
             (examples[:cut], examples[cut:])]  # fmt: skip
    whole = hits(items, *examples, min_coverage=0.3, ngram=5)
    found = find_contamination(pa.chunked_array(parts), index)
    assert list(zip(found.rows.tolist(), found.items.tolist(), strict=True)) == [
        (row, item) for row, item, _ in whole
    ]
    alone = [hit[1:] for e in examples for hit in hits(items, e, min_coverage=0.3, ngram=5)]
    assert alone == [(item, coverage) for _, item, coverage in whole]


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here")
def test_real_items_are_found_and_clean_texts_are_not():
    found = measure_probes(DATA)
    assert found["decontam_verbatim_recall"] == 1
    assert found["decontam_clean_probes"] == 1_236
    assert found["decontam_false_hits"] <= 2
