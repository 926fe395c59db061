"""Shingles against the words of `text.py`, cut by hand."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.dedup.shingles import shingle_texts
from ftdata.text import same_key, words

AWKWARD = "aAbZ09_ .,-é É\u0301e\u0301ßẞΣςИ中文\0\n’“😀\ud800ªº½²٣ﬁİıK\u0345\x1eक्षि"
TEXTS = st.lists(st.text(alphabet=AWKWARD, max_size=30), max_size=12)


def sets_of(texts, kind="word", size=1):
    found = shingle_texts(texts, kind, size)
    return [
        tuple(found.hashes[start:end].tolist())
        for start, end in zip(found.offsets[:-1], found.offsets[1:], strict=True)
    ]


def runs(tokens, size):
    """The n-grams by hand; the whole of what is shorter."""
    if not tokens:
        return frozenset()
    many = range(max(len(tokens) - size + 1, 1))
    return frozenset(tuple(tokens[at : at + size]) for at in many)


@pytest.mark.parametrize(("kind", "size"), [("word", 1), ("word", 3), ("character", 5)])
@given(texts=TEXTS)
def test_two_texts_have_the_same_shingles_exactly_where_they_do_by_hand(texts, kind, size):
    by_hand = [
        runs(words(text) if kind == "word" else list(" ".join(words(text))), size) for text in texts
    ]
    found = sets_of(texts, kind, size)
    for mine, theirs in zip(found, by_hand, strict=True):
        assert len(mine) == len(theirs)
        assert list(mine) == sorted(set(mine))
        for other, other_by_hand in zip(found, by_hand, strict=True):
            assert len(set(mine) & set(other)) == len(theirs & other_by_hand)


@given(TEXTS)
def test_the_hash_of_a_text_is_that_of_its_words_in_order(texts):
    hashes = shingle_texts(texts, "word", 1).texts.tolist()
    keys = [same_key(text) for text in texts]
    for i, mine in enumerate(hashes):
        assert [mine == theirs for theirs in hashes] == [keys[i] == key for key in keys]


def test_shingles_do_not_depend_on_the_block_in_which_they_are_made():
    texts = [f"text {n} " + "word " * (n % 50) + "é" * (n % 3) for n in range(300)]
    texts.append(" ".join(f"w{n}" for n in range(60_000)))  # a block by itself
    together = shingle_texts(texts, "word", 2)
    apart = [shingle_texts([text], "word", 2) for text in texts]
    assert np.array_equal(together.hashes, np.concatenate([part.hashes for part in apart]))
    assert np.array_equal(together.texts, np.concatenate([part.texts for part in apart]))


def test_no_text_that_normalisation_changes_is_left_as_it_is():
    # Every pair that Unicode composes to one character, written as the pair.
    decomposed = (unicodedata.decomposition(chr(point)) for point in range(0x110000))
    pairs = [
        "".join(chr(int(part, 16)) for part in parts.split())
        for parts in decomposed
        if parts and not parts.startswith("<")
    ]
    texts = [f"x{pair}y" for pair in pairs]
    composed = [unicodedata.normalize("NFC", text) for text in texts]
    assert len(texts) > 1_500
    assert sets_of(texts) == sets_of(composed)


def test_the_long_words_of_a_log_are_told_apart():
    token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9" * 40
    first, second, third = sets_of([token, token + "x", "x" + token])
    assert len({first, second, third}) == 3
