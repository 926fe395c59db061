"""A chat model without a provider: answers by a function, and what it was sent is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ftdata.chat import Answer, Asked, ChatRequest, Refused


@dataclass
class FakeModel:
    """`reply` makes the filled form of a request, or a refusal."""

    reply: Callable[[ChatRequest], Asked | Refused]
    name: str = "writer-1"
    sent: list[ChatRequest] = field(default_factory=list)

    def complete(self, requests):
        self.sent += requests
        return [self._outcome(request) for request in requests]

    def _outcome(self, request):
        made = self.reply(request)
        return made if isinstance(made, Refused) else Answer(made.model_dump_json(), None)
