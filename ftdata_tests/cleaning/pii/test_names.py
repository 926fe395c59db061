"""Lists of names, and the parts that stand for a person."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.pii import name_words
from ftdata.cleaning.pii.names import known_names, name_parts, strip_accents


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Dr. Anna M. van der Meer", ["Anna", "Meer"]),
        ("yusuf o'neil", ["yusuf", "o'neil"]),
        ("Grace Lee-Potter", ["Lee-Potter"]),
        ("May", []),
        ("Li Wu", []),
        ("José de la Peña", ["José", "Peña"]),
        ("", []),
    ],
)
def test_parts_that_stand_alone_for_the_person(name, parts):
    assert name_parts(name) == parts


@given(st.text())
def test_parts_are_pieces_of_the_name(name):
    parts = name_parts(name)
    assert all(part in name and len(part) >= 3 for part in parts)
    assert name_parts(" ".join(parts)) == parts


def test_lists_hold_names_of_many_countries_with_and_without_accents():
    names = known_names()
    assert {"olga", "josé", "jose", "akira", "feng", "björn", "bjorn"} <= names.first
    assert {"müller", "muller", "nguyen", "smith", "okonkwo"} <= names.last
    assert not {"de", "van", ""} & (names.first | names.last)


@pytest.mark.parametrize(("text", "plain"), [("Zoë", "Zoe"), ("Øst", "Øst"), ("a", "a")])
def test_accents_are_stripped(text, plain):
    assert strip_accents(text) == plain


def test_no_word_stands_twice_in_a_list():
    source = Path(name_words.__file__).read_text(encoding="utf-8")
    for words in source.split('_set(\n    """')[1:]:
        counts = Counter(words.partition('"""')[0].split())
        assert counts.most_common(1)[0][1] == 1, counts.most_common(3)
