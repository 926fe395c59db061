"""Settings of a training run that fit a dataset: what it holds decides, each with its reason.

Rules of thumb and where they come from:

- learning rate of LoRA 2e-4, of preference training 5e-6, one to three epochs, rank 16 or 32, alpha
  twice the rank, no dropout, warm-up over 5 to 10 % of the steps: Unsloth's guide to LoRA
  hyperparameters (docs, 2026); 2e-4 is also what Dettmers et al., "QLoRA" (2023), table 9, used up
  to 13 billion parameters, and 1e-4 above.
- adapters on all linear layers: QLoRA, figure 2.
- small batches, and a rank that grows with the data: Schulman et al., "LoRA Without Regret" (2025).

How many tokens a step takes is ours: enough to be steady, and few enough for a hundred steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Kind = Literal["sft", "rows", "preference"]
"""Supervised training by a trainer that can pack, by one that cannot, and on preference pairs."""


@dataclass(frozen=True)
class Rules:
    """The parameters of the rules of thumb."""

    margin: float = 1.1  # tokens of the chat template, and of a tokenizer that is not ours
    packing_share: float = 0.5  # packs where the median example is shorter than this share
    device_tokens: int = 8_192  # of one batch on one device
    step_tokens: tuple[tuple[int, int], ...] = ((1_000_000, 16_384), (10_000_000, 32_768))
    most_step_tokens: int = 65_536  # of larger datasets
    least_steps: int = 100
    epochs: tuple[tuple[int, int], ...] = ((2_000, 3), (20_000, 2))  # fewer rows than → epochs
    ranks: tuple[tuple[int, int], ...] = ((20_000, 16), (200_000, 32))
    most_rank: int = 64
    warmup_share: float = 0.05
    looks: int = 10  # at validation, in a run


class Choice(NamedTuple):
    """The value of a setting, and why."""

    value: float | int | bool
    why: str


@dataclass(frozen=True)
class Sizing:
    """The settings that depend on the data; `steps` is how many updates they make."""

    max_length: Choice
    packing: Choice
    batch: Choice  # rows, or packs, on one device
    accumulation: Choice
    epochs: Choice
    learning_rate: Choice
    warmup_steps: Choice
    look_steps: Choice  # between two looks at validation
    rank: Choice
    alpha: Choice
    steps: int


def size(
    tokens: npt.NDArray[np.int64],
    rows: int,
    kind: Kind,
    counted_with: str,
    max_length: int | None = None,
    rules: Rules = Rules(),
) -> Sizing:
    """Settings for `rows` rows of the train split.

    `tokens` are those of each train example, of which there is one at least; `max_length` is what
    the user says that the model takes.
    """
    longest = np.maximum(1, np.ceil(tokens * rules.margin))
    length = _length(longest, counted_with, max_length, rules)
    limit = int(length.value)
    used = float(np.minimum(longest, limit).mean()) * rows
    epochs = _epochs(rows, kind, rules)
    packs = max(1, round(used / limit))
    packing = _packing(longest, limit, kind, packs * int(epochs.value), rules)
    units = packs if packing.value else rows
    batch, accumulation = _batches(used, units, limit, int(epochs.value), rules)
    at_once = int(batch.value * accumulation.value)
    steps = max(1, -(-units // at_once) * int(epochs.value))
    rank = _rank(rows, rules)
    return Sizing(
        max_length=length,
        packing=packing,
        batch=batch,
        accumulation=accumulation,
        epochs=epochs,
        learning_rate=_learning_rate(kind),
        warmup_steps=_warmup(steps, rules),
        look_steps=_looks(steps, rules),
        rank=rank,
        alpha=Choice(2 * int(rank.value), "Twice the rank (Unsloth's guide)."),
        steps=steps,
    )


def _length(
    longest: npt.NDArray[np.float64], counted_with: str, max_length: int | None, rules: Rules
) -> Choice:
    """The 99th percentile, rounded up; or what the model takes, where that is less."""
    high = int(np.quantile(longest, 0.99, method="higher"))
    step = 64 if high <= 1_024 else 256
    fits = max(step, -(-high // step) * step)
    value = fits if max_length is None else min(fits, max_length)
    cut = _percent(float((longest > value).mean()), 1)
    margin = _percent(rules.margin - 1)
    why = (
        f"99 % of the {longest.size:,} train examples have {high:,} tokens or fewer: counted with"
        f" {counted_with}, and {margin} more for the chat template and the model's own tokenizer."
    )
    why += f" Rounded up to a multiple of {step}; {cut} are longer and are cut."
    if value != fits:
        why = f"dataset.recipe.max_length. {cut} of the train examples are longer and are cut."
    return Choice(value, why)


def _packing(
    longest: npt.NDArray[np.float64], limit: int, kind: Kind, packs: int, rules: Rules
) -> Choice:
    """Whether to pack: `packs` are those of all passes."""
    median = int(np.median(longest))
    if kind != "sft":
        return Choice(False, "Its rows are not packed.")
    if median > limit * rules.packing_share:
        return Choice(False, f"The median example has {median:,} tokens: there is little padding.")
    if packs < rules.least_steps:
        return Choice(False, f"Packed, there would be {packs:,} rows in all passes: too few steps.")
    why = f"Half of the examples have {median:,} tokens or fewer: padding would be most of it."
    return Choice(True, why)


def _epochs(rows: int, kind: Kind, rules: Rules) -> Choice:
    if kind == "preference":
        return Choice(1, "Preference training overfits soon: one pass over the pairs.")
    value = next((epochs for most, epochs in rules.epochs if rows < most), 1)
    why = f"{rows:,} rows; one to three passes, the fewer the more rows (Unsloth's guide)."
    return Choice(value, why)


def _batches(
    used: float, units: int, limit: int, epochs: int, rules: Rules
) -> tuple[Choice, Choice]:
    """Rows or packs at once on a device, and how many times before a step."""
    budget = next((n for most, n in rules.step_tokens if used < most), rules.most_step_tokens)
    per_unit = used / units
    wanted = min(budget / per_unit, max(4.0, units * epochs / rules.least_steps), units)
    at_once = _power_of_two(wanted)
    on_device = min(at_once, _power_of_two(rules.device_tokens / limit))
    tokens = round(at_once * per_unit)
    why = (
        f"{at_once} at once make {tokens:,} tokens a step of at most {budget:,}, for a dataset of"
        f" {round(used):,}; small batches suit LoRA, and there are to be {rules.least_steps} steps"
        " where the rows allow."
    )
    device = f"{on_device} of up to {limit:,} tokens: at most {rules.device_tokens:,} on a device"
    return (
        Choice(on_device, f"{device}; more where its memory allows."),
        Choice(at_once // on_device, why),
    )


def _percent(share: float, digits: int = 0) -> str:
    return f"{100 * share:.{digits}f} %"


def _power_of_two(number: float) -> int:
    """The largest power of two that is not above it; 1 at least."""
    return 1 << max(0, int(number).bit_length() - 1)


def _learning_rate(kind: Kind) -> Choice:
    if kind == "preference":
        return Choice(5e-6, "Where preference training with LoRA starts (Unsloth's guide).")
    why = "Where LoRA starts (Unsloth's guide; QLoRA, table 9: half of it above 13 billion)."
    return Choice(2e-4, why)


def _warmup(steps: int, rules: Rules) -> Choice:
    value = max(1, round(steps * rules.warmup_share))
    return Choice(
        value, f"{_percent(rules.warmup_share)} of about {steps:,} steps (Unsloth's guide)."
    )


def _looks(steps: int, rules: Rules) -> Choice:
    value = max(1, steps // rules.looks)
    return Choice(value, f"About {rules.looks} looks at validation in {steps:,} steps.")


def _rank(rows: int, rules: Rules) -> Choice:
    value = next((rank for most, rank in rules.ranks if rows < most), rules.most_rank)
    return Choice(value, f"For {rows:,} rows: 16 or 32 (Unsloth's guide), more for more data.")
