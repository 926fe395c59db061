"""Overlaps, lists, and the second look beside placeholders."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.pii.finder import find_settled, merge, open_finder
from ftdata.cleaning.pii.recogniser import Found
from ftdata.settings_pii import Pii
from ftdata_tests.cleaning.pii.planted import TEXTS


def found(text, **options):
    return [(text[start:end], entity) for start, end, entity in open_finder(Pii(**options))(text)]


def test_overlaps_go_to_the_earlier_entity_as_a_whole():
    places = [Found(0, 5, "EMAIL"), Found(3, 9, "URL"), Found(9, 12, "IP")]
    assert merge(places, ["URL", "EMAIL"]) == [Found(0, 9, "URL"), Found(9, 12, "IP")]
    assert merge(places[::-1], ["EMAIL", "URL"]) == [Found(0, 9, "EMAIL"), Found(9, 12, "IP")]


def test_only_what_is_named_is_found():
    assert found("bob@corp.org 93.184.216.34", entities=("IP",)) == [("93.184.216.34", "IP")]


def test_denied_words_are_found_whole_and_in_any_case():
    assert found("C++ and c++; abc++", deny={"SECRET": ("c++",)}) == [
        ("C++", "SECRET"), ("c++", "SECRET")
    ]  # fmt: skip


def test_the_owners_lists_are_read_in_every_spelling():
    assert found("Ａ社 and A社", deny={"SECRET": ("Ａ社",)}) == [
        ("Ａ社", "SECRET"),
        ("A社", "SECRET"),
    ]
    assert found("bob%40corp.org, bob＠corp.org", allow={"EMAIL": ("bob＠corp.org",)}) == []


@given(TEXTS, st.permutations(["EMAIL", "SECRET", "PHONE", "CREDIT_CARD", "SSN", "IP", "IBAN"]))
def test_settled_places_lie_apart_and_leave_nothing(text, entities):
    find = open_finder(Pii(entities=tuple(entities)))
    places = find_settled(text, find, entities)
    assert all(0 <= start < end <= len(text) for start, end, _ in places)
    assert all(one.end <= two.start for one, two in pairwise(places))
    tagged, done = "", 0
    for start, end, entity in places:
        tagged += text[done:start] + f"[{entity}]"
        done = end
    assert find(tagged + text[done:]) == []


@pytest.mark.parametrize("shape", ["EMAIL", "[EMAIL]"])
def test_a_finder_that_finds_its_own_placeholder_comes_to_an_end(shape):
    def find(text):
        at = text.find(shape)
        return [Found(at, at + len(shape), "EMAIL")] if at >= 0 else []

    assert find_settled(f"an {shape}!", find, ["EMAIL"]) == [Found(3, 3 + len(shape), "EMAIL")]
