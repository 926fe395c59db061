"""What became of the requests of a stage: counts to be shown, and who is to pay for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from ftdata.chat import Answer, ChatRequest, Refused, Usage
from ftdata.errors import ProviderError
from ftdata.llm.chat_cache import ChatCache
from ftdata.llm.ledger import Spent

Outcome = Answer | Refused

_TELLING = 5  # refusals on end that say more of the model than of the requests


@dataclass
class Tally:
    """What was asked so far, for the metadata. Tokens are unknown where one count is."""

    answered: int = 0  # from the cache or by the provider
    from_cache: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    paid: Usage = field(default_factory=lambda: Usage(0, 0, 0, 0))
    uncounted: int = 0  # outcomes whose tokens the provider did not count

    def counts(self) -> dict[str, int]:
        """All counts by name, those of refusals by their reason."""
        tokens = {f"{name} tokens paid": count for name, count in asdict(self.paid).items()}
        refused = {f"refused: {reason}": count for reason, count in sorted(self.refused.items())}
        told = {"answered": self.answered, "answered from the cache": self.from_cache}
        return {**told, **refused, **tokens, "answers without a count of tokens": self.uncounted}

    def add(self, outcome: Outcome, *, is_cached: bool) -> None:
        """Count one outcome."""
        if isinstance(outcome, Refused):
            self.refused[outcome.reason] += 1
        else:
            self.answered += 1
        if is_cached:
            self.from_cache += 1
        elif outcome.usage is None:
            self.uncounted += 1
        else:
            self.paid += outcome.usage


def spent_by_prompt(
    usages: Mapping[bytes, Usage | None],
    requests: Mapping[bytes, ChatRequest],
    expected: Mapping[bytes, Usage],
    uncorrected: Mapping[bytes, Usage],
) -> dict[str, Spent]:
    """What requests have cost, by the version of their prompt; `usages` are those counted.

    `expected` stands for what is not counted. Ratios are learned from what is `uncorrected`: by
    what was corrected before they would tell how good the last ratio was.
    """
    found: dict[str, Spent] = {}
    for key, usage in usages.items():
        version = requests[key].prompt_version
        spent = Spent(1, usage or expected[key], int(usage is None), uncorrected[key])
        found[version] = found[version] + spent if version in found else spent
    return found


def refuse_useless(cache: ChatCache, model: str, found: Mapping[bytes, Outcome]) -> None:
    """A model that fills no form at all is the wrong one: that says little of the requests.

    Raises ProviderError there, and forgets what it said.
    """
    refused = Counter(o.reason for o in found.values() if isinstance(o, Refused))
    if refused.total() == len(found) >= _TELLING:
        cache.forget(found)
        told = ", ".join(f"{count} {reason}" for reason, count in sorted(refused.items()))
        raise ProviderError(
            f"chat: {model} answered none of {len(found)} requests in the form asked for"
            f" ({told}): name another model in llm.model, or see llm.max_completion_tokens"
        )
