"""Ids of users that are words."""

import pytest

from ftdata.cleaning.pii.account_words import is_account_word


@pytest.mark.parametrize("word", ["support", "Anonymous", "CUSTOMER", "billing", "straße", "thank"])
def test_an_ordinary_word_is_no_id_of_a_person(word):
    assert is_account_word(word)


@pytest.mark.parametrize("user", ["mariagonzalez", "marcelofz", "zblatq", "JSchmidtke"])
def test_what_is_no_word_may_be_one(user):
    assert not is_account_word(user)
