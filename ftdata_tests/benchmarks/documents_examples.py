"""Examples made of documents: grounding, kinds, openings, labelled truth, speed; or shown to read.

python -m ftdata_tests.benchmarks.documents_examples --data DIR [--show N [--kind KIND]]
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ftdata.dangling import dangling_phrase
from ftdata.documents.readers import parse_document
from ftdata.generation.examples import generate_examples
from ftdata.generation.reuse import Known
from ftdata.sections import Span
from ftdata.settings_documents import Documents, Generation
from ftdata.tables import StageResult
from ftdata_tests.benchmarks.documents_build import Built, build_sections
from ftdata_tests.benchmarks.documents_figures import Figure, as_lines
from ftdata_tests.benchmarks.documents_truth import Text, truth_figures
from ftdata_tests.generation.grounded import grounding_fault

_MEGABYTE = 1_000_000
_SPEED = 2.0  # MB of section text in a second of one core


def example_figures(data: Path, built: Built) -> Iterator[Figure]:
    """What the rules make of the sections."""
    start = time.process_time()
    result = generate_examples(built.result.table, Generation())
    seconds = time.process_time() - start
    size = sum(len(section.text) for own in built.sections.values() for section in own)
    yield Figure("examples", result.rows_out, note=_counts(result.drops.column("reason")))
    yield Figure("examples, MB of sections a second", size / _MEGABYTE / seconds, _SPEED)
    yield from _variety_figures(result)
    yield from _grounding_figures(data, result)
    texts = {
        document: [Text(_said(row, 0), _said(row, 1)) for row in rows]
        for document, rows in _by_document(result).items()
    }
    yield from truth_figures(data, texts, "examples")
    yield from _reuse_figures(built, result)


def _variety_figures(result: StageResult) -> Iterator[Figure]:
    kinds = result.facts["kinds"]
    note = ", ".join(f"{kind} {count / result.rows_out:.3f}" for kind, count in kinds.items())
    yield Figure("kinds present", len(kinds), 8, note=note)
    yield Figure("largest share of a kind", max(kinds.values()) / result.rows_out, 0.4, True)
    openings = result.facts["distinct_openings"]
    yield Figure("distinct openings", openings, min(200, 0.25 * result.rows_out))
    yield Figure("styles present", len(result.facts["styles"]), 6)


def _grounding_figures(data: Path, result: StageResult) -> Iterator[Figure]:
    """Verbatim answers against the text that their file is read into, at their offsets."""
    checked, dangling, faults = 0, 0, Counter[str]()
    for document, rows in _by_document(result).items():
        read = parse_document(document, (data / "docs" / document).read_bytes(), Documents())
        for row in rows:
            answer = _said(row, 1)
            dangling += dangling_phrase(answer) is not None
            if row["kind"] == "out_of_scope":
                continue
            checked += 1
            spans = [Span(**span) for span in row["spans"]]
            fault = grounding_fault(answer, spans, read.text)
            if fault:
                faults[f"{row['origins'][0]}: {fault}"] += 1
    share = 1 - faults.total() / checked if checked else None
    yield Figure("answers found in their source", share, 1.0, note="; ".join([*faults][:5]))
    yield Figure("answers that refer to what they lack", dangling, 0.0, at_most=True)


def _reuse_figures(built: Built, result: StageResult) -> Iterator[Figure]:
    """A second build over the same files is equal, and takes most of it over."""
    known = Known(built.result.table, result.table, result.drops)
    again = generate_examples(built.result.table, Generation(), known)
    yield Figure("equal when taken over", float(again.table.equals(result.table)), 1.0)
    share = again.facts["documents_reused"] / len(built.sections)
    yield Figure("share of documents taken over", share)


def _by_document(result: StageResult) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in result.table.to_pylist():
        rows.setdefault(json.loads(row["metadata"])["document"], []).append(row)
    return rows


def _said(row: dict[str, Any], turn: int) -> str:
    return row["messages"][turn]["content"]


def _counts(column: Any) -> str:
    counts = Counter(column.to_pylist())
    return "dropped: " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def show(built: Built, count: int, kind: str | None) -> Iterator[str]:
    """`count` examples of each kind, spread over the documents."""
    rows = generate_examples(built.result.table, Generation()).table.to_pylist()
    for name in sorted({row["kind"] for row in rows} if kind is None else {kind}):
        own = [row for row in rows if row["kind"] == name]
        yield f"== {name} ({len(own)})"
        for row in own[:: max(1, len(own) // count)][:count]:
            yield f"[{dict(row['tags'])['style']}] {_said(row, 0)}"
            yield f"    {' '.join(_said(row, 1).split())[:160]}   ({row['origins'][0]})"


def main() -> None:
    """Print the figures, or examples to read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", type=int, default=0, metavar="N")
    parser.add_argument("--kind")
    arguments = parser.parse_args()
    built = build_sections(arguments.data / "docs")
    if arguments.show:
        print("\n".join(show(built, arguments.show, arguments.kind)))
    else:
        print("\n".join(as_lines(list(example_figures(arguments.data, built)))))


if __name__ == "__main__":
    main()
