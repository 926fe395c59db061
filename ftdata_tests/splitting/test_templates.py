"""Ties of prompts, those of templates taken together: against all pairs, and what they cost."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.splitting import templates
from ftdata.splitting.templates import tie_prompts
from ftdata.text import hash64

SLOTS = st.sets(st.integers(100, 130), max_size=3)
PROMPTS = st.tuples(st.sampled_from([range(6), range(9), range(3, 11)]), SLOTS)
SETS = st.lists(PROMPTS.map(lambda prompt: {*prompt[0], *prompt[1]}), max_size=40)


def arrays(sets):
    hashed = [sorted(hash64(str(word)) for word in words) for words in sets]
    offsets = np.cumsum([0, *map(len, hashed)])
    return offsets, np.array([word for words in hashed for word in words], np.uint64)


def tied_pairs(found):
    """The pairs of rows that are tied, each once."""
    standing = {}
    for row, node in zip(found.rows.tolist(), found.nodes.tolist(), strict=True):
        standing.setdefault(node, []).append(row)
    nodes = [*zip(found.left, found.right, strict=True), *((own, own) for own in found.selves)]
    return {
        (a, b) if a < b else (b, a)
        for left, right in nodes
        for a in standing[left]
        for b in standing[right]
        if a != b
    }


@pytest.mark.parametrize(("rare", "many"), [(32, 16), (3, 3), (6, 2)])
@pytest.mark.parametrize("threshold", [0.5, 0.7, 0.85])
@given(sets=SETS)
def test_the_ties_are_those_of_all_pairs(sets, threshold, rare, many):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templates, "_RARE", rare)
        patch.setattr(templates, "_MANY", many)
        found = tie_prompts(*arrays(sets), threshold, 4)
    assert tied_pairs(found) == {
        (a, b)
        for b in range(len(sets))
        for a in range(b)
        if len(sets[a] & sets[b]) / len(sets[a] | sets[b]) >= threshold
    }


def test_a_template_does_not_cost_the_square():
    words = set(range(10))
    sets = [words | {1_000 + number, 100_000 + number} for number in range(20_000)]
    offsets, values = arrays(sets)
    started = time.process_time()
    found = tie_prompts(offsets, values, 0.7, 4)
    assert time.process_time() - started < 5  # 200 million pairs take longer
    assert found.left.size == 0
    assert found.selves[-1] == len(sets)  # one class, all tied
