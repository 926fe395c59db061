"""Rows to fine-tune Amazon Nova on Bedrock, in the shape of the Converse API.

Live. The rules are those of Nova's user guide ("Preparing data for fine-tuning", read Nov 2026) and
of the validator that AWS gives beside it (aws-samples/amazon-nova-samples, July 2026): it looks for
reserved words whatever their case, and a job fails on one row that holds any. The same guide says
of Nova 2 that tools make a job fail. No validation file is read there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.examples import Example
from ftdata.release.exports.alternation import learnable, said_message, split_turns, turn_problems
from ftdata.release.exports.exporter import Exporter, Limits, Problem, Reading, Row
from ftdata.release.exports.shapes import key_problems, objects_in, text_problems

_SCHEMA = "bedrock-conversation-2024"
_KEYS = frozenset(("schemaVersion", "system", "messages"))
_MESSAGE_KEYS = frozenset(("role", "content"))
_BLOCK_KEYS = frozenset(("text",))
_RESERVED = (
    "system:", "user:", "bot:", "assistant:", "thought:", "[eos]", "<image>", "<video>", "<unk>",
)  # fmt: skip


def nova_rows(example: Example) -> Iterator[Row]:
    """One row per example, cut before the first reply that shall not be learnt.

    system "Be brief.", user "Hi", assistant "Hello."::

        {"schemaVersion": "bedrock-conversation-2024",
         "system": [{"text": "Be brief."}],
         "messages": [{"role": "user", "content": [{"text": "Hi"}]},
                      {"role": "assistant", "content": [{"text": "Hello."}]}]}
    """
    system, said = split_turns(learnable(example.messages))
    if not said:
        return
    row: Row = {"schemaVersion": _SCHEMA}
    if system is not None:
        row["system"] = [{"text": system}]
    row["messages"] = [{"role": m.role, "content": [{"text": m.content}]} for m in said]
    yield row


def nova_problems(row: Any) -> Iterator[Problem]:  # noqa: ANN401  (JSON of any shape)
    """What makes a job fail: keys, turns, empty texts, and words that Nova keeps for itself."""
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write one with messages")
        return
    yield from key_problems(row, _KEYS, "")
    if row.get("schemaVersion") != _SCHEMA:
        yield Problem("schema_version", "schemaVersion", f"write {_SCHEMA}")
    if "system" in row:
        yield from _blocks(row["system"], "system")
    messages = objects_in(row.get("messages"), "messages")
    if isinstance(messages, Problem):
        yield messages
        return
    for place, message in enumerate(messages):
        at = f"messages[{place}]"
        if message.get("role") not in ("user", "assistant"):
            text = f"is {message.get('role')!r:.40}: write user or assistant"
            yield Problem("unknown_role", f"{at}.role", text)
        if len(message) != 2:
            yield from key_problems(message, _MESSAGE_KEYS, at)
        yield from _blocks(message.get("content"), f"{at}.content")
    roles = [message.get("role") for message in messages]
    yield from turn_problems(roles, "messages", last="assistant")


def _blocks(blocks: object, at: str) -> Iterator[Problem]:
    if not isinstance(blocks, list) or not blocks:
        yield Problem("content_no_blocks", at, 'is no list with a text: write [{"text": …}]')
        return
    for place, block in enumerate(blocks):
        text = block.get("text") if isinstance(block, dict) else None
        if isinstance(text, str) and text and len(block) == 1 and not text.isspace():
            lower = text.lower()
            if any(map(lower.__contains__, _RESERVED)):
                found = ", ".join(word for word in _RESERVED if word in lower)
                message = f"holds {found}, reserved in any case: reword it, or take the row out"
                yield Problem("reserved_text", f"{at}[{place}].text", message)
            continue
        where = f"{at}[{place}]"
        if not isinstance(block, dict):
            yield Problem("content_no_blocks", where, 'is no object: write {"text": …}')
            continue
        yield from key_problems(block, _BLOCK_KEYS, where)
        yield from text_problems(text, f"{where}.text")


def read_nova(row: Row) -> Reading:
    """The conversation of a row, its system message first; blocks are joined by line breaks."""
    system = [said_message("system", _joined(row["system"]))] if "system" in row else []
    return Reading(
        system + [said_message(m["role"], _joined(m["content"])) for m in row["messages"]]
    )


def _joined(blocks: list[dict[str, str]]) -> str:
    return "\n".join(block["text"] for block in blocks)


NOVA = Exporter(
    name="nova",
    status="live",
    folder="exports/nova",
    loss=(
        "No tools, no names, no text with a reserved word (User:, [EOS], …); it trains on every"
        " reply, so that a conversation is cut before the first that shall not be learnt."
    ),
    rows=nova_rows,
    problems=nova_problems,
    read=read_nova,
    carries=frozenset(("system", "history")),
    refuses=frozenset(("tool_calls",)),
    limits=Limits(rows={"train": (8, 20_000)}),
)
