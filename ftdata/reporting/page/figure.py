"""A figure: one plot with its table. The elements that plots are drawn of, in SVG units.

A plot is 340 units wide, shown at about a pixel a unit on a phone and on a wide screen alike; only
the map is larger. Colours are classes: the page's style names them, and so does `standalone`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 340
SERIES = 8  # classes s0 to s7: categories, sources; what comes after is s7, "others"
_LIGHT = (
    "#0f62a8", "#c2570c", "#1b7f5c", "#8a4fa3", "#94730a", "#b5376b", "#3a8fb7", "#6b7685",
)  # fmt: skip
_DARK = (
    "#6fb1ee", "#f0935a", "#57c09a", "#c793dd", "#d9b84a", "#ee85ae", "#7fd0ee", "#98a3b1",
)  # fmt: skip
_SPLITS = {"train": 2, "validation": 4, "test": 3}
_LIGHT_GROUND = {
    "ink": "#1c2430", "soft": "#5b6675", "line": "#d9dee6", "card": "#fff", "track": "#eef1f5"
}  # fmt: skip
_DARK_GROUND = {
    "ink": "#e6eaf0", "soft": "#9aa6b5", "line": "#313a47", "card": "#1a2029", "track": "#262e39"
}  # fmt: skip
_TEXT = (
    "text{{font:12px system-ui,-apple-system,'Segoe UI',sans-serif;fill:{ink}}}.n{{fill:{soft}}}"
    ".g{{stroke:{line}}}.track{{fill:{track}}}.mark{{stroke:{ink}}}.cut,.badge{{stroke:{card}}}"
    ".ground{{fill:{card}}}.badge{{fill:{ink}}}text.mid{{font-size:14px}}"
    "text.big{{font-size:16px;fill:{card}}}"
)
_FIXED = (
    "text{unicode-bidi:isolate}.b{font-weight:600}.e{text-anchor:end}.m{text-anchor:middle}"
    ".g{stroke-width:1}.line{fill:none;stroke-width:2;stroke-linejoin:round}.mark{stroke-width:1.5}"
    ".dash{stroke-dasharray:5 3}.dot{stroke-dasharray:1.5 3;stroke-linecap:round}"
    ".cut{stroke-width:1}.area{fill-opacity:.3}.point{fill-opacity:.8;stroke-width:.6}"
    ".ring{stroke-width:3;paint-order:stroke}"
)


@dataclass(frozen=True)
class Figure:
    """A plot under its title; all texts are escaped. `key` names it in the web UI.

    `quotes`: words of the examples stand in the plot.
    """

    key: str
    title: str
    note: str
    svg: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_wide: bool = False
    quotes: bool = False


def svg(title: str, told: str, body: Sequence[str], height: float, width: float = WIDTH) -> str:
    """The picture of these elements; `told` is what a screen reader says. Both are escaped."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img"'
        f' aria-label="{title}. {told}">' + "".join(body) + "</svg>"
    )


def label(x: float, y: float, escaped: str, style: str = "") -> str:
    """A text with its baseline at y."""
    named = f' class="{style}"' if style else ""
    return f'<text x="{x:.5g}" y="{y:.5g}"{named}>{escaped}</text>'


def bar(x: float, y: float, wide: float, high: float, style: str, escaped: str = "") -> str:
    """A rectangle, with what is shown where one points at it."""
    told = f"<title>{escaped}</title></rect>" if escaped else "</rect>"
    place = f'x="{x:.5g}" y="{y:.5g}" width="{max(wide, 0):.5g}" height="{max(high, 0):.5g}"'
    return f'<rect {place} class="{style}">{told}'


def rule(x1: float, y1: float, x2: float, y2: float, style: str = "g") -> str:
    """A straight line."""
    return f'<path d="M{x1:.5g} {y1:.5g}L{x2:.5g} {y2:.5g}" class="{style}"/>'


def legend(named: Sequence[tuple[str, str]], y: float, columns: int = 2) -> tuple[list[str], float]:
    """Squares with escaped names, in columns from y on; and where they end."""
    step = WIDTH / columns
    drawn = []
    for at, (style, escaped) in enumerate(named):
        x, top = at % columns * step, y + at // columns * 18
        drawn += [bar(x, top, 10, 10, style), label(x + 15, top + 9.5, escaped)]
    return drawn, y + -(-len(named) // columns) * 18


def colours(of: Sequence[str]) -> str:
    """Classes of the series, as fills and, with `line` or `mark`, as strokes."""
    numbers = {f"s{at}": at for at in range(SERIES)} | _SPLITS
    return "".join(
        f".{name}{{fill:{of[at]}}}.line.{name}{{fill:none;stroke:{of[at]}}}"
        for name, at in numbers.items()
    )


def page_style() -> str:
    """What the page's style sheet says of plots, but for the colours of texts and grounds."""
    dark = colours(_DARK)
    chosen = _under(":root[data-theme=dark]", dark)
    system = _under(":root:not([data-theme=light])", dark)
    media = f"@media screen{{{chosen}}}@media screen and (prefers-color-scheme:dark){{{system}}}"
    return _FIXED + colours(_LIGHT) + media


def standalone(figure: Figure) -> str:
    """The plot as a file of its own, light or dark as the viewer is."""
    light = _TEXT.format_map(_LIGHT_GROUND) + colours(_LIGHT)
    dark = _TEXT.format_map(_DARK_GROUND) + colours(_DARK)
    style = f"{light}{_FIXED}@media (prefers-color-scheme:dark){{{dark}}}"
    head, _, body = figure.svg.partition(">")
    ground = '<rect class="ground" width="100%" height="100%"/>'
    return f"{head}><style>{escape(style, quote=False)}</style>{ground}{body}"


def _under(selector: str, style: str) -> str:
    return "".join(f"{selector} {one}}}" for one in style.split("}") if one)
