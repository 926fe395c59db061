"""Domains by words: the usual ones, those of other languages, and the owner's own."""

from __future__ import annotations

from collections import Counter

import pytest

from ftdata.tagging.domain import domain_of, domain_of_category
from ftdata.tagging.domain_words import STRONG
from ftdata.tagging.values import DOMAINS
from ftdata_tests.tagging.saying import said


@pytest.mark.parametrize(
    ("prompt", "domain"),
    [
        ("I forgot my password", "account"),
        ("I was charged twice, please send a refund", "billing"),
        ("What homework do students have?", "education"),
        ("Which movies are showing?", "entertainment"),
        ("Will it rain today? What's the weather?", "everyday"),
        ("What's my credit score?", "finance"),
        ("A recipe for onion soup", "food"),
        ("I have a fever and a cough", "health"),
        ("The heater in my apartment is cold", "home"),
        ("Can I sue my landlord in court?", "legal"),
        ("How heavy is an atom?", "science"),
        ("Where is my parcel?", "shipping"),
        ("Is this jacket in stock?", "shopping"),
        ("Who was the first president?", "society"),
        ("Sort a list in Python", "software"),
        ("Who won the world cup?", "sports"),
        ("My laptop has no wifi", "technical"),
        ("Is there traffic on the highway?", "transport"),
        ("Book a flight to Rome", "travel"),
        ("How many vacation days are left?", "work"),
        ("Tell me more", "general"),
        ("", "general"),
    ],
)
def test_english(prompt: str, domain: str) -> None:
    assert domain_of(said(prompt)) == domain


@pytest.mark.parametrize(
    ("prompt", "language", "domain"),
    [
        ("Wo ist meine Rechnung?", "de", "billing"),
        ("¿Qué es la inflación del dinero?", "es", "finance"),
        ("Où trouver du pain ?", "fr", "food"),
        ("Quanto costa il volo?", "it", "travel"),
        ("このレストランの料理", "ja", "food"),
        ("我的密码", "zh", "account"),
        ("Python ist schwer", "de", "software"),
    ],
)
def test_other_languages(prompt: str, language: str, domain: str) -> None:
    assert domain_of(said(prompt, language=language)) == domain


def test_one_weak_word_tells_nothing_and_two_do() -> None:
    assert domain_of(said("The phone")) == "general"
    assert domain_of(said("The phone screen")) == "technical"


def test_of_two_domains_that_are_as_strong_the_first_named_wins() -> None:
    assert domain_of(said("a lawyer and a doctor")) == "legal"
    assert domain_of(said("a doctor and a lawyer")) == "health"


def test_own_domains_are_told_by_words_and_phrases_of_any_number() -> None:
    own = (("tents", ("tent", "sleeping bag")), ("boats", ("canoe",)))
    assert domain_of(said("Two sleeping bags, please"), own) == "tents"
    assert domain_of(said("Rent CANOES"), own) == "boats"
    assert domain_of(said("My credit card"), own) == "general"
    assert domain_of(said("zwei Canoe", language="de"), own) == "boats"
    assert domain_of(said("我要 canoe", language="zh"), own) == "boats"


@pytest.mark.parametrize(
    ("category", "domain"),
    [
        ("movie_tickets", "entertainment"),
        ("Finance", "finance"),
        ("rentalcars", "travel"),
        ("general", "general"),
        ("safety_historical_events", "society"),
        ("open_qa", None),
        ("", None),
    ],
)
def test_a_category_may_name_a_domain(category: str, domain: str | None) -> None:
    assert domain_of_category(category) == domain


def test_a_category_may_name_an_own_domain() -> None:
    own = (("Tents & more", ("tent",)),)
    assert domain_of_category("tents_more", own) == "Tents & more"
    assert domain_of_category("tents", own) == "Tents & more"
    assert domain_of_category("finance", own) is None


def test_a_strong_word_stands_under_one_domain() -> None:
    counts = Counter(word for text in STRONG.values() for word in set(text.split()))
    assert [word for word, count in counts.items() if count > 1] == []
    assert {*STRONG, "general"} == {*DOMAINS}
