"""Names of persons: behind cues, by the lists, and the capitalised words that are none."""

import pytest

from ftdata.cleaning.pii.person import PERSON_BY_CUE
from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "My name is ‹Yusuf Rossi›, and my zip code is 19122.",
        "my name is ‹borna jerkovic› but everyone calls me ‹Zorblat›",
        "Dear ‹Olivia›,\n\nall is well.\n\nRegards,\n‹Quin Zorblat›",
        "Hi ‹Amelia›, this is ‹Thorvald›.",
        "Mr. ‹McCray›, Dr. ‹Dan R. Lightfoot›, MD, Mme ‹Lefèvre›, Frau ‹Grün›, Sra. ‹Pérez›",
        "The name on the account is ‹Kelsey Bustos›",
        "Maybe it's under the name ‹Chihiro Fukunaga›",
        "Me llamo ‹Lucía Gómez›. Je m'appelle ‹Zoé›. Ich heiße ‹Jürgen›. Mi chiamo ‹Giulia›.",
        "Meu nome é ‹João›. Ik heet ‹Pieter›.",
        "Name: ‹Ebony Moore›\nPhone: 1",
        "‹Zorblat› lives in a house; ‹Quentina›'s wife, too",
    ],
)
def test_names_behind_cues(marked):
    expect("PERSON", marked)


@pytest.mark.parametrize(
    "marked",
    [
        "‹Robert C. Vazquez›, M.D., met ‹Ludwig van der Meer› and ‹Conor O'Brien›'s son.",
        "It was ‹Jean-Luc Dupont›, ‹José de la Cruz› or ‹Nguyen Thi Lan›.",
        "I follow up with ‹olga krylova› and ‹natasha ivanova› soon",
        "‹Grace Wilson› and ‹Will Johnson› came",
        "‹Feng Haoran›: I met ‹Zheng Wenbo›",
        "It was by ‹Terence Vassiliev›. Is there a better one than early ‹Vassiliev›?",
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
    text = "My name is Yusuf Rossi. I saw Robert Miller."
    assert [text[slice(*place)] for place in PERSON_BY_CUE.find(text)] == ["Yusuf Rossi"]
