"""Long sections are cut at their structure, and nothing is lost or moved by it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ftdata.documents.cutting import cut_draft
from ftdata.documents.drafts import Draft, size_of
from ftdata.sections import Block, Span
from ftdata_tests.documents.drafting import drafts, parsed

KINDS = st.sampled_from(["paragraph", "list", "steps", "code", "table", "admonition"])
LABELS = st.sampled_from(["", "1", "3"])


def block(kind, size, label="", *, ends=""):
    text = "x" * size + ends
    return Block(kind, text, (Span(0, len(text), 0),), 1, (), label)


def draft(blocks):
    return Draft(("Guide",), 2, 0, 10, 1, tuple(blocks))


@given(st.lists(st.builds(block, KINDS, st.integers(1, 60), LABELS), min_size=1, max_size=30))
def test_the_parts_are_the_whole_and_are_filled(blocks):
    parts = cut_draft(draft(blocks), 100)
    assert [one for part in parts for one in part.blocks] == blocks
    assert {part.path for part in parts} == {("Guide",)}
    for part in parts:
        heads = [one for one in part.blocks if one.kind not in ("admonition", "steps")]
        assert size_of(part.blocks) <= 100 or len(heads) < len(part.blocks) or len(part.blocks) == 1


def cut_kinds(blocks, most=100):
    return [[one.kind for one in part.blocks] for part in cut_draft(draft(blocks), most)]


def test_a_lead_in_stays_with_what_follows():
    paragraph, code = block("paragraph", 40), block("code", 40)
    lead = block("paragraph", 40, ends=":")
    assert cut_kinds([paragraph, lead, code]) == [["paragraph"], ["paragraph", "code"]]


def test_an_admonition_stays_with_what_it_is_about():
    paragraph, note = block("paragraph", 45), block("admonition", 45)
    assert cut_kinds([paragraph, paragraph, note]) == [["paragraph"], ["paragraph", "admonition"]]


def test_steps_that_go_on_counting_stay_with_their_beginning():
    steps, code, more = block("steps", 60, "1"), block("code", 60), block("steps", 60, "3")
    after = block("paragraph", 60)
    assert cut_kinds([steps, code, more, after]) == [["steps", "code", "steps"], ["paragraph"]]


def test_a_block_that_is_too_long_stays_whole():
    assert cut_kinds([block("table", 500), block("paragraph", 20)]) == [["table"], ["paragraph"]]


def test_parts_are_even():
    parts = cut_draft(draft([block("paragraph", 8)] * 12), 100)
    assert [len(part.blocks) for part in parts] == [7, 5]


def test_the_first_part_has_the_heading():
    text = "# Guide\n\n## Long\n\n" + "One sentence.\n\n" * 20
    (long,) = drafts(text)
    first, *rest = cut_draft(long, 150)
    assert text[first.start :].startswith("## Long")
    assert (first.line, rest[0].line > first.line) == (3, True)
    assert all(text[part.start : part.end].startswith("One sentence.") for part in rest)


def test_a_short_section_is_left_as_it_is():
    (short,) = drafts("# Guide\n\nShort.\n")
    assert cut_draft(short, 100) == [short]
    assert replace(short, blocks=parsed("Short.\n").elements).blocks[0].text == "Short."
