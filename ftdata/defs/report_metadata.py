"""What the web UI shows of the report: counts, lengths, tags, warnings, the plots of its page.

Values that stand in texts are redacted again, and shown in tables, which the UI renders as plain
text.
"""

import base64
from collections.abc import Iterable, Sequence
from typing import Any

import dagster as dg

from ftdata.cleaning.pii.preview import redact_preview
from ftdata.defs.report_steps import Reported
from ftdata.reporting.statistics import PARTS, Counts, DatasetWarning, Part, Statistics

_TEXT_CHARS = 160
_ROWS = 15
_TAGS = 8  # values of each


def report_metadata(reported: Reported) -> dict[str, Any]:
    """Figures of the whole, and tables of warnings, splits, lengths, tags and openings."""
    report = reported.report
    whole = report.statistics.parts["all"]
    failed = [warning for warning in report.warnings if not warning.passed]
    return {
        "version": report.statistics.version,
        "folder": dg.MetadataValue.path(str(reported.folder)),
        "examples": whole.examples,
        "tokens": whole.tokens,
        "warnings": len(failed),
        "what_to_do": _table(
            ("warning", "observed", "threshold", "what to do"),
            ((w.name, _number(w.observed), _number(w.threshold), w.advice) for w in failed),
        ),
        "splits": _splits(report.statistics),
        "lengths": _lengths(whole),
        "uniqueness": _table(
            ("what", "all", "distinct", "share"),
            (
                (what, f"{own.total:,}", f"{own.distinct:,}", f"{own.share:.1%}")
                for what, own in whole.uniqueness.items()
            ),
        ),
        "tags": _tags(whole),
        "openings": _openings(whole),
        **{f"plot_{name}": _picture(name, svg) for name, svg in reported.plots.items()},
    }


def check_metadata(warning: DatasetWarning) -> dict[str, Any]:
    """What was observed and what it was held against; what to do where it failed."""
    shown: dict[str, Any] = {
        "observed": "nothing to judge" if warning.observed is None else warning.observed,
        "threshold": warning.threshold,
        "samples": "; ".join(redact_preview(text, _TEXT_CHARS) for text in warning.samples),
    }
    return shown if warning.passed else {**shown, "what to do": warning.advice}


def _picture(name: str, svg: str) -> dg.MarkdownMetadataValue:
    encoded = base64.b64encode(svg.encode()).decode()
    return dg.MetadataValue.md(f"![{name}](data:image/svg+xml;base64,{encoded})")


def _splits(statistics: Statistics) -> dg.TableMetadataValue:
    rows = []
    for name in PARTS:
        part = statistics.parts[name]
        words = part.lengths["whole_words"].median
        counts = (part.examples, part.pairs, part.tokens, part.trained_tokens)
        rows.append((name, *(f"{n:,}" for n in counts), f"{words:,.0f}", _share(part)))
    names = ("split", "examples", "pairs", "tokens", "trained", "words in the median", "derived")
    return _table(names, rows)


def _share(part: Part) -> str:
    return f"{part.derived.share:.1%}"


def _lengths(part: Part) -> dg.TableMetadataValue:
    rows = []
    for measure, own in part.lengths.items():
        values = (own.mean, own.p5, own.median, own.p95, own.max)
        rows.append((measure.replace("_", " "), *(f"{value:,.0f}" for value in values)))
    return _table(("length", "mean", "5 %", "median", "95 %", "longest"), rows)


def _tags(part: Part) -> dg.TableMetadataValue:
    rows = [
        (tag, f"{counts.total:,}", f"{counts.distinct:,}", _told(counts))
        for tag, counts in part.tags.items()
    ]
    return _table(("tag", "examples", "values", "most frequent"), rows)


def _told(counts: Counts) -> str:
    shown = ", ".join(f"{one.value} {one.share:.0%}" for one in counts.top[:_TAGS])
    return redact_preview(shown, _TEXT_CHARS)


def _openings(part: Part) -> dg.TableMetadataValue:
    rows = [
        (what, redact_preview(one.value, _TEXT_CHARS), f"{one.count:,}", f"{one.share:.1%}")
        for what, counts in part.openings.items()
        for one in counts.top[:_ROWS]
    ]
    return _table(("of", "first words", "examples", "share"), rows)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.4g}"


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> dg.TableMetadataValue:
    records = [dg.TableRecord(dict(zip(names, row, strict=True))) for row in rows]
    return dg.MetadataValue.table(records, dg.TableSchema([dg.TableColumn(n) for n in names]))
