"""The classic prompt/completion pairs: one row for each assistant turn that is trained on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from ftdata import jsonl
from ftdata.release.examples import Example, Message
from ftdata.release.exports.exporter import Exporter, Problem, Reading, Row
from ftdata.settings_exports import PromptCompletion

_PLAIN = PromptCompletion()
_LABELS = {"system": "System", "user": "User", "assistant": "Assistant", "tool": "Tool"}


def prompt_completion_rows(
    example: Example, form: PromptCompletion = _PLAIN
) -> Iterator[dict[str, Any]]:
    r"""One row per trained assistant turn: all that was said before it, and the turn.

    A single turn keeps its bare text, with the system prompt and a blank line before it::

        system "Be brief.", user "Hi", assistant "Hello."
        {"prompt": "Be brief.\n\nHi", "completion": "Hello."}

    Where more was said, every message has its role before it, and the prompt ends with the label
    of the turn to be said. Then user "Bye", assistant "See you." adds::

        {"prompt": "System: Be brief.\n\nUser: Hi\n\nAssistant: Hello.\n\nUser: Bye\n\nAssistant:",
         "completion": "See you."}

    With the separator " ->", the prefix " " and the stop " END" the first row is
    `{"prompt": "Be brief.\n\nHi ->", "completion": " Hello. END"}`.
    """
    before: list[str] = []
    for place, message in enumerate(example.messages):
        text = _text(message)
        if message.is_trained:
            earlier = example.messages[:place]
            yield {
                "prompt": f"{_prompt(earlier, before)}{form.separator}",
                "completion": f"{form.prefix}{text}{form.stop}",
            }
        before.append(f"{_LABELS.get(message.role, message.role)}: {text}")


def _prompt(earlier: list[Message], rendered: list[str]) -> str:
    *context, last = [message.role for message in earlier] or [""]
    if last == "user" and all(role == "system" for role in context):
        return "\n\n".join(_text(message) for message in earlier)
    return "\n\n".join([*rendered, "Assistant:"])


def _text(message: Message) -> str:
    """The content, then the tool calls as the JSON list that OpenAI's rows hold."""
    parts = [message.content] if message.content else []
    if message.tool_calls:
        parts.append(jsonl.dumps(message.tool_calls).decode())
    return "\n".join(parts)


def prompt_completion_problems(
    row: Any,  # noqa: ANN401  (any JSON)
    form: PromptCompletion = _PLAIN,
) -> Iterator[Problem]:
    """What is wrong with a pair: two texts, something to be said, and their ends.

    A separator within a prompt, or a stop within a completion, ends it too early for the model.
    """
    if not isinstance(row, dict):
        yield Problem("row_no_object", "", "is no JSON object: write prompt and completion")
        return
    prompt, completion = row.get("prompt"), row.get("completion")
    if isinstance(prompt, str):
        yield from _end_problems(prompt, "prompt", "separator", form.separator)
    else:
        yield Problem("no_text", "prompt", "is no text: write one")
    if not isinstance(completion, str):
        yield Problem("no_text", "completion", "is no text: write one")
        return
    if not completion.startswith(form.prefix):
        yield Problem("no_prefix", "completion", f"does not begin with {form.prefix!r}: add it")
    yield from _end_problems(completion, "completion", "stop", form.stop)
    if not completion.removeprefix(form.prefix).removesuffix(form.stop):
        yield Problem("empty_completion", "completion", "is empty: nothing is learnt from it")


def _end_problems(text: str, where: str, name: str, end: str) -> Iterator[Problem]:
    if not text.endswith(end):
        yield Problem(f"no_{name}", where, f"does not end with {end!r}, the {name}: add it")
    elif end and text.find(end) != len(text) - len(end):
        reason = f"has the {name} {end!r} at character {text.find(end)}: take it out"
        yield Problem(f"{name}_in_text", where, f"{reason}, or set another")


def read_prompt_completion(row: Row, form: PromptCompletion = _PLAIN) -> Reading:
    """The prompt as one user message: labels of roles in it are text."""
    prompt = row["prompt"].removesuffix(form.separator)
    completion = row["completion"].removeprefix(form.prefix).removesuffix(form.stop)
    return Reading(
        [
            Message("user", prompt, None, None, None, None),
            Message("assistant", completion, 1, None, None, None),
        ]
    )


def prompt_completion_exporter(form: PromptCompletion) -> Exporter:
    """The target with these ends of prompts and completions."""
    return replace(
        PROMPT_COMPLETION,
        rows=partial(prompt_completion_rows, form=form),
        problems=partial(prompt_completion_problems, form=form),
        read=partial(read_prompt_completion, form=form),
    )


PROMPT_COMPLETION = Exporter(
    name="prompt_completion",
    status="live",
    folder="exports/prompt_completion",
    loss=(
        "Tool calls become JSON text and the tools on offer are left out; weights show only in"
        " which turns have a row; in multi-turn prompts a role label inside a message cannot be"
        " told from a real one."
    ),
    rows=prompt_completion_rows,
    problems=prompt_completion_problems,
    read=read_prompt_completion,
    carries=frozenset(("system", "tool_calls", "history")),
)
