"""Every filter of quality takes time linear in the text, whatever the text."""

import pytest

from ftdata.cleaning.filters.echo import find_echoes
from ftdata.cleaning.filters.encoding import find_encoding_damage
from ftdata.cleaning.filters.markup import find_markup
from ftdata.cleaning.filters.placeholder import find_placeholders
from ftdata.cleaning.filters.repetition import find_repetition
from ftdata.cleaning.filters.truncation import find_truncation
from ftdata.cleaning.scores import score_conversations
from ftdata_tests.cleaning.filters.asked import PIECES, seconds


def score(conversations, options):
    return score_conversations(conversations, [[]], [None])


@pytest.mark.parametrize(
    "find",
    [find_echoes, find_encoding_damage, find_markup, find_placeholders, find_repetition,
     find_truncation, score],
)  # fmt: skip
def test_long_texts_of_one_piece_take_no_longer_than_others(find):
    # A quadratic pattern takes minutes for these 100,000 characters.
    for piece in PIECES:
        text = piece * (100_000 // len(piece))
        assert seconds(find, f"x{text}x") < 1, piece
