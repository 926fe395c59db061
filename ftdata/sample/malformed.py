"""Lines that no reader can make a record of, and where they stand in the sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ftdata import jsonl
from ftdata.sample.conversations import Conversation
from ftdata.sample.draws import pick

# Faults by source and day, 0 being 2025-03-01: never more than one line in ten of a file. CSV can
# only hold the ones that its cells can.
FAULTS: dict[str, dict[int, tuple[str, ...]]] = {
    "assistant_api": {
        2: ("bad_json",), 3: ("missing_field",), 4: ("wrong_type",), 5: ("bad_time",),
        6: ("invalid_utf8",), 9: ("missing_field",),
    },
    "support_chat": {
        0: ("bad_json",), 1: ("wrong_type", "missing_field"), 2: ("bad_time",),
        4: ("invalid_utf8",), 5: ("bad_json",), 7: ("missing_field",),
        8: ("bad_json", "invalid_utf8"), 9: ("wrong_type",),
    },
    "ticket_bot": {
        0: ("missing_field",), 1: ("bad_json",), 2: ("bad_time",), 3: ("wrong_type",),
        5: ("invalid_utf8",), 7: ("bad_time",), 8: ("bad_json",), 9: ("wrong_type",),
    },
}  # fmt: skip
_TIMES = ("2025-02-30T10:15:00Z", "yesterday, 4 pm", "05/03/2025 noon")


def spoil(conversations: Sequence[Conversation]) -> list[Conversation]:
    """Mark one plain conversation of a single turn for every fault of this source."""
    spoiled = list(conversations)
    for day, kinds in FAULTS[spoiled[0].source].items():
        for kind in kinds:
            fit = [place for place, each in enumerate(spoiled) if _is_plain(each, day)]
            place = pick(fit, spoiled[0].source, day, kind)
            record = replace(spoiled[place].records[0], fault=kind)
            spoiled[place] = replace(spoiled[place], records=(record,), blemish="malformed")
    return spoiled


def spoil_values(values: dict[str, Any], kind: str) -> dict[str, Any]:
    """The row with the wanted fault, where values alone can hold it."""
    prompt, time = ("question", "created_at") if "question" in values else ("prompt", "timestamp")
    name = str(values[time])
    if kind == "missing_field":
        return {field: value for field, value in values.items() if field != prompt}
    if kind == "wrong_type":
        return {**values, prompt: pick((4711, [values[prompt]], True), name)}
    if kind == "bad_time":
        return {**values, time: pick(_TIMES, name)}
    if kind == "invalid_utf8":
        return {**values, prompt: f"{values[prompt]} Zoë"}
    return values


def spoil_line(values: dict[str, Any], kind: str) -> bytes:
    """The row as a line of JSON, without newline, that holds the wanted fault and no other."""
    line = jsonl.dumps(spoil_values(values, kind))
    if kind == "bad_json":
        return line[: len(line) * 3 // 5].decode(errors="ignore").encode()
    return line.decode().encode("cp1252", "replace") if kind == "invalid_utf8" else line


def _is_plain(conversation: Conversation, day: int) -> bool:
    return (
        conversation.day == day
        and len(conversation.records) == 1
        and not (conversation.blemish or conversation.is_rare or conversation.marks)
        and not conversation.records[0].personal
        and conversation.lang == "en"
    )
