"""What an augmenter is: the contract of the files that the registry lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ftdata.settings import Augmentation
from ftdata.token_count import Message


@dataclass(frozen=True)
class Augmenter:
    """Derives variants of an example.

    `derive(messages, seed)` gives the messages of one variant, or None where the augmenter has
    nothing to say; the same arguments give the same variant, another seed may give another.
    """

    name: str  # `paraphrase`
    generator: str  # `rules`, or the model that was asked
    is_enabled: Callable[[Augmentation], bool]
    derive: Callable[[Sequence[Message], int], list[Message] | None]

    @property
    def provenance(self) -> str:
        """As it stands in the column: `paraphrase/rules`."""
        return f"{self.name}/{self.generator}"
