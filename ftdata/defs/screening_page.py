"""The page on what cleaning did to a partition: counts as bars, excerpts around redactions."""

import base64
from collections.abc import Iterator, Mapping, Sequence

import dagster as dg

from ftdata.cleaning.screening import BINS, Excerpt, Screening
from ftdata.defs.pages import fit_page, plain_text

_BARS = 12  # of one group
_WIDTH = 240  # of the longest bar
_STEP = 18


def screening_page(screening: Screening) -> dg.MarkdownMetadataValue:
    """Headline, bars by group, a histogram of quality, excerpts around placeholders."""
    return fit_page(_parts(screening))


def _parts(screening: Screening) -> Iterator[str]:
    dropped, redacted = sum(screening.drops.values()), sum(screening.redactions.values())
    yield (
        f"**Of {screening.rows_in:,} conversations {dropped:,} are dropped before duplicates are"
        f" looked for; {redacted:,} places are redacted.**"
    )
    groups = {
        "Dropped, by reason": screening.drops,
        "Redacted, by kind": screening.redactions,
        "Flagged": screening.flags,
        "Answers that refuse, by kind": screening.refusals,
        "Languages": screening.languages,
    }
    shown = {title: counts for title, counts in groups.items() if counts}
    if shown:
        yield _picture("counts", _bars(shown))
    if any(screening.quality):
        yield "#### Quality: conversations by their composite score, which orders and drops nothing"
        yield _picture("quality", _histogram(screening.quality))
    if screening.excerpts:
        yield "#### What stands around redactions"
    for entity, excerpts in screening.excerpts.items():
        lines = "\n".join(f"  - {_excerpt(excerpt, entity)}" for excerpt in excerpts)
        yield f"- **{plain_text(entity)}**\n{lines}"


def _excerpt(excerpt: Excerpt, entity: str) -> str:
    before, after = (plain_text(" ".join(text.split())) for text in (excerpt.before, excerpt.after))
    return f"{before} **{plain_text(f'[{entity}]')}** {after}".strip()


def _picture(name: str, svg: str) -> str:
    return f"![{name}](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"


def _bars(groups: Mapping[str, Mapping[str, int]]) -> str:
    lines: list[str] = []
    y = 0
    for title, counts in groups.items():
        y += _STEP
        lines.append(f"<text x='10' y='{y}' font-weight='bold'>{title}</text>")
        top = max(counts.values())
        for name, count in _largest(counts):
            y += _STEP
            width = max(1, round(_WIDTH * count / top))
            lines.append(
                f"<text x='170' y='{y}' text-anchor='end'>{_label(name)}</text>"
                f"<path fill='#4c7bd9' d='M178 {y - 10}h{width}v11h-{width}z'/>"
                f"<text x='{184 + width}' y='{y}'>{count:,}</text>"
            )
        y += 8
    return _svg(500, y + 6, "".join(lines))


def _largest(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rest = sum(count for _, count in ordered[_BARS:])
    return ordered[:_BARS] + ([("others", rest)] if rest else [])


def _label(name: str) -> str:
    """A name from the code or a custom filter: letters and digits, spaces for the rest."""
    return "".join(char if char.isalnum() else " " for char in name[:28])


def _histogram(counts: Sequence[int]) -> str:
    top, width = max(counts), 400 // BINS
    steps = "".join(f"V{90 - round(76 * n / top)}h{width}" for n in counts)
    labels = "".join(
        f"<text x='{10 + 400 * share}' y='105' text-anchor='middle'>{share:g}</text>"
        for share in (0, 0.5, 1)
    )
    return _svg(430, 110, f"<path fill='#4c7bd9' d='M10 90{steps}V90z'/>{labels}")


def _svg(width: int, height: int, content: str) -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'"
        f" font-size='11' font-family='sans-serif' fill='#7a8190'>{content}</svg>"
    )
