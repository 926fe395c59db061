from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ftdata.generation.mix import candidates, over_share
from ftdata.settings_documents import Generation
from ftdata_tests.generation.written import section_of_pieces

PIECES = (
    "A widget is a small tool that shows a chart on your desk. You can move a widget to the left.",
    "Install it as follows:",
    "1. Download the widget\n2. Unpack the widget",
    "| Option | Default |\n| --- | --- |\n| colour | red |\n| size | large |",
)


def kinds_of(section, **options):
    return [d.kind for d, fault in candidates(section, Generation(**options)) if fault is None]


def test_a_section_has_at_most_so_many_examples():
    section = section_of_pieces(("Install a widget",), *PIECES)
    assert len(kinds_of(section, max_per_section=2)) == 2
    assert len(kinds_of(section, max_per_section=9)) > 3


def test_a_procedure_is_always_among_them():
    for name in "abcdefgh":
        section = section_of_pieces(("Install a widget",), *PIECES, name=name)
        assert "how_to" in kinds_of(section, max_per_section=1)


def test_a_kind_of_weight_zero_is_left_out():
    section = section_of_pieces(("Install a widget",), *PIECES)
    assert "how_to" not in kinds_of(section, kinds={"how_to": 0}, max_per_section=9)


def test_a_section_that_nothing_else_asks_about_is_asked_by_its_heading():
    section = section_of_pieces(("Kibana",), "Look at the charts, then tell your team about them.")
    assert kinds_of(section) == ["question"]


def test_what_is_joined_in_from_another_section_alone_makes_no_example():
    whole = section_of_pieces(("Place a widget",), *PIECES, "Drag the widget to the right.")
    own = whole.blocks[-1].spans[0]
    joined_in = replace(whole, start=own.start, end=own.end)
    options = Generation(max_per_section=9)
    made = [draft for draft, _ in candidates(joined_in, options)]
    assert made
    assert len(made) < len(list(candidates(whole, options)))
    assert all(any(span.end > own.start for span in draft.spans) for draft in made)


def test_the_seed_moves_the_choice():
    section = section_of_pieces(("Install a widget",), *PIECES)
    drawn = {tuple(d.prompt for d, _ in candidates(section, Generation(seed=n))) for n in range(8)}
    assert len(drawn) > 4


ROWS = st.lists(
    st.tuples(st.sampled_from(["question", "summary", "code", "policy", "faq"]), st.integers(0, 9)),
    max_size=90,
)


@given(ROWS, st.sampled_from([0.2, 0.35, 0.5]))
def test_every_kind_is_under_the_cap_but_for_what_a_section_or_a_document_needs(rows, share):
    kinds = [kind for kind, _ in rows]
    sections = [str(section) for _, section in rows]
    dropped = over_share([f"{n}" for n in range(len(rows))], kinds, sections, share)
    left = [n for n in range(len(rows)) if n not in dropped]
    by_section = Counter(sections[n] for n in left)
    assert set(by_section) == set(sections)
    assert all(kinds[n] != "faq" for n in dropped)
    for kind in set(kinds) - {"faq"}:
        own = [n for n in left if kinds[n] == kind]
        is_needed = all(by_section[sections[n]] == 1 for n in own)
        assert is_needed or len(own) <= share * len(left)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_cap_takes_the_same_rows_in_any_order(rows, random):
    numbered = [(f"{n}", kind, str(section)) for n, (kind, section) in enumerate(rows)]
    taken = []
    for given_rows in (numbered, random.sample(numbered, len(numbered))):
        ids, kinds, sections = ([row[column] for row in given_rows] for column in range(3))
        taken.append({ids[n] for n in over_share(ids, kinds, sections, 0.35)})
    assert taken[0] == taken[1]


def test_what_a_later_kind_loses_counts_for_an_earlier_one():
    kinds = ["code"] * 60 + ["summary"] * 100 + ["faq"] * 40
    sections = [str(n % 10) for n in range(200)]
    dropped = over_share([f"row {n}" for n in range(200)], kinds, sections, 0.35)
    left = Counter(kinds[n] for n in range(200) if n not in dropped)
    assert left == {"code": 46, "summary": 46, "faq": 40}


def test_the_cap_holds_where_sections_have_others():
    kinds = ["question"] * 80 + ["summary"] * 30 + ["faq"] * 50
    sections = [str(n % 30) for n in range(160)]
    dropped = over_share([f"row {n}" for n in range(160)], kinds, sections, 0.4)
    left = Counter(kinds[n] for n in range(160) if n not in dropped)
    assert left["question"] <= 0.4 * left.total()
    assert left["question"] + 1 > 0.4 * (left.total() + 1)
    assert left["faq"] == 50


def test_nothing_is_dropped_under_the_cap():
    assert over_share(["a", "b"], ["question", "summary"], ["1", "1"], 0.5) == set()
    assert over_share([], [], [], 0.5) == set()


def test_a_decline_does_not_take_the_place_of_what_a_section_teaches():
    kinds, sections = ["summary", "out_of_scope", "faq"], ["1", "1", "2"]
    assert over_share(["a", "b", "c"], kinds, sections, 0.3) == {1}
