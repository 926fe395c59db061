"""What the report and the card say of the largest group."""

from dataclasses import replace

from ftdata.release.largest_group import largest_group_note, largest_group_section
from ftdata.release.plan import LargestGroup

GIANT = LargestGroup(
    group_id="log_1",
    size=4_321,
    examples=40_000,
    is_giant=True,
    ties={"prompt": 14, "turn": 4_300},
    shared_kind="turn",
    shared_by=4_299,
    excerpt="Hello <b>there</b> | choose [EMAIL]",
    samples=("log_1", "log_2"),
    advice="drop it with cleaning.drop_patterns",
)
SMALL = replace(GIANT, is_giant=False, examples=400_000)
ALONE = replace(GIANT, is_giant=False, size=1, ties={}, shared_kind="", samples=(), excerpt="")


def test_a_giant_is_told_with_what_ties_it_and_what_to_do():
    text = largest_group_section(GIANT)
    assert "holds 4,321 of 40,000 (10.8 %), more than `checks.max_group_share`." in text
    assert "4,299 of its 4,321 examples share one user turn" in text
    assert "To make it smaller: drop it with cleaning.drop_patterns." in text
    assert text.index("| turn | 4,300 |") < text.index("| prompt | 14 |")


def test_text_of_a_log_makes_no_markup():
    for text in (largest_group_section(GIANT), largest_group_note(GIANT)):
        assert "<b>" not in text
        assert r"Hello &lt;b&gt;there&lt;/b&gt; \| choose \[EMAIL\]" in text


def test_a_group_of_ordinary_size_is_told_without_a_warning():
    text = largest_group_section(SMALL)
    assert "(1.1 %)." in text
    assert "To make it smaller" not in text
    assert largest_group_note(SMALL) is None


def test_examples_without_ties_have_no_group_to_tell_of():
    for none in (ALONE, None):
        assert largest_group_section(none) == "No two examples are tied to each other."
        assert largest_group_note(none) is None
