"""Texts for people to look at: in the UI's previews, in check results and in drop details."""

from __future__ import annotations

from ftdata.cleaning.pii.redact import redact_text
from ftdata.settings_pii import Pii


def redact_preview(text: str, limit: int) -> str:
    """The first `limit` characters of the text with the default entities redacted, whatever is set.

    Redaction comes before the cut, so that half an address is not shown; a cut text ends with `…`,
    which counts.
    """
    redacted = redact_text(text, Pii().entities).text
    return redacted if len(redacted) <= limit else redacted[: max(limit - 1, 0)] + "…"
