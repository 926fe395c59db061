"""HTML pages: the content alone, as Markdown."""

from __future__ import annotations

from dataclasses import replace

from ftdata.documents.elements import Element
from ftdata.documents.html_page import parse_page, words_of
from ftdata.documents.html_walk import page_markdown, shown_text
from ftdata.documents.markdown import parse_markdown
from ftdata.documents.markup import squeezed
from ftdata.documents.office import check_kind
from ftdata.documents.parsed import Parsed, RejectedDocumentError
from ftdata.settings_documents import Documents

_LEAST_SHARE = 0.05  # of all the words that a page shows


def read_html(data: bytes, options: Documents) -> Parsed:
    """Read an HTML page; its text is the Markdown made of it.

    Navigation, headers and footers of the page, what is hidden, scripts and forms' fields are left
    out; all of it is read where hardly anything would remain. Nothing is fetched.

    Raises RejectedDocumentError: `empty_document`, or `unreadable` for what is no page.
    """
    text, title = html_markdown(data)
    return replace(parse_markdown(text, options), title=title)


def html_markdown(data: bytes) -> tuple[str, str | None]:
    """The Markdown of a page, and the title that it names."""
    check_kind(data, "html")
    root, content = parse_page(data)
    text = page_markdown(content)
    if len(text.split()) < _LEAST_SHARE * words_of(root):
        text = page_markdown(root, furniture=True)
    if not text.strip():
        raise RejectedDocumentError("empty_document", "the page shows no text")
    return text, _title(root, content)


def _title(root: Element, content: Element) -> str | None:
    """The content's only first heading, else what the page calls itself."""
    headings = content.findall(".//h1")
    if len(headings) == 1:
        heading = squeezed(shown_text(headings[0])).strip()
        if heading:
            return heading
    return squeezed(root.findtext(".//title") or "").strip() or None
