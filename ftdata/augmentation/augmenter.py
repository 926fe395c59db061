"""What an augmenter is: the contract of the files that the registry lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ftdata.chat import ChatRequest
from ftdata.settings_augmentation import Augmentation, AugmenterName
from ftdata.token_count import Message


@dataclass(frozen=True)
class Parent:
    """An example that variants are derived from: redacted, in the canonical form."""

    messages: Sequence[Message]
    tags: Mapping[str, str]
    worse_reply: str | None = None  # of the log to the prompt of the last reply

    @property
    def language(self) -> str:
        """Of the prompts (ISO 639-1); English where nobody says otherwise."""
        return self.tags.get("language", "en")


@dataclass(frozen=True)
class Variant:
    """What was derived: an example of its own, or with `rejected` a preference pair.

    `tags` are added to the parent's: which of its kinds of variant an augmenter has made.
    """

    messages: list[Message]
    tags: Mapping[str, str] = field(default_factory=dict)
    rejected: str | None = None


@dataclass(frozen=True)
class NotKept:
    """Why what a model wrote is no variant; `detail` holds no word of it."""

    reason: Literal["fact_lost", "unchanged", "not_a_variant"]
    detail: str


@dataclass(frozen=True)
class ByModel:
    """How a model derives a variant: what it is asked, and what its answer is made into.

    `request` is None where there is nothing to ask. `read` gets what `request` got, and the JSON
    that fills the form.
    """

    request: Callable[[Parent, int, Augmentation], ChatRequest | None]
    read: Callable[[Parent, int, Augmentation, str], Variant | NotKept]


@dataclass(frozen=True)
class Augmenter:
    """Derives variants of an example, by rules, by a model, or either.

    `by_rules(parent, seed, options)` gives one variant, or None where the augmenter has nothing to
    say; the same arguments give the same variant, another seed may give another.
    """

    name: AugmenterName
    by_rules: Callable[[Parent, int, Augmentation], Variant | None] | None = None
    by_model: ByModel | None = None
