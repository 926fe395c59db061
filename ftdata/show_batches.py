"""What is shown of partitions that wait for batches of the provider."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ftdata.console import say

if TYPE_CHECKING:
    from ftdata.defs.batches import WaitingPartition

_MAX_SHOWN = 20


def batch_values(waiting: Sequence[WaitingPartition]) -> list[dict[str, object]]:
    """The same as JSON: each partition with its stage, and the requests by the batch's id."""
    return [
        {"partition": str(one.key), "stage": one.stage, "requests": dict(one.requests)}
        for one in waiting
    ]


def show_batches(waiting: Sequence[WaitingPartition]) -> None:
    """A line a partition, and when it goes on."""
    if not waiting:
        return
    say("Waiting for batches of the provider, which answers within 24 hours; the sensor")
    say("finish_batches goes on then, or run `ftdata build` again:")
    for one in waiting[:_MAX_SHOWN]:
        say(f"  {one.key}: {one.told}")
    if len(waiting) > _MAX_SHOWN:
        say(f"  … and {len(waiting) - _MAX_SHOWN} more")
    say()
