"""Ranges: they hold what is wanted and nothing that would be built again."""

from hypothesis import given
from hypothesis import strategies as st

from ftdata.defs.ranges import Range, cover
from ftdata.keys import PartitionKey

SOURCES = ["c", "a", "b"]  # the registered order is not the alphabetical one
KEYS = [
    PartitionKey(date=f"2025-03-{day:02}", source=source)
    for day in range(1, 8)
    for source in SOURCES
]


def held(chosen: Range) -> set[PartitionKey]:
    order = {source: at for at, source in enumerate(SOURCES)}
    return {
        key
        for key in KEYS
        if chosen.first.date <= key.date <= chosen.last.date
        and order[chosen.first.source] <= order[key.source] <= order[chosen.last.source]
    }


@given(st.sets(st.sampled_from(KEYS)), st.sets(st.sampled_from(KEYS)))
def test_ranges_hold_all_that_is_wanted_and_nothing_else(wanted, others):
    others -= wanted
    ranges = cover(wanted, others, SOURCES)
    all_held = set().union(*map(held, ranges)) if ranges else set()
    assert wanted <= all_held
    assert not others & all_held
    assert sum(len(held(r) & wanted) for r in ranges) == len(wanted)


def test_an_empty_project_takes_one_run():
    assert len(cover(KEYS, [], SOURCES)) == 1


def test_a_new_day_of_every_source_takes_one_run():
    new = {key for key in KEYS if key.date == "2025-03-07"}
    assert len(cover(new, set(KEYS) - new, SOURCES)) == 1
