"""What is asked of a chat model and what comes back: the words that `llm` shares with its callers.

A text that is put into a request must be redacted before: it leaves this machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict

# `not_asked` is what stands for an answer in an estimate, and until a batch has brought it.
RefusalReason = Literal[
    "malformed_answer", "truncated_answer", "model_refused", "request_too_long", "not_asked"
]


class Asked(BaseModel):
    """Base of what a model is asked to fill in: every field required, none besides.

    Rules of content belong in validators, not in the schema: providers refuse most keywords there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")


def stripped(text: str) -> str:
    """For validators of forms: the text without white space around it. Raises ValueError."""
    if not text.strip():
        raise ValueError("must not be empty")
    return text.strip()


@dataclass(frozen=True)
class ChatRequest:
    """One question with the form of its answer; `prompt_version` names the prompt's file.

    `answer_like` is a text about as long as the answer will be: for estimates, never sent.
    """

    system: str
    user: str
    form: type[Asked]
    prompt_version: str
    answer_like: str = ""


@dataclass(frozen=True)
class Usage:
    """Tokens that a provider counted, the repair of an answer included.

    `cached` is a part of `prompt`, `reasoning` one of `completion`.
    """

    prompt: int
    cached: int
    completion: int
    reasoning: int

    def __add__(self, other: Usage) -> Usage:
        """The tokens of both."""
        return Usage(
            self.prompt + other.prompt,
            self.cached + other.cached,
            self.completion + other.completion,
            self.reasoning + other.reasoning,
        )


@dataclass(frozen=True)
class Answer:
    """JSON that fills the form; `usage` is None where the provider counts nothing."""

    text: str
    usage: Usage | None


@dataclass(frozen=True)
class Refused:
    """No answer, and never one from the cache: `detail` holds no word of the provider's."""

    reason: RefusalReason
    detail: str
    usage: Usage | None


class ChatModel(Protocol):
    """Answers requests; see `llm.chat`."""

    @property
    def name(self) -> str:
        """The model's name, for the provenance."""

    def complete(self, requests: Sequence[ChatRequest]) -> list[Answer | Refused]:
        """What became of each request, in their order.

        Raises ProviderError where the provider fails, StorageError where the cache does; what was
        answered until then is cached.
        """
