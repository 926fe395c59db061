"""`funnel.svg`: how many rows each stage let through, as a picture with nothing to load."""

from __future__ import annotations

from html import escape
from typing import Any, NamedTuple

from ftdata.tables import NO_EXAMPLE, SPLITS

_LEFT, _WIDTH, _STEP, _TOP = 170, 330, 30, 46  # of the bars, in SVG units
_STYLE = """
text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 }
.note { fill: #59636e }
.stage { fill: #4a78c8 } .train { fill: #2f8f5b }
.validation { fill: #b7791f } .test { fill: #9b4f96 }
.ground { fill: #ffffff }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .note { fill: #9da7b1 } .ground { fill: #0d1117 }
  .stage { fill: #6f9be8 } .train { fill: #56b884 }
  .validation { fill: #e0a84a } .test { fill: #c585c0 }
}
"""
_UNITS = {"documents": "sections", "raw_logs": "records", "cleaned": "conversations"}


class _Bar(NamedTuple):
    label: str
    rows: int
    note: str
    style: str = "stage"


def funnel(content: dict[str, Any]) -> str:
    """The picture of a manifest's content."""
    bars = _bars(content)
    widest = max([bar.rows for bar in bars] + [1])
    height = _TOP + _STEP * len(bars) + 10
    drawn = "\n".join(_draw(bar, row, widest) for row, bar in enumerate(bars))
    told = "; ".join(f"{bar.label}: {bar.rows:,} {bar.note}".strip() for bar in bars)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 {height}" width="800"'
        f' height="{height}" role="img" aria-labelledby="title desc">\n'
        '<title id="title">From raw files to splits</title>\n'
        f'<desc id="desc">{escape(told)}</desc>\n'
        f"<style>{_STYLE}</style>\n"
        f'<rect class="ground" width="800" height="{height}"/>\n'
        '<text class="title" x="12" y="26">From raw files to splits</text>\n'
        f"{drawn}\n</svg>\n"
    )


def _bars(content: dict[str, Any]) -> list[_Bar]:
    stages, dataset = content["stages"]["totals"], content["dataset"]
    bars = []
    if "raw_logs" in stages:
        bars.append(_Bar("read", stages["raw_logs"]["rows_in"], "records"))
    for name, counts in stages.items():
        unit = _UNITS.get(name, "examples")
        if name == "cleaned" and "raw_logs" in stages:
            bars.append(_Bar("joined", counts["rows_in"], unit))
        sections = counts["reasons"].get(NO_EXAMPLE, 0)  # no examples, though they are drops
        lost = counts["rows_dropped"] + counts["rows_quarantined"] - sections
        note = _note(unit, lost) + (f", {sections:,} sections have none" if sections else "")
        bars.append(_Bar(name, counts["rows_out"], note))
    bars.append(_Bar("dataset", dataset["rows_out"], _note("examples", dataset["rows_dropped"])))
    splits = dataset["splits"]
    bars += [_Bar(name, splits[name]["examples"], "examples", name) for name in SPLITS]
    pairs = sum(splits[name]["pairs"] for name in SPLITS)
    return [*bars, _Bar("pairs", pairs, "preference pairs beside them")] if pairs else bars


def _note(unit: str, lost: int) -> str:
    return f"{unit}, {lost:,} dropped" if lost else unit


def _draw(bar: _Bar, row: int, widest: int) -> str:
    top = _TOP + row * _STEP
    width = _WIDTH * bar.rows / widest
    return (
        f'<text x="{_LEFT - 10}" y="{top + 15}" text-anchor="end">{escape(bar.label)}</text>'
        f'<rect class="{bar.style}" x="{_LEFT}" y="{top}" width="{width:.1f}" height="20" rx="3"/>'
        f'<text x="{_LEFT + width + 8:.1f}" y="{top + 15}">{bar.rows:,}'
        f' <tspan class="note">{escape(bar.note)}</tspan></text>'
    )
