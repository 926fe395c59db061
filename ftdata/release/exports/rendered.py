"""What the targets of rendered text share: a conversation as one text, in a model family's form.

A row is `{"text": …}`, control tokens and all. The token that begins a text is among them where the
family has one, so a trainer must not add it once more (`add_special_tokens=False`). A control token
in a message cannot be told from a real one, so such an example is refused, by the rule
`template_marker`; and so is one whose text would be read back as another conversation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson

from ftdata.release.examples import Example, Message
from ftdata.release.exports.arguments import parsed_arguments
from ftdata.release.exports.exporter import Exporter, Feature, Problem, Reading, Row
from ftdata.release.exports.rendered_parts import (
    FindMarker,
    Tools,
    plain_json,
    rendered_arguments,
)

_MERGED = ("system", True)  # Gemma's template leaves the white space of a system text


def nothing_unfit(_: Example) -> None:
    """The published template takes every conversation."""


@dataclass(frozen=True)
class Template:
    """How one model family writes a conversation, and how such a text is read.

    `render` is given messages whose contents are texts, of the roles system, user, assistant and
    tool. `parse` takes any text: its conversation, or what is wrong with it. `marker` finds what
    has a meaning in the family's texts: control tokens, and the tags around tools and calls.
    `unfit` tells what the published template refuses.
    """

    render: Callable[[Sequence[Message], Tools], str]
    parse: Callable[[str], Reading | Problem]
    marker: FindMarker
    unfit: Callable[[Example], Problem | None] = nothing_unfit
    offers_tools: bool = True  # tools on offer stand in the text
    own_system: str | None = None  # what it writes where there is no system message
    strips: bool = False  # the published template takes white space from the ends of messages
    drops_words_of_calls: bool = False  # it leaves out what is said beside a call
    merges_system: bool = False  # it has no such role: the text goes before the first user's


def rendered_exporter(
    name: str,
    template: Template,
    loss: str,
    carries: frozenset[Feature],
    refuses: frozenset[Feature] = frozenset(),
) -> Exporter:
    """The target that writes this template's texts."""
    return Exporter(
        name=name,
        status="live",
        folder=f"exports/{name}",
        loss=loss,
        rows=partial(_rows, template),
        problems=partial(_problems, template),
        read=partial(_read, template),
        carries=carries,
        refuses=refuses,
    )


def not_alternating(example: Example) -> Problem | None:
    """Where user and assistant do not take turns, after a system message at most.

    Calls, results and what follows them are one turn of the assistant.
    """
    expected = "user"
    for place, message in enumerate(example.messages):
        role = _role(message)
        if role == "tool" or (role == "system" and not place):
            continue
        after_result = place > 0 and example.messages[place - 1].role == "tool"
        if role != expected and not (role == "assistant" and after_result):
            text = f"is {role!r:.40} where the template wants {expected}: let them take turns"
            return Problem("role_order", f"messages[{place}].role", text)
        expected = "assistant" if role == "user" else "user"
    return None


def _role(message: Message) -> str:
    """The role as open models know it: a developer's message is a system message."""
    return "system" if message.role == "developer" else message.role


def _rows(template: Template, example: Example) -> Iterator[Row | Problem]:
    problem = (
        _no_object(example)
        or _unordered_results(example)
        or template.unfit(example)
        or _marked(template, example)
    )
    if problem is not None:
        yield problem
        return
    messages = _normal(template, example.messages)
    tools = example.tools if template.offers_tools else None
    text = template.render(messages, tools)
    found = template.parse(text)
    if isinstance(found, Problem) or not _is_same(found, messages, tools):
        reason = "would be read as another conversation: take out what looks like the template's"
        yield Problem("template_marker", "messages", reason)
        return
    yield {"text": text}
    yield from _losses(template, example)


def _normal(template: Template, messages: Sequence[Message]) -> list[Message]:
    """The messages as the template tells them."""
    made = []
    for message in messages:
        role, content = _role(message), message.content or ""
        if message.tool_calls and template.drops_words_of_calls:
            content = ""
        elif template.strips and role != "tool" and (role, template.merges_system) != _MERGED:
            content = content.strip()
        made.append(message._replace(role=role, content=content))
    if not made or made[0].role != "system":
        return made
    if made[0].content == template.own_system:
        return made[1:]
    if template.merges_system and len(made) > 1:
        made[1] = made[1]._replace(content=f"{made[0].content}\n\n{made[1].content}")
        return made[1:]
    return made


