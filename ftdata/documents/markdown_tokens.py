"""Calls markdown-it-py, and rejects what it cannot take."""

from __future__ import annotations

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ftdata.documents.parsed import RejectedDocumentError

# What it raises where it reads past an end, or is nested deeper than Python allows.
_FAULTS = (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError)


def read_tokens(parser: MarkdownIt, text: str, env: dict[str, Any]) -> list[Token]:
    """The tokens of a text's blocks; `env` takes what is defined for all of it.

    Raises RejectedDocumentError: `unreadable`.
    """
    try:
        return parser.parse(text, env)
    except _FAULTS as error:
        detail = f"markdown-it-py failed ({type(error).__name__}); simplify the file's lists"
        raise RejectedDocumentError("unreadable", f"{detail}, quotes and tables") from error
