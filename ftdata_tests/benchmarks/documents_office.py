"""How much of the words of html, docx and pdf files the readers find, by a converter's opinion."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from ftdata.documents.docx import read_docx
from ftdata.documents.html import read_html
from ftdata.documents.parsed import RejectedDocumentError
from ftdata.documents.pdf import read_pdf
from ftdata.settings_documents import Documents

_READERS = {".docx": read_docx, ".html": read_html, ".pdf": read_pdf}
_MARKUP = re.compile(r"<!--.*?-->|\]\([^()\s]*\)", re.DOTALL)


def office_scores(data: Path) -> dict[str, float]:
    """Token F1 of each file of `docs/office` against its `.expected.md`, by file name.

    Tokens are a multiset of lower-cased runs of `[a-z0-9]`, comments and link targets left out. A
    rejected file has 0.
    """
    scores: dict[str, float] = {}
    for path in sorted((data / "docs" / "office").iterdir()):
        expected = path.with_name(f"{path.name}.expected.md")
        reader = _READERS.get(path.suffix)
        if reader is None or not expected.exists():
            continue
        try:
            text = reader(path.read_bytes(), Documents()).text
        except RejectedDocumentError:
            text = ""
        scores[path.name] = token_f1(text, expected.read_text(encoding="utf-8"))
    return scores


def token_f1(text: str, expected: str) -> float:
    """The harmonic mean of precision and recall of tokens; 1 where both texts have none."""
    found, wanted = _tokens(text), _tokens(expected)
    total = found.total() + wanted.total()
    return 2 * (found & wanted).total() / total if total else 1.0


def _tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"[a-z0-9]+", _MARKUP.sub(" ", text).lower()))
