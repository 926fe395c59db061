from ftdata.generation.kinds.comparison import comparison
from ftdata_tests.generation.written import asked_of, drafts_of, prompts_of

ENTRIES = "- **Dock**: where a widget lives at night\n- **Desk**: where a widget lives by day"


def test_a_heading_that_compares():
    prompts = prompts_of(comparison, ("Docks vs. desks",), "They differ in size and colour.")
    assert "How do docks and desks compare?" in "\n".join(prompts)
    assert drafts_of(comparison, ("Differences between docks and desks",), "They differ.")


def test_two_entries_that_stand_side_by_side():
    (draft,) = drafts_of(comparison, ("Places",), ENTRIES)
    assert draft.answer == (
        "**Dock**: where a widget lives at night\n\n**Desk**: where a widget lives by day"
    )
    assert "What's the difference between Dock and Desk?" in asked_of(
        comparison, ("Places",), ENTRIES, title="Places"
    )


def test_two_terms():
    pieces = ("**Dock:** where it lives at night", "**Desk:** where it lives by day")
    (draft,) = drafts_of(comparison, ("Terms",), *pieces)
    assert draft.answer == "\n\n".join(pieces)


def test_steps_and_plain_lists_are_not_compared():
    assert not drafts_of(comparison, ("Places",), "- a dock by the sea\n- a desk in the house")
    assert not drafts_of(
        comparison,
        ("Checks",),
        "- **Verify the dock**: look at it from all sides\n- **Check the desk**: look at it again",
    )