def _losses(template: Template, example: Example) -> Iterator[Problem]:
    texts = [m.content for m in example.messages if m.content and m.role != "tool"]
    if template.strips and any(text != text.strip() for text in texts):
        text = "has white space at its ends, which the template takes away"
        yield Problem("outer_space", "messages", text, "warning")
    if template.drops_words_of_calls and any(m.content and m.tool_calls for m in example.messages):
        text = "has words beside a call, which the template leaves out"
        yield Problem("words_beside_call", "messages", text, "warning")


def _unordered_results(example: Example) -> Problem | None:
    """Results are told by their order alone: no id stands in the text."""
    waiting: list[str] = []
    for place, message in enumerate(example.messages):
        if message.role == "tool":
            if not waiting or waiting.pop(0) != str(message.tool_call_id):
                text = "is not the next call's result: put results in the order of their calls"
                return Problem("result_order", f"messages[{place}]", text)
        elif waiting:
            text = "comes before the result of a call: add the result"
            return Problem("unanswered_tool_call", f"messages[{place}]", text)
        else:
            waiting = [str(call.get("id")) for call in message.tool_calls or ()]
    return None


def _no_object(example: Example) -> Problem | None:
    """Templates know calls of functions, and write arguments that are a text a second time."""
    for place, message in enumerate(example.messages):
        for number, call in enumerate(message.tool_calls or ()):
            where = f"messages[{place}].tool_calls[{number}]"
            function = call.get("function")
            if not isinstance(function, dict) or not isinstance(function.get("name"), str):
                return Problem("call_no_function", where, "has no function with a name: write one")
            if parsed_arguments(function["arguments"]) is None:
                where += ".function.arguments"
                return Problem("arguments_no_json", where, "is no JSON object: write one as text")
    return None


def _marked(template: Template, example: Example) -> Problem | None:
    """The first text of the example in which a marker stands."""
    search = template.marker
    for place, message in enumerate(example.messages):
        texts = [message.content] if message.content else []
        for call in message.tool_calls or ():
            texts += [call["function"]["name"], rendered_arguments(call)]
        for found in filter(None, map(search, texts)):
            return _marker_problem(f"messages[{place}]", found[0])
    offered = search(plain_json(example.tools)) if example.tools else None
    return None if offered is None else _marker_problem("tools", offered[0])


def _marker_problem(where: str, marker: str) -> Problem:
    text = f"holds {marker!r:.60}, which means something in this template: take it out"
    return Problem("template_marker", where, text)


def _is_same(found: Reading, messages: Sequence[Message], tools: Tools) -> bool:
    return _told(found.messages) == _told(messages) and (found.tools or []) == (tools or [])


def _told(messages: Sequence[Message]) -> list[object]:
    """Roles, texts and calls: all that a text can tell."""
    return [
        (
            message.role,
            message.content or "",
            [
                (call["function"]["name"], _value(call["function"]["arguments"]))
                for call in message.tool_calls or ()
            ],
        )
        for message in messages
    ]


def _value(arguments: str) -> object:
    try:
        return orjson.loads(arguments)
    except orjson.JSONDecodeError:
        return arguments


def _problems(template: Template, row: Any) -> Iterator[Problem]:  # noqa: ANN401  (any JSON)
    """What is wrong with a row: no text, or one that does not follow the template."""
    text = row.get("text") if isinstance(row, dict) else None
    if not isinstance(text, str):
        yield Problem("no_text", "text", "is no text: write the rendered conversation")
        return
    found = template.parse(text)
    if isinstance(found, Problem):
        yield found
    elif not any(message.role == "assistant" for message in found.messages):
        yield Problem("nothing_trained", "text", "holds no turn of the assistant: add one")


def _read(template: Template, row: Row) -> Reading:
    """The conversation of a row. Raises ValueError where its text does not follow the template."""
    found = template.parse(row["text"])
    if isinstance(found, Problem):
        raise ValueError(f"{found.where} {found.message}")
    return Reading(_with_ids(found.messages), found.tools)


def _with_ids(messages: Sequence[Message]) -> list[Message]:
    """Ids `call_0`, `call_1`, … for calls and results: the first result answers the first call."""
    made, calls, results = [], 0, 0
    for message in messages:
        if message.tool_calls:
            named = [{"id": f"call_{calls + n}", **c} for n, c in enumerate(message.tool_calls)]
            calls += len(named)
            made.append(message._replace(tool_calls=named))
        elif message.role == "tool":
            made.append(message._replace(tool_call_id=f"call_{results}"))
            results += 1
        else:
            made.append(message)
    return made
