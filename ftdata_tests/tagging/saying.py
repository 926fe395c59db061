"""What users say, as the rules read it."""

from __future__ import annotations

from ftdata.tagging.said import Said, read_said
from ftdata.token_count import Message


def message(role: str, content: str | None, tool_calls: str | None = None) -> Message:
    """A message of an example."""
    return {"role": role, "content": content, "weight": None, "tool_calls": tool_calls}


def said(*prompts: str, language: str | None = "en", reply: str = "Yes.") -> Said:
    """Prompts, each with the same reply."""
    turns = [[message("user", prompt), message("assistant", reply)] for prompt in prompts]
    return read_said([one for turn in turns for one in turn], language)
