"""Personal data and secrets that are left in rows; what is shown of a find is masked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ftdata import jsonl
from ftdata.checking.findings import Finding
from ftdata.release.exports.exporter import Reading
from ftdata.settings_pii import Pii

RULE = "personal_data"
Look = Callable[[Sequence[Reading], Sequence[int]], Iterator[Finding]]

_MASKED_CHARS = 60


def open_look(options: Pii) -> Look:
    """What finds personal data in rows, given their line numbers, each kind once for a message.

    The kinds and lists of the settings are in force. A text that was seen before is not searched
    again. Raises SettingsError where the engine's package is not installed.
    """
    from ftdata.cleaning.pii.finder import open_finder  # 5 MB, for nothing where it is not asked
    from ftdata.cleaning.pii.modes import mask

    find = open_finder(options)

    def kinds(text: str) -> list[tuple[str, str]]:
        """Each kind that stands in the text, with its first find, masked."""
        first: dict[str, str] = {}
        for start, end, kind in find(text):
            if kind not in first:
                first[kind] = mask(kind, text[start:end])[:_MASKED_CHARS]
        return list(first.items())

    def look(readings: Sequence[Reading], lines: Sequence[int]) -> Iterator[Finding]:
        known: dict[str, list[tuple[str, str]]] = {}
        for reading, line in zip(readings, lines, strict=True):
            for where, text in _texts(reading):
                found = known.get(text)
                if found is None:
                    found = known[text] = kinds(text)
                for kind, masked in found:
                    message = f"holds what looks like {kind} ({masked}): redact it"
                    yield Finding(line, rule_of(kind), "warning", where, message)

    return look


def rule_of(kind: str) -> str:
    """The rule for a kind: `personal_data_email`."""
    return f"{RULE}_{kind.lower()}"


def _texts(reading: Reading) -> Iterator[tuple[str, str]]:
    for place, message in enumerate(reading.messages):
        if message.content:
            yield f"message {place + 1} ({message.role})", message.content
        if message.tool_calls:
            yield f"message {place + 1} (tool calls)", jsonl.dumps(message.tool_calls).decode()
    if reading.rejected:
        yield "the rejected reply", reading.rejected
