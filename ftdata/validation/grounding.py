"""Whether answers stand in their documents, told from the stored tables alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pyarrow as pa

_OPENING = re.compile(r"(?:Yes|No)\. ")
_Piece = tuple[int, str]  # where it begins in the document, and its text


def ungrounded(examples: pa.Table, sections: pa.Table | None) -> list[str | None]:
    """What of each example's answer is not in its document; None where all of it is.

    `examples` has the columns `conversation_id` (the section), `messages`, `spans` and `kind`;
    `sections` those of the table `documents`. Every span must hold, letter for letter, what its
    section has at that place of the document, and no letter of the answer may stand outside of
    spans but the word that a yes or no question is answered with. Rows without spans (written by a
    model, or declines) are judged elsewhere.
    """
    known = _pieces(sections) if sections is not None else {}
    columns = (
        examples.column(name).to_pylist() for name in ("conversation_id", "messages", "spans")
    )
    return [
        _fault(messages[-1]["content"], spans, known.get(section, ())) if spans else None
        for section, messages, spans in zip(*columns, strict=True)
    ]


def _pieces(sections: pa.Table) -> dict[str, list[_Piece]]:
    """The pieces of the document that each section holds, by where they begin."""
    columns = (sections.column(name).to_pylist() for name in ("id", "blocks"))
    return {
        section: sorted(
            {
                (
                    span["start"],
                    block["text"][span["at"] : span["at"] + span["end"] - span["start"]],
                )
                for block in blocks
                for span in block["spans"]
            }
        )
        for section, blocks in zip(*columns, strict=True)
    }


def _fault(answer: str, spans: Sequence[Mapping[str, Any]], pieces: Sequence[_Piece]) -> str | None:
    edges = [0]
    for span in spans:
        start, end, at = span["start"], span["end"], span["at"]
        said = answer[at : at + end - start]
        if len(said) != end - start or said != _text_at(pieces, start, end):
            return "a span is not what its section has there"
        edges += [at, at + end - start]
    edges.append(len(answer))
    return _unsourced(answer, pairwise(edges))


def _unsourced(answer: str, gaps: Iterable[tuple[int, int]]) -> str | None:
    for number, (start, end) in enumerate(gaps):
        if number % 2:
            continue  # a span
        if start > end:
            return "spans overlap"
        outside = answer[start:end]
        if start == 0 and (opening := _OPENING.match(outside)):
            outside = outside[opening.end() :]
        if any(map(str.isalpha, outside)):
            return "words outside of spans"
    return None


def _text_at(pieces: Sequence[_Piece], start: int, end: int) -> str | None:
    """What the section has from `start` to `end` of the document; None where it has not all."""
    at = bisect_right(pieces, (start, "\U0010ffff")) - 1
    while at >= 0:  # pieces of joined sections may overlap
        first, text = pieces[at]
        if first <= start and end <= first + len(text):
            return text[start - first : end - first]
        at -= 1
    return None
