"""What a recipe is: a trainer's settings for one target, and the text that holds them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from ftdata.release.recipes.sizing import Choice, Kind, Sizing

MODEL = "REPLACE_WITH_MODEL"
_WIDTH = 96


@dataclass(frozen=True)
class Fit:
    """What a recipe is fitted to: one target's files, and the sizes that follow from them."""

    name: str  # of the dataset
    model: str  # `dataset.recipe.base_model`, or MODEL
    folder: str  # of the target, below the version's folder
    files: Mapping[str, str]  # split → path below the version's folder, where there are rows
    rows: Mapping[str, int]  # of the same splits
    losses: Mapping[str, int]  # feature → examples written without it
    sizing: Sizing


@dataclass(frozen=True)
class Recipe:
    """How the files of a recipe are made, and what kind of training it is."""

    kind: Kind
    files: Callable[[Fit], dict[str, bytes]]  # name below the target's folder → content


class Entry(NamedTuple):
    """One setting of the trainer; without a reason it stands below the one before."""

    key: str
    value: Any
    why: str = ""


def chosen(key: str, choice: Choice) -> Entry:
    """An entry with the value and the reason of a choice."""
    return Entry(key, choice.value, choice.why)


def model_entry(key: str, fit: Fit) -> Entry:
    """The model to start from: the user's, or the word to replace."""
    if fit.model == MODEL:
        return Entry(key, MODEL, "Write the model to start from, or set dataset.recipe.base_model.")
    return Entry(key, fit.model, "dataset.recipe.base_model.")


def yaml_file(head: str, entries: Iterable[Entry]) -> bytes:
    """YAML with the reasons as comments above the settings.

    `head` and the reasons hold words of ours and numbers: nothing of the data could end a comment.
    """
    parts = [_comment(head)]
    for entry in entries:
        if entry.why:
            parts.append("\n" + _comment(entry.why))
        parts.append(yaml.safe_dump({entry.key: entry.value}, sort_keys=False, allow_unicode=True))
    return "".join(parts).encode()


def _comment(text: str) -> str:
    lines = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return "".join(f"# {line}\n" for line in lines)
