"""A model tells the tags of examples that neither the log nor the generator tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import orjson
from pydantic import create_model

from ftdata import jsonl
from ftdata.chat import Answer, Asked, ChatModel, ChatRequest
from ftdata.formatting.tags import Tag
from ftdata.prompt_files import read_prompt
from ftdata.tagging.values import tag_sets
from ftdata.token_count import Message

Redact = Callable[[str], str]
Tags = dict[str, Tag]

_LIKE = '{"complexity":"medium","domain":"software","task_type":"procedure","tone":"neutral"}'
MESSAGE_CHARS = 1_500  # of what is shown of one message: its beginning
FIRST, LAST = 8, 4  # messages that are shown of a longer conversation


@dataclass(frozen=True)
class Tagged:
    """The tags of each example, in the order given, and what became of the requests."""

    tags: list[Tags]
    counts: dict[str, int]  # tagged, and `failed: …` by reason: there the rules' tags stay


def tag_by_model(
    examples: Sequence[tuple[Sequence[Message], Tags]],
    domains: Sequence[str],
    model: ChatModel,
    redact: Redact = str,
) -> Tagged:
    """The tags that rules found, as the model tells them; `domains` are the names of all there are.

    Each example is one request, unless none of its tags is the rules'. `redact` is applied to what
    the model is shown. Where it gave no usable answer the rules' tags stay, with that origin.
    Raises ProviderError or StorageError as `ChatModel.complete` does.
    """
    asked = [any(_is_open(tag, name) for name, tag in tags.items()) for _, tags in examples]
    requests = [
        _request(messages, tuple(domains), redact)
        for (messages, _), is_asked in zip(examples, asked, strict=True)
        if is_asked
    ]
    outcomes = iter(model.complete(requests) if requests else [])
    counts = Counter[str]()
    made = []
    for (_, tags), is_asked in zip(examples, asked, strict=True):
        outcome = next(outcomes) if is_asked else None
        if isinstance(outcome, Answer):
            counts["tagged"] += 1
            made.append(_retold(tags, outcome.text))
            continue
        if outcome is not None:
            counts[f"failed: {outcome.reason}"] += 1
        made.append(tags)
    return Tagged(made, dict(sorted(counts.items())))


def _retold(tags: Tags, text: str) -> Tags:
    told: dict[str, str] = orjson.loads(text)
    return {n: (told[n], "model") if _is_open(tag, n) else tag for n, tag in tags.items()}


def _is_open(tag: Tag, name: str) -> bool:
    """Whether it is one that a model is asked for, and nobody knows better."""
    return tag[1] == "rules" and name in tag_sets(())


def _request(messages: Sequence[Message], domains: tuple[str, ...], redact: Redact) -> ChatRequest:
    shown = "\n".join(jsonl.dumps(one).decode() for one in _shown(messages, redact))
    return read_prompt("formatting", "tags").request(
        tags_form(domains), _LIKE, domains=", ".join(domains), conversation=shown
    )


def _shown(messages: Sequence[Message], redact: Redact) -> Iterator[dict[str, Any]]:
    """What is shown: `{"role":"user","content":"When?"}`, cut where it is long."""
    said = [message for message in messages if message["role"] != "system"]
    is_long = len(said) > FIRST + LAST
    for message in [*said[:FIRST], *said[-LAST:]] if is_long else said:
        texts = {"content": message["content"] or ""}
        if message["tool_calls"]:
            texts["tool_calls"] = message["tool_calls"]
        cut = {name: redact(text)[:MESSAGE_CHARS] for name, text in texts.items()}
        yield {"role": message["role"], **cut}


@cache
def tags_form(domains: tuple[str, ...]) -> type[Asked]:
    """The form with a value of its set for each tag; `domains` are the names of all there are."""
    sets = {**tag_sets(()), "domain": domains}
    fields: dict[str, Any] = {name: (Literal[values], ...) for name, values in sets.items()}
    return create_model("Tags", __base__=Asked, **fields)
