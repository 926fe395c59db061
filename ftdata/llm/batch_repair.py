"""The repair turn of malformed answers that a batch brought: asked at once, not by a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from ftdata.chat import Answer, ChatRequest, Refused, Usage
from ftdata.llm.chat_client import Malformed, after_repair, repair_of
from ftdata.llm.dispatch import Client, Dispatcher, Job
from ftdata.settings_llm import Llm

Outcome = Answer | Refused
Keep = Callable[[Mapping[bytes, Outcome], Mapping[bytes, Usage | None]], None]
MaySend = Callable[[list[bytes], bytes], None]

_NOTHING = Usage(0, 0, 0, 0)


def repair(
    malformed: Mapping[bytes, Malformed],
    requests: Mapping[bytes, ChatRequest],
    options: Llm,
    open_client: Callable[[], Client],
    may_send: MaySend,
    keep: Keep,
) -> None:
    """Ask once more for each; `keep` gets outcomes as they come, and the tokens of the repairs.

    The outcomes count the tokens of both answers. `may_send` gets the keys under way and the next
    one, and raises where no more may be sent. Raises what `Dispatcher.run` raises.
    """

    def asked(job: Job) -> None:
        may_send([one.key for one in sender.in_flight], job.key)

    def landed(outcomes: Mapping[bytes, Outcome]) -> None:
        if outcomes:
            whole = {key: after_repair(malformed[key], one) for key, one in outcomes.items()}
            keep(whole, {key: one.usage for key, one in outcomes.items()})

    sender = Dispatcher(open_client, options, asked)
    sender.run(_jobs(malformed, requests), landed)


def _jobs(
    malformed: Mapping[bytes, Malformed], requests: Mapping[bytes, ChatRequest]
) -> Iterator[Job]:
    for key, first in malformed.items():
        job = Job(key, requests[key], 0)
        job.messages = repair_of(requests[key], first)
        # Its tokens are a batch's, and are added once those of the repair have been noted.
        job.malformed = replace(first, usage=_NOTHING)
        yield job
