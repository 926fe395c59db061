"""The first screen: can I train on it? Counts, a verdict, and each warning with what to do."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ftdata.reporting.page.shown import brief, count, percent, shown, with_code
from ftdata.reporting.page.tables import table
from ftdata.reporting.statistics import DatasetWarning, Part, Report, Statistics
from ftdata.tables import SPLITS

_SAMPLE = 120  # columns


def first_screen(report: Report) -> str:
    """Verdict, tiles with counts, and the warnings."""
    failed = worst_first(report.warnings)
    passed = [one for one in report.warnings if one.passed]
    parts = [_verdict(report, failed), _tiles(report.statistics)]
    if failed:
        cards = "".join(_card(one) for one in failed)
        parts.append(f'<h2 id="warnings">What to look at</h2><div class="warnings">{cards}</div>')
    parts.append(_held(passed))
    return "".join(parts)


def worst_first(warnings: Sequence[DatasetWarning]) -> list[DatasetWarning]:
    """Those that do not hold, by how many times what was observed is off its threshold."""
    failed = [one for one in warnings if not one.passed]
    return sorted(failed, key=lambda one: -_off(one))


def headline(report: Report) -> str:
    """`Yes: all 20 claims hold.`, `Look first: …` or `No: …`; without markup."""
    failed = worst_first(report.warnings)
    claims = len(report.warnings)
    if not report.statistics.parts["train"].examples:
        return "No: train is empty."
    if not failed:
        return f"Yes: all {claims} claims hold."
    return f"Look first: {len(failed)} of {claims} claims do{'es' * (len(failed) == 1)} not hold."


def _verdict(report: Report, failed: Sequence[DatasetWarning]) -> str:
    is_good = not failed and report.statistics.parts["train"].examples > 0
    mark, style = ("✓", "good") if is_good else ("!", "bad")
    worst = f" The worst: {with_code(failed[0].claim)}" if failed else ""
    return (
        f'<section class="verdict {style}" aria-labelledby="verdict"><span class="sign"'
        f' aria-hidden="true">{mark}</span><div><h2 id="verdict">Can I train on it?</h2>'
        f"<p><strong>{headline(report)}</strong>{worst}</p></div></section>"
    )


def _tiles(statistics: Statistics) -> str:
    whole = statistics.parts["all"]
    tiles = [_split_tile(split, statistics.parts[split], whole) for split in SPLITS]
    trained = percent(whole.trained_tokens / whole.tokens) if whole.tokens else "none"
    tiles.append(_tile("tokens", brief(whole.tokens), f"{trained} trained on", count(whole.tokens)))
    if whole.pairs:
        tiles.append(_tile("pairs", count(whole.pairs), "preference pairs", ""))
    tiles.append(_tile("derived", percent(whole.derived.share), "made from other examples", ""))
    return f'<dl class="tiles">{"".join(tiles)}</dl>'


def _split_tile(split: str, part: Part, whole: Part) -> str:
    share = part.examples / whole.examples if whole.examples else 0
    told = f"{percent(share)} · {brief(part.tokens)} tokens"
    return _tile(split, count(part.examples), told, "", split)


def _tile(name: str, value: str, told: str, title: str, style: str = "") -> str:
    pointed = f' title="{title}"' if title else ""
    return (
        f'<div class="tile {style}"><dt>{name}</dt><dd class="value"{pointed}>{value}</dd>'
        f'<dd class="soft">{told}</dd></div>'
    )


def _card(warning: DatasetWarning) -> str:
    samples = "".join(f"<li><bdi>{shown(text, _SAMPLE)}</bdi></li>" for text in warning.samples)
    seen = f"<ul>{samples}</ul>" if samples else ""
    return (
        f'<article class="warning"><h3>{with_code(warning.claim)}</h3>'
        f'<p class="soft"><code>{shown(warning.name)}</code> · observed'
        f" <b>{_number(warning.observed)}</b> · threshold <b>{_number(warning.threshold)}</b></p>"
        f"<p>{with_code(warning.advice)}</p>{seen}</article>"
    )


def _held(passed: Sequence[DatasetWarning]) -> str:
    if not passed:
        return ""
    rows = [(with_code(one.claim), _number(one.observed), _number(one.threshold)) for one in passed]
    some = "1 claim that holds" if len(rows) == 1 else f"{len(rows)} claims that hold"
    return table(some, ("claim", "observed", "threshold"), rows)


def _number(value: float | None) -> str:
    return "–" if value is None else count(value)


def _off(warning: DatasetWarning) -> float:
    seen, limit = warning.observed or 0.0, warning.threshold
    if seen <= 0 or limit <= 0:
        return math.inf
    return abs(math.log(seen / limit))
