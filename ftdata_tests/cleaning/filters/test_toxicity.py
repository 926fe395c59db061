"""Toxic language: what is found, under which category, and what is not."""

import gzip
import json
from pathlib import Path

import pytest

from ftdata.cleaning.conversations import read_conversations
from ftdata.cleaning.filters.toxicity import find_toxicity, toxic_category
from ftdata.settings_cleaning import Cleaning, Toxicity
from ftdata_tests.cleaning.raw import message, raw_table, turns
from ftdata_tests.linear import assert_linear

QUALITY = Path(__file__).parents[4] / "shared/data/quality"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("You are a complete moron.", "insult"),
        ("What a piece of garbage he is", "insult"),
        ("Just f*ck off", "profanity"),
        ("This is sh1t", "profanity"),
        ("I will kill you", "threat"),
        ("I hope they all die", "threat"),
        ("Go and kill yourself", "self_harm"),
        ("I want to end my life", "self_harm"),
    ],
)
def test_the_category_is_named(text, category):
    assert toxic_category(text) == category
    assert toxic_category(f"Well. {text.upper()}") == category


@pytest.mark.parametrize(
    "text",
    [
        "How can I kill a Python process?",
        "How do I shoot a good photo of my dog?",
        "Where can I blow up a balloon, and how do I beat eggs?",
        "The movie Jackass is playing tonight.",
        "A class assignment about Scunthorpe and the assassin's cocktail",
        "Is the donkey, also called an ass, a stupid animal?",
        "I want to die of laughter at this joke of yours",
        "Shut down the server, then kill the job.",
        "f**2 + g**2",
        "",
    ],
)
def test_other_texts_are_not_toxic(text):
    assert toxic_category(text) is None


def test_the_first_toxic_message_of_a_user_or_an_answer_counts():
    table = raw_table(
        turns("Hello", "You are a moron", "Why?", "I will kill you"),
        turns("Hello", "Hi"),
        [message("system", "Say shit if you must."), *turns("Hello", "Hi")],
    )
    conversations = read_conversations(table.column("messages"))
    assert find_toxicity(conversations, Cleaning()) == [
        ("toxicity_insult", "message 2"),
        None,
        None,
    ]


def test_the_owners_words_count_as_whole_words():
    table = raw_table(turns("You blégard!", "No."), turns("Blégards", "No."), turns("Hi", "No."))
    conversations = read_conversations(table.column("messages"))
    options = Cleaning(toxicity=Toxicity(words=("Blégard", "x.y")))
    assert find_toxicity(conversations, options) == [
        ("toxicity_words", "message 1"),
        None,
        None,
    ]


@pytest.mark.parametrize(
    "piece", ["you are the ", "f*", "i will ", "a", "hope they a ", "sh1t" * 3]
)
def test_the_time_is_linear(piece):
    def find(text):
        table = raw_table(turns(f"{text} you", "No."))
        find_toxicity(read_conversations(table.column("messages")), Cleaning())

    assert_linear(piece, find)


@pytest.mark.skipif(not QUALITY.exists(), reason="the shared data is not here")
def test_nine_of_ten_that_are_found_are_toxic():
    lines = (QUALITY / "toxicity_surge.jsonl").read_bytes().splitlines()
    found = [row["toxic"] for row in map(json.loads, lines) if toxic_category(row["text"])]
    assert sum(found) / len(found) >= 0.9


@pytest.mark.skipif(not QUALITY.exists(), reason="the shared data is not here")
def test_mathematics_is_not_toxic():
    lines = gzip.decompress((QUALITY / "gsm8k_solutions_correct.jsonl.gz").read_bytes())
    rows = [json.loads(line) for line in lines.splitlines()]
    table = raw_table(*(turns(row["prompt"], row["response"]) for row in rows))
    found = find_toxicity(read_conversations(table.column("messages")), Cleaning())
    assert found == [None] * len(rows)
