"""Pages in the web UI: Markdown of a bounded size, in which the texts of records stay texts."""

from collections.abc import Iterable, Iterator

import dagster as dg

from ftdata.release.markdown import escape

PAGE_BYTES = 20_000
_LEFT_OUT = "*What else there is does not fit on this page.*"
# The UI makes links of bare addresses after it has read entities: a word joiner prevents that.
_ADDRESSES = {entity: f"&#8288;{entity}" for entity in ("&#64;", "&#58;//", "www&#46;")}


def fit_page(parts: Iterable[str]) -> dg.MarkdownMetadataValue:
    """The parts one below the other, at most `PAGE_BYTES`: what does not fit is left out, and the
    page says so."""
    return dg.MetadataValue.md("\n\n".join(_fitting(parts)))


def plain_text(text: str, limit: int = 1_000) -> str:
    """At most `limit` characters of a record's text, with nothing in it that Markdown reads."""
    escaped = escape(text, limit)
    for entity, unlinked in _ADDRESSES.items():
        escaped = escaped.replace(entity, unlinked)
    return escaped


def _fitting(parts: Iterable[str]) -> Iterator[str]:
    left, is_full = PAGE_BYTES - len(_LEFT_OUT), False
    for part in parts:
        size = len(part.encode()) + 2
        is_full |= size > left
        if size <= left:
            left -= size
            yield part
    if is_full:
        yield _LEFT_OUT
