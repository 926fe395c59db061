"""Variants of one partition: made by rules at once, or written by a model in one round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from ftdata.augmentation.augmenter import Augmenter, NotKept, Parent, Variant
from ftdata.augmentation.facts import lost_fact
from ftdata.augmentation.harm import may_comply_with_harm
from ftdata.augmentation.picking import Picker
from ftdata.chat import Answer, ChatModel, ChatRequest, Refused
from ftdata.settings_augmentation import Augmentation, AugmenterName
from ftdata.text import hash64, same_key

Redact = Callable[[str], str]


@dataclass(frozen=True)
class Made:
    """What became of a variant that was wanted of the parent in that row."""

    row: int
    augmenter: str
    generator: str  # `rules`, or the model that was asked
    outcome: Variant | NotKept | Refused


@dataclass(frozen=True)
class _Pick:
    """A variant that rules have made already, or what a model is to be asked for one."""

    row: int
    augmenter: Augmenter
    seed: int
    made: Variant | ChatRequest


class Maker:
    """Derives the variants of one partition."""

    def __init__(
        self,
        originals: pa.Table,
        augmenters: Sequence[Augmenter],
        options: Augmentation,
        is_too_long: Callable[[Variant], bool],
        model: ChatModel | None,
        redact: Redact = str,
    ) -> None:
        """`originals` has the columns id, messages, tags and worse_reply."""
        self._redact = redact
        self._ids: list[str] = originals.column("id").to_pylist()
        self._tags = [dict(pairs) for pairs in originals.column("tags").to_pylist()]
        self._messages = originals.column("messages")
        self._worse: list[str | None] = originals.column("worse_reply").to_pylist()
        self._augmenters = {augmenter.name: augmenter for augmenter in augmenters}
        self._options = options
        self._is_too_long = is_too_long
        self._model = model
        self._parents: dict[int, Parent] = {}
        self._harmful: set[int] = set()  # rows of `_parents` of which nothing more is made
        self._askable: dict[int, bool] = {}
        self._variants: defaultdict[int, list[Variant]] = defaultdict(list)  # by the parent's row
        self._asked: set[tuple[int, ChatRequest]] = set()  # the same again would be the same answer

    def make(self) -> list[Made]:
        """What became of every variant that was wanted, in the order of picking.

        What rules cannot make is not wanted; what a model failed to write is told.
        Raises ProviderError or StorageError as `ChatModel.complete` does.
        """
        picks = self._picks()
        requests = [pick.made for pick in picks if isinstance(pick.made, ChatRequest)]
        answers = iter(self._model.complete(requests) if self._model and requests else [])
        return [self._made(pick, answers) for pick in picks]

    def _picks(self) -> list[_Pick]:
        picks: list[_Pick] = []

        def attempt(name: AugmenterName, row: int, number: int) -> bool:
            seed = hash64(f"{self._options.seed}\n{self._ids[row]}\n{name}\n{number}")
            made = self._attempt(self._augmenters[name], row, seed)
            if made is not None:
                picks.append(_Pick(row, self._augmenters[name], seed, made))
            return made is not None

        weights = {name: self._options.weight(name) for name in self._augmenters}
        Picker(self._strata(), self._options).deal(weights, attempt)
        return picks

    def _strata(self) -> dict[str, list[int]]:
        """Rows of each stratum in the order of a hash of seed and id.

        Those with a worse reply of the log come first where pairs are wanted: they are few.
        """
        seed, strata = self._options.seed, defaultdict[str, list[int]](list)
        paired = self._options.weight("preferences") > 0
        order = sorted(
            (not paired or self._worse[i] is None, hash64(f"{seed}\n{name}"), name, i)
            for i, name in enumerate(self._ids)
        )
        for *_, row in order:
            own = self._tags[row]
            strata["\n".join(own.get(tag, "") for tag in self._options.strata)].append(row)
        return strata

    def _attempt(self, augmenter: Augmenter, row: int, seed: int) -> Variant | ChatRequest | None:
        """What it would ask a model; else what its rules make of a row, where that is new.

        None where the reply may comply with a prompt that asks for harm.
        """
        parent = self._parent(row)
        if row in self._harmful:
            return None
        if self._may_ask(row) and augmenter.by_model is not None:
            request = augmenter.by_model.request(parent, seed, self._options)
            if request is not None and (row, request) not in self._asked:
                self._asked.add((row, request))
                return request
        if augmenter.by_rules is None:
            return None
        variant = augmenter.by_rules(parent, seed, self._options)
        if variant is None:
            return None
        judged = self._judged(row, variant)
        return None if isinstance(judged, NotKept) else judged

    def _may_ask(self, row: int) -> bool:
        """Whether a model may read a row: what the settings only report stands there still."""
        if self._model is None:
            return False
        if row not in self._askable:
            self._askable[row] = not self._is_private(_texts(self._parent(row)))
        return self._askable[row]

    def _is_private(self, texts: Iterable[str]) -> bool:
        return any(self._redact(text) != text for text in texts)

    def _made(self, pick: _Pick, answers: Iterator[Answer | Refused]) -> Made:
        if isinstance(pick.made, Variant):
            return Made(pick.row, pick.augmenter.name, "rules", pick.made)
        assert self._model is not None
        assert pick.augmenter.by_model is not None
        outcome: Answer | Variant | NotKept | Refused = next(answers)
        if isinstance(outcome, Answer):
            parent = self._parent(pick.row)
            outcome = pick.augmenter.by_model.read(parent, pick.seed, self._options, outcome.text)
        if isinstance(outcome, Variant) and self._is_private(_texts(outcome)):
            outcome = NotKept("not_a_variant", "holds what would be redacted")
        if isinstance(outcome, Variant):
            outcome = self._judged(pick.row, outcome)
        return Made(pick.row, pick.augmenter.name, self._model.name, outcome)

    def _judged(self, row: int, variant: Variant) -> Variant | NotKept:
        """The variant where it can stand beside its parent and that one's other variants."""
        parent = self._parent(row)
        # A pair says nothing new: its messages are its parent's, or fewer.
        is_pair = variant.rejected is not None
        lost = None if is_pair else lost_fact(parent.messages, variant.messages)
        if lost is not None:
            return NotKept("fact_lost", lost)
        if self._is_too_long(variant):
            return NotKept("not_a_variant", "longer than formatting.max_tokens")
        others = (Variant(list(parent.messages)), *self._variants[row])
        if _key(variant) in map(_key, others):
            return NotKept("unchanged", "as its parent or another variant of it")
        self._variants[row].append(variant)
        return variant

    def _parent(self, row: int) -> Parent:
        if row not in self._parents:
            messages = self._messages[row].as_py()
            self._parents[row] = parent = Parent(messages, self._tags[row], self._worse[row])
            if may_comply_with_harm(parent):
                self._harmful.add(row)
        return self._parents[row]


def _texts(said: Parent | Variant) -> Iterator[str]:
    for message in said.messages:
        yield message["content"] or ""
    if isinstance(said, Variant) and said.rejected is not None:
        yield said.rejected


def _key(variant: Variant) -> tuple[str, ...]:
    """What makes variants the same: what is said, however it is written, and what is rejected."""
    said = (message["content"] or "" for message in variant.messages)
    return (*map(same_key, said), same_key(variant.rejected or ""))
