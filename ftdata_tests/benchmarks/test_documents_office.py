"""The words that the readers find of the shared office files."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftdata_tests.benchmarks.documents_office import office_scores, token_f1

DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.skipif(not (DATA / "docs" / "office").is_dir(), reason="the shared data are not here")
def test_the_readers_find_the_words_of_the_office_files() -> None:
    scores = office_scores(DATA)
    for kind, least in ((".html", 0.95), (".docx", 0.95), (".pdf", 0.9)):
        of_kind = [score for name, score in scores.items() if name.endswith(kind)]
        assert sum(of_kind) / len(of_kind) >= least, kind


@pytest.mark.parametrize(
    ("text", "expected", "score"),
    [("a b", "A, b!", 1), ("a", "b", 0), ("", "<!-- image -->", 1), ("a b", "[a](b/c) c", 0.5)],
)
def test_token_f1_counts_words_alone(text: str, expected: str, score: float) -> None:
    assert token_f1(text, expected) == score
