from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.augmentation.simplifying import simplify_request


@pytest.mark.parametrize(
    ("text", "simpler"),
    [
        ("Hi! Could you please tell me when you open? Thanks.", "Tell me when you open."),
        ("Hello there. what is on tonight", "What is on tonight"),
        ("I have a question. Is there a pool?", "Is there a pool?"),
        ("I was wondering if you could suggest a book.", "Suggest a book."),
        ("I would like to know how it ends.", "Tell me how it ends."),
        ("You are an architect. Please list the parts.", "You are an architect. List the parts."),
        ("So, can I please have the list?", "Can I have the list?"),
        ("ok, what is the price of it?", "What is the price of it?"),
    ],
)
def test_the_bare_request_remains(text: str, simpler: str) -> None:
    assert simplify_request(text) == simpler


@pytest.mark.parametrize(
    "text",
    [
        "Tell me when you open.",
        "Is it legal to chew gum in town?",
        "Hi! Thanks a lot.",
        "Can you find gold in Alaska?",
        "Could you please?",
        "",
    ],
)
def test_where_nothing_stands_around_a_request_it_stays(text: str) -> None:
    assert simplify_request(text) is None


@given(
    st.lists(
        st.sampled_from(
            [
                "Hi!",
                "Please",
                "could you",
                "tell me",
                "the price",
                "so,",
                "thanks.",
                "now?",
                "Rome.",
            ]
        ),
        max_size=10,
    )
)
def test_what_is_bare_stays_so(parts: list[str]) -> None:
    simpler = simplify_request(" ".join(parts))
    if simpler is not None:
        assert len(simpler) < len(" ".join(parts))
