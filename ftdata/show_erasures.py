"""What a build and the status say of erasures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ftdata.console import say, warn

if TYPE_CHECKING:
    from ftdata.defs.erasing import Progressed
    from ftdata.defs.erasure_sweep import Derived

_MAX_SHOWN = 20
_PRUNE = "`ftdata cache prune` drops them: what is asked for again is paid for again"


def show_progressed(progressed: Progressed | None) -> None:
    """What was removed by erasures that came to their end, or what they wait for."""
    if progressed is None:
        return
    for file, lines in progressed.reviews.items():
        say(f"{file}: {counted(lines, 'line')} removed, on what is erased")
    if not progressed.is_done:
        count = counted(progressed.requests, "erasure")
        warn(f"{count} unfinished: built things still hold what is to be erased", "red")
        for reason in progressed.waits_for[:_MAX_SHOWN]:
            warn(f"  waits for {reason}")
        return
    removed = progressed.removed
    say(f"{counted(progressed.requests, 'erasure')} finished: nothing built holds it any more.")
    if removed.versions:
        say(f"  dataset versions removed: {', '.join(removed.versions)}")
    if removed.reduced:
        say(f"  {removed.reduced} is pinned, and holds the splits of its examples alone")
    counts = ((removed.answers, "answer"), (removed.vectors, "embedding"))
    told = [counted(count, noun) for count, noun in counts if count]
    if told:
        say(f"  removed from the cache: {', '.join(told)}")
    if progressed.runs:
        say(f"  deleted from Dagster's history: {counted(progressed.runs, 'run')}")
    if removed.unknown:
        warn(f"Of {removed.unknown:,} cached answers nobody knows who asked for them: {_PRUNE}")


def show_unfinished(count: int) -> None:
    """For the status."""
    if count:
        warn(f"{counted(count, 'erasure')} unfinished: the next build brings it to its end", "red")


def erasure_values(progressed: Progressed | None) -> dict[str, Any]:
    """As JSON; empty where nothing is erased."""
    if progressed is None:
        return {}
    return {
        "requests": progressed.requests,
        "finished": progressed.is_done,
        "waits_for": list(progressed.waits_for),
        "reviews": dict(progressed.reviews),
        "removed": {**derived_values(progressed.removed), "runs": progressed.runs},
    }


def derived_values(derived: Derived) -> dict[str, Any]:
    """What was, or would be, removed beside the partitions, as JSON."""
    return {
        "versions": list(derived.versions),
        "reduced": derived.reduced,
        "answers": derived.answers,
        "vectors": derived.vectors,
        "unknown": derived.unknown,
    }


def counted(count: int, noun: str) -> str:
    """`1 example`, `2 examples`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
