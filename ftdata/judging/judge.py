"""Judges the examples of one partition, and says which of them the settings let go on.

Nobody is judged by rules: an example that was not asked about, or that the model gave no usable
answer for, has no score, and it is never dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from ftdata.chat import Answer, ChatModel, ChatRequest, Refused
from ftdata.judging.asking import pair_requests, rating_request
from ftdata.judging.verdicts import Redact, Verdict, failure_of, read_pair, read_rating
from ftdata.settings_judge import Judge
from ftdata.tables import column_type, drops_table
from ftdata.text import hash64

SCORE = "judge"  # among the scores of a row
TAG = "judge"  # of a row for which the model failed: why
PAIR_TAG = "judge_pair"  # of a preference pair: which reply is better
_HASHES = 2**64


@dataclass(frozen=True, eq=False)
class Judged:
    """The examples that go on, in the order given, with `judgement`; and those that do not."""

    table: pa.Table
    drops: pa.Table
    facts: dict[str, Any]


@dataclass(frozen=True)
class _Questions:
    """What is asked of one example."""

    rating: ChatRequest | None
    pair: tuple[ChatRequest, ChatRequest] | None
    is_too_long: bool

    def requests(self) -> list[ChatRequest]:
        return [*([self.rating] if self.rating else []), *(self.pair or ())]


def judge_partition(
    augmented: pa.Table,
    options: Judge,
    model: ChatModel,
    redact: Redact,
    redact_sent: Redact = str,
) -> Judged:
    """Scores of the examples, originals and variants alike, and what `options.action` drops.

    The mean of the criteria, calibrated, is the score `judge`, as a share of 5; the answers stand
    in `judgement`. The tag `judge` says why the model gave no usable answer, `judge_pair` which
    reply of a pair it prefers. With `action: drop` a mean under `min_score` is dropped as
    `low_judgement`, and a pair whose rejected reply is preferred in both positions as
    `rejected_preferred`; the variants of what is dropped go with it. `share` chooses by a hash of
    the id. `redact` is applied to the reasons that the model gives, `redact_sent` to what it is
    shown, where the examples hold what must not leave.

    Raises ProviderError or StorageError as `ChatModel.complete` does.
    """
    questions = _questions(augmented, options, redact_sent)
    requests = [request for one in questions.values() for request in one.requests()]
    answers = iter(model.complete(requests) if requests else [])
    verdicts = {
        row: _read(one, [next(answers) for _ in one.requests()], options, redact)
        for row, one in questions.items()
    }
    table = _with_verdicts(augmented, verdicts, model.name)
    drops = _drops(augmented, verdicts, options)
    kept = [row for row in range(table.num_rows) if row not in drops]
    return Judged(
        table=table.take(pa.array(kept, pa.int64())),
        drops=drops_table(list(drops.values())),
        facts=_facts(questions, verdicts, options, augmented.num_rows),
    )


def unjudged(augmented: pa.Table) -> pa.Table:
    """The examples as they are, where nobody judges."""
    return augmented.append_column("judgement", pa.nulls(augmented.num_rows, pa.string()))


def _redacted(message: dict[str, Any], redact: Redact) -> dict[str, Any]:
    texts = {name: message[name] for name in ("content", "tool_calls")}
    return message | {name: text and redact(text) for name, text in texts.items()}


def _questions(table: pa.Table, options: Judge, redact: Redact) -> dict[int, _Questions]:
    """By row, for those that the share holds."""
    ids, messages = table.column("id").to_pylist(), table.column("messages")
    rejected = table.column("rejected").to_pylist()
    chosen = [row for row, name in enumerate(ids) if _is_chosen(name, options.share)]
    found = {}
    for row in chosen:
        said = [_redacted(message, redact) for message in messages[row].as_py()]
        other = rejected[row]
        is_pair = options.pairs and other is not None
        rating = rating_request(said, options.criteria)
        pair = pair_requests(said, redact(other)) if is_pair else None
        found[row] = _Questions(rating, pair, rating is None or (is_pair and pair is None))
    return found


def _is_chosen(name: str, share: float) -> bool:
    return hash64(f"judge\n{name}") < share * _HASHES


def _read(
    asked: _Questions, outcomes: Sequence[Answer | Refused], options: Judge, redact: Redact
) -> Verdict:
    texts = [one.text if isinstance(one, Answer) else None for one in outcomes]
    rating, pair = None, None
    if asked.rating and (text := texts.pop(0)) is not None:
        rating = read_rating(text, options, redact)
    if asked.pair and texts[0] is not None and texts[1] is not None:
        pair = read_pair((texts[0], texts[1]), redact)
    return Verdict(rating, pair, failure_of(outcomes))


def _with_verdicts(table: pa.Table, verdicts: dict[int, Verdict], model: str) -> pa.Table:
    judgements: list[str | None] = [None] * table.num_rows
    names = ("tags", "tag_origins", "scores")
    tags, origins, scores = (table.column(name).to_pylist() for name in names)
    for row, verdict in verdicts.items():
        judgements[row] = verdict.text(model)
        if verdict.rating is not None:
            scores[row] = [*(scores[row] or []), (SCORE, verdict.rating.share)]
        told = _tags(verdict)
        tags[row] = sorted({**dict(tags[row]), **told}.items())
        origins[row] = sorted({**dict(origins[row]), **dict.fromkeys(told, "model")}.items())
    for name, values in zip(names, (tags, origins, scores), strict=True):
        place, column = table.schema.get_field_index(name), table.schema.field(name)
        kind = column_type("augmented", name)
        table = table.set_column(place, column, pa.array(values, kind))
    return table.append_column("judgement", pa.array(judgements, pa.string()))


def _tags(verdict: Verdict) -> dict[str, str]:
    pair = {PAIR_TAG: verdict.pair.preferred} if verdict.pair else {}
    return pair | ({TAG: verdict.failure} if verdict.failure else {})


def _drops(
    table: pa.Table, verdicts: dict[int, Verdict], options: Judge
) -> dict[int, dict[str, Any]]:
    """By row, in the order of the rows."""
    if options.action == "report":
        return {}
    ids, parents = (table.column(name).to_pylist() for name in ("id", "parent_id"))
    found = {row: why for row, one in verdicts.items() if (why := _fault(one, options))}
    low = {ids[row]: why for row, why in found.items()}
    faults = {
        row: found.get(row) or (low[parent][0], f"its parent {parent}: {low[parent][1]}")
        for row, parent in enumerate(parents)
        if row in found or parent in low
    }
    return {
        row: {
            "record_id": ids[row], "stage": "validated_splits", "reason": reason, "detail": detail
        }
        for row, (reason, detail) in faults.items()
    }  # fmt: skip


def _fault(verdict: Verdict, options: Judge) -> tuple[str, str] | None:
    """Reason and detail of a drop; None where nothing that was said speaks against it."""
    if _is_low(verdict, options):
        assert verdict.rating is not None
        scores = ", ".join(f"{name} {score}" for name, score in verdict.rating.scores.items())
        return "low_judgement", f"{verdict.rating.mean:.2f} of 5: {scores}"
    if _is_reversed(verdict):
        return "rejected_preferred", "the rejected reply was judged better in both positions"
    return None


def _is_low(verdict: Verdict, options: Judge) -> bool:
    if verdict.rating is None or options.min_score is None:
        return False
    return verdict.rating.mean < options.min_score


def _is_reversed(verdict: Verdict) -> bool:
    return verdict.pair is not None and verdict.pair.preferred == "rejected"


def _facts(
    questions: dict[int, _Questions], verdicts: dict[int, Verdict], options: Judge, rows: int
) -> dict[str, Any]:
    """Counts for people: what was judged, what not and why, what pairs and low scores there are."""
    means = [one.rating.mean for one in verdicts.values() if one.rating is not None]
    failures = Counter(f"failed: {one.failure}" for one in verdicts.values() if one.failure)
    pairs = Counter(f"pairs: {one.pair.preferred}" for one in verdicts.values() if one.pair)
    counts = {
        "judged": len(means),
        "not in judge.share": rows - len(questions),
        "too long": sum(one.is_too_long for one in questions.values()),
        "under min_score": sum(_is_low(one, options) for one in verdicts.values()),
        **failures,
        **pairs,
    }
    told: dict[str, Any] = {"judge": {name: count for name, count in counts.items() if count}}
    return told | ({"judge_mean": round(sum(means) / len(means), 3)} if means else {})
