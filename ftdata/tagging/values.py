"""What tags may say, and where they may come from: closed sets, each named once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

# `log`: the record's own fields; `rules`: found in the texts by rules, of cleaning too; `model`: a
# provider's; `generator`: what wrote the example, or derived it, knew it.
Origin = Literal["log", "rules", "model", "generator"]
TaskType = Literal[
    "question_answering", "definition", "comparison", "policy", "procedure", "troubleshooting",
    "information_extraction", "classification", "summarization", "rewriting", "translation",
    "coding", "reasoning", "brainstorming", "writing", "roleplay", "transaction", "tool_use",
    "decline", "conversation", "other",
]  # fmt: skip
Domain = Literal[
    "account", "billing", "education", "entertainment", "everyday", "finance", "food", "health",
    "home", "legal", "science", "shipping", "shopping", "society", "software", "sports",
    "technical", "transport", "travel", "work", "general",
]  # fmt: skip
Complexity = Literal["simple", "medium", "hard"]
Tone = Literal["neutral", "polite", "formal", "informal", "urgent", "frustrated"]

GENERAL = "general"  # the domain of what fits no other
ORIGINS: tuple[Origin, ...] = get_args(Origin)
TASK_TYPES: tuple[TaskType, ...] = get_args(TaskType)
DOMAINS: tuple[Domain, ...] = get_args(Domain)
COMPLEXITIES: tuple[Complexity, ...] = get_args(Complexity)
TONES: tuple[Tone, ...] = get_args(Tone)


def domain_names(own: Iterable[str]) -> tuple[str, ...]:
    """All domains there are: the owner's own and `general`; the usual ones where he has none."""
    named = tuple(own)
    return (*named, GENERAL) if named else DOMAINS


def tag_sets(own_domains: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The values of each tag that has a closed set."""
    return {
        "complexity": COMPLEXITIES,
        "domain": domain_names(own_domains),
        "task_type": TASK_TYPES,
        "tone": TONES,
    }
