"""How many examples of a stratum or a source may stay."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

from ftdata.settings_selection import Caps

_SLACK = 1e-9


def caps_of(sizes: Mapping[str, int], caps: Caps) -> tuple[dict[str, int], str]:
    """The most examples of every stratum, and what could not be had."""
    if not sizes:
        return {}, ""
    limits = [max(sizes.values())]
    note = ""
    if caps.max_examples is not None:
        limits.append(caps.max_examples)
    if caps.max_ratio is not None:
        limits.append(max(1, int(caps.max_ratio * median(sizes.values()))))
    if caps.max_share is not None:
        shared = _cap_by_share(sorted(sizes.values()), caps.max_share)
        if shared is None:
            note = (
                f"max_share {caps.max_share:g} cannot hold with {len(sizes)} strata: their shares"
                f" are {1 / len(sizes):.2g} where all are alike; it was let pass"
            )
        else:
            limits.append(shared)
    return dict.fromkeys(sizes, min(limits)), note


def _cap_by_share(sizes: list[int], share: float) -> int | None:
    """The largest cap c with c ≤ share · Σ min(size, c); None where no c from 1 on has it.

    Σ min(size, c) grows ever slower, so that the caps that hold are those up to the largest.
    """
    low, high = 0, sizes[-1]
    while low < high:
        cap = (low + high + 1) // 2
        if cap <= share * sum(min(size, cap) for size in sizes) + _SLACK:
            low = cap
        else:
            high = cap - 1
    return low or None


def mixture_limits(
    sizes: Mapping[str, int], mixture: Mapping[str, float]
) -> tuple[dict[str, int], str]:
    """The most examples of every source with a share, and which have too few for theirs.

    What no share is given for is never cut: it is the rest, and the shares are of the whole with
    it. Where nothing else is there, the scarcest source decides, of those that are there at all.
    """
    rest = sum(count for source, count in sizes.items() if source not in mixture)
    left = 1 - sum(mixture.values())
    if rest and left > _SLACK:
        whole = rest / left
    else:
        asked = (sizes[name] / share for name, share in mixture.items() if share and name in sizes)
        whole = min(asked, default=0)
    limits = {name: int(share * whole + _SLACK) for name, share in mixture.items()}
    scarce = sorted(name for name, most in limits.items() if sizes.get(name, 0) < most)
    notes = [
        f"{name} has {sizes.get(name, 0):,} of the {limits[name]:,} that its share asks for"
        for name in scarce
    ]
    if rest and left <= _SLACK:
        notes.append(f"the shares leave nothing for {rest:,} examples of other sources, which stay")
    return limits, "; ".join(notes)
