"""Figures on refusals, hedges, languages, toxicity and injection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.apply import apply_filters
from ftdata.cleaning.filters.finding import Finding
from ftdata.cleaning.filters.injection import find_injections
from ftdata.cleaning.filters.refusals import refusal_kinds
from ftdata.cleaning.filters.toxicity import find_toxicity
from ftdata.cleaning.language import detect_languages
from ftdata.settings_cleaning import Cleaning, Language
from ftdata_tests.benchmarks.cleaning_baselines import (
    injects_naively,
    is_toxic_naively,
    refuses_naively,
)
from ftdata_tests.benchmarks.cleaning_figures import Figure, absent
from ftdata_tests.benchmarks.cleaning_truth import Binary, matching, read_jsonl

REFUSING = ("decline", "capability")  # the kinds that refuse; the others answer, ask or hedge
HEDGING = ("hedge", "decline", "capability")
_FULL, _PARTIAL = "1_full_compliance", "3_partial_refusal"


def conversations_of(pairs: Sequence[tuple[str, str]]) -> Conversations:
    """Conversations of one turn each."""
    return Conversations(
        bounds=np.arange(len(pairs) + 1) * 2,
        roles=["user", "assistant"] * len(pairs),
        contents=[text for pair in pairs for text in pair],
        tool_calls=[None] * (2 * len(pairs)),
    )


def quality_figures(data: Path) -> Iterator[Figure]:
    """All figures on quality, language and safety."""
    for measure, pattern in (
        (_refusals, "refusal_*.jsonl*"),
        (_hedges, "hedge_*.jsonl*"),
        (_human_hedges, "human_truthful_informative_*.jsonl*"),
        (_languages, "langid_*.jsonl*"),
        (_toxicity, "toxicity_*.jsonl*"),
        (_injection, "prompt_injection*.jsonl*"),
    ):
        named = [rows for path in matching(data / "quality", pattern) if (rows := read_jsonl(path))]
        if not named:
            yield absent(pattern.partition("*")[0].rstrip("_"), f"quality/{pattern}")
        for rows in named:
            yield from measure(rows)


def _refusals(rows: list[dict[str, Any]]) -> Iterator[Figure]:
    pairs = [(row["prompt"], row["response"]) for row in rows]
    conversations = conversations_of(pairs)
    kinds = refusal_kinds(conversations)
    labels = [row["label"] for row in rows]
    refused = [label != _FULL for label in labels]
    ours = Binary.of(refused, [kind in REFUSING for kind in kinds])
    naive = Binary.of(refused, [refuses_naively(answer) for _, answer in pairs])
    partial = [i for i, label in enumerate(labels) if label == _PARTIAL]
    yield Figure(f"refusals F1 ({sum(refused)} of {len(rows)})", ours.f1, naive.f1, target=0.85)
    yield Figure("refusals precision", ours.precision, naive.precision)
    yield Figure("refusals recall", ours.recall, naive.recall)
    yield Figure(
        f"partial refusals tagged ({len(partial)})",
        sum(kinds[i] in REFUSING for i in partial) / max(len(partial), 1),
        sum(refuses_naively(pairs[i][1]) for i in partial) / max(len(partial), 1),
    )
    yield Figure("compliant answers tagged as refusals", ours.false_alarms, naive.false_alarms)
    drops = apply_filters(conversations, Cleaning()).drops
    lost = sum(
        drop is not None and kind is not None for drop, kind in zip(drops, kinds, strict=True)
    )
    reasons = Counter(drop.reason for drop in drops if drop)
    yield Figure("examples dropped for refusing, by default", sum(
        count for reason, count in reasons.items() if "refusal" in reason), target=0, at_most=True,
        note=f"{lost} tagged ones are dropped for another reason: {dict(reasons)}")  # fmt: skip


def _hedges(rows: list[dict[str, Any]]) -> Iterator[Figure]:
    yield from _hedge_figures("hedges, TruthfulQA", rows)


def _human_hedges(rows: list[dict[str, Any]]) -> Iterator[Figure]:
    yield from _hedge_figures(f"hedges, judged by people, {rows[0]['lang']}", rows)


def _hedge_figures(name: str, rows: list[dict[str, Any]]) -> Iterator[Figure]:
    kinds = refusal_kinds(conversations_of([(row["prompt"], row["response"]) for row in rows]))
    true = [not row["informative"] for row in rows]
    ours = Binary.of(true, [kind in HEDGING for kind in kinds])
    naive = Binary.of(true, [refuses_naively(row["response"]) for row in rows])
    yield Figure(f"{name}: F1 ({sum(true)} of {len(rows)})", ours.f1, naive.f1)
    yield Figure(f"{name}: precision", ours.precision, naive.precision)
    yield Figure(f"{name}: recall", ours.recall, naive.recall)


def _languages(rows: list[dict[str, Any]]) -> Iterator[Figure]:
    told = detect_languages([row["text"] for row in rows], Language())
    true = [row["lang"] for row in rows]
    right = sum(one == other for one, other in zip(told, true, strict=True))
    yield Figure(f"language accuracy ({len(rows)} sentences)", right / len(rows), target=0.99)
    yield Figure("language macro F1", macro_f1(true, told))


def macro_f1(true: Sequence[str], told: Sequence[str | None]) -> float:
    """Mean over the languages of the truth of each one's F1."""
    pairs = list(zip(true, told, strict=True))
    scores = []
    for code in sorted(set(true)):
        counts = Binary.of((a == code for a, _ in pairs), (b == code for _, b in pairs))
        scores.append(counts.f1)
    return sum(scores) / len(scores)


def _found(
    texts: Sequence[str], find: Callable[[Conversations, Cleaning], list[Finding | None]]
) -> list[bool]:
    return [
        found is not None for found in find(conversations_of([(t, "") for t in texts]), Cleaning())
    ]


def _toxicity(rows: list[dict[str, Any]]) -> Iterator[Figure]:
    texts = [row["text"] for row in rows]
    yield from _flag_figures(
        "toxicity", [row["toxic"] for row in rows], _found(texts, find_toxicity),
        [is_toxic_naively(text) for text in texts],
    )  # fmt: skip


def _injection(rows: list[dict[str, Any]]) -> Iterator[Figure]:
    texts = [row["text"] for row in rows]
    yield from _flag_figures(
        "injection", [bool(row.get("injection")) for row in rows], _found(texts, find_injections),
        [injects_naively(text) for text in texts],
    )  # fmt: skip


def _flag_figures(
    name: str, true: list[bool], ours: list[bool], naive: list[bool]
) -> Iterator[Figure]:
    one, other = Binary.of(true, ours), Binary.of(true, naive)
    yield Figure(f"{name} precision ({sum(true)} of {len(true)})", one.precision, other.precision)
    yield Figure(f"{name} recall", one.recall, other.recall)
    yield Figure(f"{name} false alarms, share", one.false_alarms, other.false_alarms)
