"""Words and sameness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.text import WORD, WordHasher, fold, key_of_words, same_key, words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Where is my order?", "where is my ORDER"),
        ("Straße", "STRASSE"),
        ("caf\u00e9", "cafe\u0301"),
        ("  ?!  ", "?!"),
        ("a\tb\nc", "a b c"),
    ],
)
def test_texts_that_are_the_same(left, right):
    assert same_key(left) == same_key(right)


@pytest.mark.parametrize(("left", "right"), [("a b", "b a"), ("?", "!"), ("1", "2"), ("", "a")])
def test_texts_that_differ(left, right):
    assert same_key(left) != same_key(right)


@pytest.mark.parametrize(("text", "key"), [("A  b!", "a b"), (" ?\t! ", "? !"), ("", "")])
def test_a_key_is_the_words_or_else_the_text(text, key):
    assert same_key(text) == key_of_words(words(text), text) == key


@given(st.text(st.characters(codec="ascii")))
def test_the_words_of_ascii_are_runs_of_word_characters(text):
    assert words(text) == WORD.findall(text.lower())


@given(st.text())
def test_folding_is_idempotent_for_words(text):
    assert words(fold(text)) == words(" ".join(words(text))) or not text.isascii()


@given(st.lists(st.text(min_size=1)))
def test_a_word_set_ignores_order_and_repeats(tokens):
    hasher = WordHasher()
    assert hasher.word_set(tokens) == hasher.word_set([*reversed(tokens), *tokens])
    assert hasher.word_set(tokens) == WordHasher().word_set(tokens)
    assert len(hasher.word_set(tokens)) == len(set(tokens))
