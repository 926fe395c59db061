"""Words that messages share."""

from hypothesis import given
from hypothesis import strategies as st

from ftdata.message_words import indent_some, place_of


@given(st.lists(st.text(alphabet="ab", min_size=1), max_size=15), st.integers(0, 9))
def test_a_list_that_is_cut_says_how_much_is_missing(lines, unread):
    told = indent_some(lines, len(lines) + unread)
    shown = [line for line in told if not line.startswith("  and ")]
    assert len(shown) == min(len(lines), 10)
    missing = len(lines) + unread - len(shown)
    assert told[len(shown) :] == ([f"  and {missing} more"] if missing else [])


def test_every_kind_of_source_has_its_place():
    assert place_of("documents", "help", "2025-03-01") == "documents into raw/help/2025-03-01/"
    assert place_of("examples", "web", "2025-03-01") == "records at raw/web/2025-03-01.jsonl"
    assert "task.md" in place_of("synthetic", "made", "2025-03-01")
    either = place_of(None, "new", "2025-03-01")
    assert "raw/new/2025-03-01.jsonl" in either
    assert "raw/new/2025-03-01/" in either
