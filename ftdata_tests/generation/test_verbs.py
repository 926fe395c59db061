import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.generation.verbs import VERBS, base_of, gerund_of, is_imperative


@pytest.mark.parametrize(
    ("verb", "gerund"),
    [
        ("install", "installing"),
        ("create", "creating"),
        ("run", "running"),
        ("set", "setting"),
        ("debug", "debugging"),
        ("see", "seeing"),
        ("verify", "verifying"),
        ("edit", "editing"),
        ("submit", "submitting"),
    ],
)
def test_gerunds(verb, gerund):
    assert gerund_of(verb) == gerund
    assert base_of(gerund, "the") == verb


@given(st.sampled_from(sorted(VERBS)))
def test_every_verb_comes_back_from_its_gerund(verb):
    assert base_of(gerund_of(verb), "the") == verb


@pytest.mark.parametrize(
    ("word", "following", "orders"),
    [
        ("install", "Helm", True),
        ("release", "notes", False),
        ("release", "the", True),
        ("access", "to", False),
        ("use", "of", False),
        ("widget", "the", False),
    ],
)
def test_orders(word, following, orders):
    assert is_imperative(word, following) == orders
