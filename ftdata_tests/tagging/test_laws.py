"""Whatever users say, every tag is one of its set, and the same twice."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.tagging.complexity import complexity_of
from ftdata.tagging.domain import domain_of
from ftdata.tagging.said import MAX_CHARS, Said
from ftdata.tagging.task_type import task_type_of
from ftdata.tagging.tone import tone_of
from ftdata.tagging.values import tag_sets
from ftdata_tests.tagging.saying import said

PIECES = st.sampled_from(
    [
        "please",
        "Write a poem",
        "?",
        "!!!",
        "```",
        "how do I",
        "my laptop is",
        "翻訳",
        "ÄÖ",
        "\n- ",
        ":)",
    ]
)
RULES: dict[str, Callable[[Said], str]] = {
    "complexity": complexity_of, "domain": domain_of, "task_type": task_type_of, "tone": tone_of
}  # fmt: skip


@given(
    st.lists(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=8), max_size=4),
    st.sampled_from([None, "en", "de", "ja", "xx"]),
)
def test_tags_are_in_their_sets(prompts: list[list[str]], language: str | None) -> None:
    texts = [" ".join(pieces) for pieces in prompts]
    for name, rule in RULES.items():
        value = rule(said(*texts, language=language))
        assert value in tag_sets(())[name]
        assert value == rule(said(*texts, language=language))


@pytest.mark.parametrize(
    "piece",
    [
        "\n",
        " ",
        "a",
        "1 how many ",
        "how many 1 ",
        "; ",
        "AB, ",
        "as a ",
        "1. ",
        "{",
        "x ",
        "dear ",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    # A pattern that is quadratic in the text takes a second for these few thousand characters.
    text = (piece * MAX_CHARS)[:MAX_CHARS]
    start = process_time()
    for rule in RULES.values():
        rule(said(f"{text}?"))
    assert process_time() - start < 0.3
