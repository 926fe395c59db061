"""Ordinary words that serve as ids of users: looked for in texts, they would take what is no id."""

from __future__ import annotations

import importlib
from functools import cache

from ftdata.cleaning.pii.names import is_ordinary


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Accounts of nobody, departments, plans.
_ACCOUNTS = _set(
    """
    administrator anonymous anonymized assistant billing business chatbot client clients consumer
    customers deleted delivery developer engineering engineer enterprise everyone external finance
    internal invalid logistics manager marketing member members moderator newsletter nobody
    operations operator orders owner partner partners payment payments personal premium private
    production professional public purchase purchasing recipient refund refunds registered
    reporting resident returns reviewer sandbox security sender services shipping standard student
    subscriber supervisor supplier support system systems teacher technical technician testing
    tester testuser trainee trainer undefined unknown usuario utilisateur benutzer kunde cliente
    vendor visitor volunteer webmaster website worker hostmaster postmaster noreply
    """
)
_LOCALES = ("en_US", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL")  # of Faker (MIT)


def is_account_word(word: str) -> bool:
    """Whether a word, in any case, is an ordinary one, or the account of nobody."""
    folded = word.casefold()
    return folded in _ACCOUNTS or is_ordinary(folded) or folded in _common_words()


@cache
def _common_words() -> frozenset[str]:
    """Common words of some languages, read once, when they are first asked for."""
    return frozenset(
        word.casefold()
        for locale in _LOCALES
        for word in importlib.import_module(f"faker.providers.lorem.{locale}").Provider.word_list
    )
