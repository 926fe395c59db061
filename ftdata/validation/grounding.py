"""Whether answers stand in their documents, told from the stored tables alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pyarrow as pa

_BY_RULES, _DECLINED = "generated/rules", "out_of_scope"
_OPENING = re.compile(r"(?:Yes|No)\. ")
_Piece = tuple[int, str]  # where it begins in the document, and its text


def ungrounded(examples: pa.Table, sections: pa.Table | None) -> list[str | None]:
    """What of each example's answer is not in its document; None where all of it is.

    `examples` has the columns of GENERATED_EXAMPLES, `sections` those of the table `documents`.
    Every span must hold, letter for letter, what its section has at that place of the document, and
    no letter of the answer may stand outside of spans but the word that a yes or no question is
    answered with. What rules took from a document has spans; what a model wrote, and declines, have
    none and are judged where they are made.
    """
    known = _pieces(sections) if sections is not None else {}
    names = ("conversation_id", "messages", "spans", "provenance", "kind")
    columns = (examples.column(name).to_pylist() for name in names)
    faults = []
    for section, messages, spans, provenance, kind in zip(*columns, strict=True):
        if spans:
            faults.append(_fault(messages[-1]["content"], spans, known.get(section, ())))
        else:
            is_taken = provenance == _BY_RULES and kind != _DECLINED
            faults.append("no place in its document is noted" if is_taken else None)
    return faults


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
