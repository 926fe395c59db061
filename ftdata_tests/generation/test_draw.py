from collections import Counter

from ftdata.generation.draw import Draw


def test_the_same_key_draws_the_same():
    one, other = Draw("a"), Draw("a")
    assert [one.unit() for _ in range(40)] == [other.unit() for _ in range(40)]


def test_another_key_draws_otherwise():
    assert [Draw("a").unit()] != [Draw("b").unit()]


def test_draws_are_spread_and_below_one():
    draw = Draw("spread")
    units = [draw.unit() for _ in range(2_000)]
    assert 0 <= min(units) < 0.01
    assert 0.99 < max(units) < 1
    counts = Counter(Draw(str(n)).pick("abcd") for n in range(2_000))
    assert min(counts.values()) > 400


def test_chance_is_a_share():
    hits = sum(Draw(str(n)).chance(0.1) for n in range(2_000))
    assert 140 < hits < 260
