"""How many tokens an example has, given what counts the tokens of a text.

The rule is that of OpenAI's cookbook ("How to count tokens with tiktoken"): for each message its
texts, 3 tokens of framing and 1 for the role; and 3 that prime the reply.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Message = dict[str, Any]  # the fields of tables.MESSAGE
CountTexts = Callable[[Sequence[str]], list[int]]  # tokens of each text, in order

PER_MESSAGE = 4
PER_EXAMPLE = 3

_TRAINED_FIELDS = ("content", "tool_calls")
_FIELDS = (*_TRAINED_FIELDS, "name")


@dataclass(frozen=True)
class ExampleTokens:
    """Tokens of one example: of all its messages, and of what the model learns to say."""

    tokens: int
    trained_tokens: int


def count_examples(examples: Sequence[Sequence[Message]], count: CountTexts) -> list[ExampleTokens]:
    """Tokens of each example; each distinct text is counted once.

    `tokens` is, over all messages, content + tool calls + name + 4, and 3 in all. `trained_tokens`
    is content + tool calls of the assistant messages with weight 1, so never more than `tokens`.
    """
    texts = dict.fromkeys(
        text
        for messages in examples
        for message in messages
        for field in _FIELDS
        if (text := message[field])
    )
    known = dict(zip(texts, count(list(texts)), strict=True))
    return [_example_tokens(messages, known) for messages in examples]


def _example_tokens(messages: Sequence[Message], known: dict[str, int]) -> ExampleTokens:
    tokens, trained = PER_EXAMPLE, 0
    for message in messages:
        said = sum(known[text] for field in _TRAINED_FIELDS if (text := message[field]))
        name = message["name"]
        tokens += said + PER_MESSAGE + (known[name] if name else 0)
        if message["weight"] == 1:
            trained += said
    return ExampleTokens(tokens, trained)
