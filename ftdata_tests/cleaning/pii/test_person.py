"""Names of persons: behind cues, by the lists, and the capitalised words that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.pii.finder import open_finder
from ftdata.cleaning.pii.person import find_persons
from ftdata.cleaning.pii.redact import redact_text
from ftdata.settings_pii import Pii
from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "My name is ‹Yusuf Rossi›, and my zip code is 19122.",
        "my name is ‹borna jerkovic› but everyone calls me ‹Zorblat›",
        "Dear ‹Olivia›,\n\nall is well.\n\nRegards,\n‹Quin Zorblat›",
        "Hi ‹Amelia›, this is ‹Thorvald›.",
        "Mr. ‹McCray›, Dr. ‹Dan R. Lightfoot›, MD, Mme ‹Lefèvre›, Frau ‹Grün›, Sra. ‹Pérez›",
        "The name on the account is ‹Kelsey Lindgren›",
        "Maybe it's under the name ‹Haruka Tanaka›",
        "Me llamo ‹Lucía Gómez›. Je m'appelle ‹Zoé›. Ich heiße ‹Jürgen›. Mi chiamo ‹Giulia›.",
        "Meu nome é ‹João›. Ik heet ‹Pieter›.",
        "Name: ‹Ebony Walker›\nPhone: 1",
        "‹Zorblat› lives in a house; ‹Quentina›'s wife, too",
    ],
)
def test_names_behind_cues(marked):
    expect("PERSON", marked)


@pytest.mark.parametrize(
    "marked",
    [
        "‹Robert C. Sanchez›, M.D., met ‹Ludwig van der Meer› and ‹Conor O'Brien›'s son.",
        "It was ‹Jean-Luc Dupont›, ‹José de la Cruz› or ‹Nguyen Thi Lan›.",
        "we follow up with ‹olga petrova› and ‹natasha ivanova› soon",
        "‹Grace Wilson› and ‹Will Johnson› came",
        "What about ‹Zorblat William R›, or ‹Gonzalez Maria›?",
        "‹Chen Wei›: I met ‹Wang Ming›",
        "It was by ‹Terence Petrov›. Is there a better one than early ‹Petrov›?",
        "I'm so jealous! said ‹Jonathan› to ‹Damon›",
    ],
)
def test_names_of_the_lists(marked):
    expect("PERSON", marked)


@pytest.mark.parametrize(
    "text",
    [
        "In May and August I will be in Paris, Jordan, Victoria or San Jose.",
        "Will you mark it? Mark it. Can I? May I? Grace and Hope matter.",
        "Lake Louise, Martin Luther King Street, Stanford University, Johnson Park, St. Helena",
        "The name is not relevant. My name is misspelled. The file name is required.",
        "Dear customer, Dear Sir, Hi there, Hello World, Thanks,\nBest",
        "class MyName: PersonX, helm install, the Server Version, README, JSON",
        "[PERSON], Mr. [PERSON], Dear [PERSON], my name is [PERSON] and [PERSON] called",
        "I am Canadian. This is Spain. I'm Sorry.",
        "ordinary words in lower case will mark a may rose",
    ],
)
def test_no_names(text):
    expect("PERSON", text)


def test_cues_alone_ask_no_list():
    text = "My name is Yusuf Rossi. I saw Robert Miller. Rossi"
    found = open_finder(Pii(entities=("PERSON",), names="cues"))(text)
    assert [text[start:end] for start, end, _ in found] == ["Yusuf Rossi", "Rossi"]


PIECES = st.sampled_from(
    [
        "Anna", "Rossi", "Mr.", "Dear", "my name is", "van der", "A.", "I'm", "Zorblat", "olga",
        "Will", "Street", "[PERSON]", "name:", "Regards,\n", "O'Neil's", "12", "\n", ",", ".",
        "12 Oak Street", "born on 4 May 1971", ", Denver, CO 80239", "Suite 5",
    ]
)  # fmt: skip


@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=12))
def test_redacting_twice_is_redacting_once(pieces):
    text = "".join(piece + gap for piece, gap in pieces)
    once = redact_text(text, ["DATE_OF_BIRTH", "ADDRESS", "PERSON"]).text
    assert redact_text(once, ["DATE_OF_BIRTH", "ADDRESS", "PERSON"]).text == once


@given(st.text())
def test_places_are_words_of_the_text(text):
    for start, end in find_persons(text):
        assert 0 <= start < end <= len(text)
        assert text[start].isalpha()
        assert not text[start:end].endswith(" ")
