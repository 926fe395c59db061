"""The splits of a folder of logs, judged by brute force: ties across sides, families torn apart.

    python -m ftdata_tests.benchmarks.split_truth --data DIR [--json]

DIR is laid out like ../shared/data: logs/<source>/<date>.jsonl[.gz] and logs/truth.jsonl.gz. All
stages of all partitions are built in this process with default settings, and the dataset is
assembled; what is judged is its examples.parquet. Nothing of `ftdata.splitting` or of
`ftdata.validation` is used to judge it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from ftdata.defs.dataset_steps import assemble
from ftdata.defs.steps import build_stage
from ftdata.ingest.inventory import scan_raw
from ftdata.project import open_project
from ftdata.tables import CHAINS

KINDS = ("conversation", "derived", "prompt", "turn", "prefix")
THRESHOLD = 0.7
PROMPT_WORDS, TURN_WORDS = 4, 8
REASONS = {
    "other_language": "no two examples on different sides are in one language: names alone are"
    " shared",
    "short_prompt": f"prompts reach {THRESHOLD}, but one has under {PROMPT_WORDS} distinct words:"
    " small talk, which ties nobody",
    "parting": f"they open with the same user turn of under {TURN_WORDS} words and part in a reply"
    f" or a turn, so that neither begins the other; prompts stay under {THRESHOLD}",
    "below_threshold": f"the most similar prompts on different sides are from 0.5 to {THRESHOLD}",
    "different_words": "the most similar prompts on different sides share less than half",
    "tied": "prompts on different sides reach the threshold: this would be leakage",
}


@dataclass(frozen=True)
class Judged:
    """One example of the finished dataset, read for comparing."""

    id: str
    split: str
    conversation: tuple[str, str]
    parent: str | None
    records: tuple[str, ...]
    asked: tuple[tuple[str, ...], ...]  # the words of each user turn
    said: tuple[tuple[str, ...], ...]  # role, tool calls and words of each message but system's

    @property
    def prompt(self) -> frozenset[str]:
        """The distinct words of all user turns."""
        return frozenset(chain.from_iterable(self.asked))


def measure(data: Path) -> dict[str, float | dict[str, Any]]:
    """Every metric, by name; `families_torn_by` holds a table, one row a kind and reason."""
    started = time.process_time()
    with tempfile.TemporaryDirectory() as scratch:
        examples, reasons = build(data / "logs", Path(scratch))
    built = time.process_time()
    sides = Counter(example.split for example in examples)
    metrics: dict[str, float | dict[str, Any]] = {
        "split_examples": len(examples),
        **{f"split_{name}": count for name, count in sorted(sides.items())},
        **{f"ties_across_{kind}": n for kind, n in ties_across(examples).items()},
        "dropped_bridges_splits": reasons.get("bridges_splits", 0),
        **families(examples, data / "logs" / "truth.jsonl.gz"),
    }
    metrics["split_build_cpu_s"] = round(built - started, 1)
    metrics["split_judge_cpu_s"] = round(time.process_time() - built, 1)
    return metrics


def build(logs: Path, folder: Path) -> tuple[list[Judged], dict[str, int]]:
    """The examples of the dataset of all logs, and why `dataset` dropped others."""
    for path in sorted(path for path in logs.glob("*/*") if path.is_file()):
        target = folder / "data" / "raw" / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    project = open_project(folder / "ftdata.yaml")
    for key, files in scan_raw(project.store.data, project.settings).partitions.items():
        for stage in CHAINS["logs"]:
            build_stage(project, stage, key, files)
    release = assemble(project, lambda _: True).release
    columns = [
        "id", "split", "source", "conversation_id", "parent_id", "record_ids", "messages",
    ]  # fmt: skip
    rows = pq.read_table(Path(str(release.folder)) / "examples.parquet", columns=columns)
    reasons: dict[str, int] = release.manifest["content"]["dataset"]["reasons"]
    return [read_example(row) for row in rows.to_pylist()], reasons


def ties_across(examples: Sequence[Judged]) -> dict[str, int]:
    """Pairs of examples on different sides that are tied, by kind."""
    ids = {example.id: example for example in examples}
    return {
        "conversation": _pairs_across((e.conversation, e) for e in examples),
        "derived": sum(
            e.parent in ids and ids[e.parent].split != e.split
            for e in examples
            if e.parent is not None
        ),
        "prompt": _similar_across(examples),
        "turn": _pairs_across(
            (turn, e) for e in examples for turn in set(e.asked) if len(turn) >= TURN_WORDS
        ),
        "prefix": _begun_across(examples),
    }


def families(examples: Sequence[Judged], truth: Path) -> dict[str, float | dict[str, Any]]:
    """Families of the truth on two sides, and why no tie holds each together."""
    with gzip.open(truth, "rt", encoding="utf-8") as file:
        rows = {row["id"]: row for row in map(json.loads, file) if row["family"]}
    members: dict[str, dict[str, Judged]] = defaultdict(dict)
    for example in examples:
        for record in example.records:
            if record in rows:
                members[rows[record]["family"]][example.id] = example
    languages = {
        e.id: {rows[record]["lang"] for record in e.records if record in rows} for e in examples
    }
    torn = {
        name: list(of_family.values())
        for name, of_family in sorted(members.items())
        if len({example.split for example in of_family.values()}) > 1
    }
    return {
        "families": len({row["family"] for row in rows.values()}),
        "families_of_two_examples_or_more": sum(len(found) > 1 for found in members.values()),
        "families_on_two_sides": len(torn),
        "families_torn_by": _table(torn, languages),
    }


def _table(
    torn: dict[str, list[Judged]], languages: dict[str, set[str]]
) -> dict[str, dict[str, Any]]:
    """Kind of family and reason → number of families, highest Jaccard across, explanation."""
    found: dict[str, list[float]] = defaultdict(list)
    for name, of_family in torn.items():
        reason, highest = _why(of_family, languages)
        found[f"{name.partition(':')[0]} {reason}"].append(highest)
    return {
        name: {
            "families": len(degrees),
            "highest_prompt_jaccard": round(max(degrees), 3),
            "median_prompt_jaccard": round(float(np.median(degrees)), 3),
            "explanation": REASONS[name.partition(" ")[2]],
        }
        for name, degrees in sorted(found.items())
    }


def _why(of_family: Sequence[Judged], languages: dict[str, set[str]]) -> tuple[str, float]:
    """The reason that no tie joins the sides, and the highest prompt Jaccard between them."""
    across = [(a, b) for a, b in combinations(of_family, 2) if a.split != b.split]
    short = [_jaccard(a.prompt, b.prompt) for a, b in across if _is_short(a) or _is_short(b)]
    long = [_jaccard(a.prompt, b.prompt) for a, b in across if not (_is_short(a) or _is_short(b))]
    highest = max(short + long)
    if max(long, default=0) >= THRESHOLD:
        return "tied", highest
    if max(short, default=0) >= THRESHOLD:
        return "short_prompt", highest
    if not any(languages[a.id] & languages[b.id] for a, b in across):
        return "other_language", highest
    if any(a.asked[:1] == b.asked[:1] for a, b in across):
        return "parting", highest
    return ("below_threshold" if highest >= 0.5 else "different_words"), highest


def _is_short(example: Judged) -> bool:
    return len(example.prompt) < PROMPT_WORDS


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / max(len(left | right), 1)


def _pairs_across(shared: Iterable[tuple[object, Judged]]) -> int:
    sides: dict[object, Counter[str]] = defaultdict(Counter)
    for thing, example in shared:
        sides[thing][example.split] += 1
    return sum(
        left * right for found in sides.values() for left, right in combinations(found.values(), 2)
    )


def _similar_across(examples: Sequence[Judged]) -> int:
    """Every example outside train against all others, their common words counted."""
    prompts = [sorted(example.prompt) for example in examples]
    numbers: dict[str, int] = {}
    codes = [[numbers.setdefault(word, len(numbers)) for word in prompt] for prompt in prompts]
    sizes = np.array([len(prompt) for prompt in prompts], np.int64)
    flat = np.array(list(chain.from_iterable(codes)), np.int64)
    owners = np.repeat(np.arange(sizes.size), sizes)[np.argsort(flat, kind="stable")]
    having = np.split(owners, np.cumsum(np.bincount(flat))[:-1])
    sides = np.array([example.split for example in examples])
    compared = sizes >= PROMPT_WORDS
    count = 0
    for row in np.flatnonzero(compared & (sides != "train")).tolist():
        common = np.bincount(np.concatenate([having[c] for c in codes[row]]), minlength=sizes.size)
        similar = compared & (common >= THRESHOLD * (sizes + sizes[row] - common) - 1e-9)
        across = np.flatnonzero(similar & (sides != sides[row]))
        count += sum(sides[other] == "train" or other < row for other in across.tolist())
    return count


def _begun_across(examples: Sequence[Judged]) -> int:
    """Pairs of which one conversation is the beginning of the other, or the same."""
    whole: dict[tuple[tuple[str, ...], ...], Counter[str]] = defaultdict(Counter)
    for example in examples:
        whole[example.said][example.split] += 1
    count = _pairs_across((example.said, example) for example in examples if example.said)
    for example in examples:
        for end in range(1, len(example.said)):
            found = whole.get(example.said[:end], Counter())
            count += found.total() - found[example.split]
    return count


def read_example(row: dict[str, Any]) -> Judged:
    """What is compared of one row of examples.parquet."""
    messages = [m for m in row["messages"] if m["role"] != "system"]
    texts = [_words(m["content"] or "") for m in messages]
    return Judged(
        id=row["id"],
        split=row["split"],
        conversation=(row["source"], row["conversation_id"]),
        parent=row["parent_id"],
        records=tuple(row["record_ids"]),
        asked=tuple(t for t, m in zip(texts, messages, strict=True) if m["role"] == "user"),
        said=tuple(
            (m["role"], m["tool_calls"] or "", *(text or (m["content"] or "").split()))
            for text, m in zip(texts, messages, strict=True)
        ),
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))


def main() -> None:
    """Print every metric as a table or as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds logs/")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    metrics = measure(options.data.absolute())
    if options.json:
        print(json.dumps(metrics))
        return
    for name, value in metrics.items():
        if not isinstance(value, dict):
            print(f"{name:<36}{value:>10,.1f}".removesuffix(".0"))
            continue
        for kind, row in value.items():
            print(f"  {kind:<26}{row['families']:>5} families, {row['explanation']}")
            print(f"{'':<33}prompt Jaccard: {row['highest_prompt_jaccard']} at most")


if __name__ == "__main__":
    main()
