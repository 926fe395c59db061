"""Previews."""

from ftdata.cleaning.pii.preview import redact_preview


def test_redaction_comes_before_the_cut():
    assert redact_preview("Write to bob.miller@corp.org today", 200) == "Write to [EMAIL] today"
    assert redact_preview("Write to bob.miller@corp.org today", 18) == "Write to [EMAIL] …"
    assert redact_preview("Write to bob.miller@corp.org today", 12) == "Write to [E…"
    assert redact_preview("short", 5) == "short"
