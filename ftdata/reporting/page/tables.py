"""Tables of HTML, behind what one opens. All cells are escaped before they come here."""

from __future__ import annotations

from collections.abc import Sequence

_ROWS = 100


def table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, is_open: bool = False
) -> str:
    """A `<details>` with the first hundred rows; wide ones scroll in their box."""
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    body = "".join(_row(row) for row in rows[:_ROWS])
    left = len(rows) - _ROWS
    more = (
        f'<p class="soft">{left:,} more rows in <code>statistics.json</code>.</p>'
        if left > 0
        else ""
    )
    return (
        f"<details{' open' if is_open else ''}><summary>{title}</summary>"
        f'<div class="scroll" tabindex="0" role="region" aria-label="{title}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f"{more}</div></details>"
    )


def _row(cells: Sequence[str]) -> str:
    first, *rest = cells
    told = "".join(f"<td{_style(cell)}>{cell}</td>" for cell in rest)
    return f'<tr><th scope="row"><bdi>{first}</bdi></th>{told}</tr>'


def _style(cell: str) -> str:
    """Numbers end in one line."""
    return ' class="number"' if cell[:1].isdigit() and len(cell) < 24 else ""
