"""Tags by rules: domains and tasks against labelled texts, complexity by origin, and their time.

    python -m ftdata_tests.benchmarks.tags [--data DIR] [--json]

DIR is laid out like ../shared/data. Domains are held against CLINC's intents, tasks against Dolly's
categories, origins of the logs that hold one task alone, and the seed tasks of Self-Instruct. What
the log's own category tells is left aside: these figures are of the rules.

What they are worth: words and phrases were chosen while looking at what the rules missed in the
train part of CLINC, in the logs and in the seed tasks. So the figures of logs and seed tasks are of
texts that the rules were fitted to, and the test part of CLINC has the intents of its train part.
`unseen` are texts that nobody looked at before: the items of public benchmarks.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import TypeVar

from ftdata.tagging.complexity import complexity_of
from ftdata.tagging.domain import domain_of
from ftdata.tagging.said import Said, read_said
from ftdata.tagging.task_type import task_type_of
from ftdata.tagging.tone import tone_of
from ftdata.tagging.values import GENERAL
from ftdata_tests.benchmarks.cleaning_truth import read_jsonl
from ftdata_tests.benchmarks.duplicates_figures import (
    Figure,
    as_json,
    at_most,
    line,
    stated,
)
from ftdata_tests.benchmarks.tags_truth import (
    ALSO,
    OF_ORIGIN,
    OFFICIAL,
    UNSEEN_DOMAINS,
    UNSEEN_TASKS,
    Logged,
    logged,
    of_one_message,
)

DATA = Path(__file__).parents[3] / "shared" / "data"
DOLLY = "dolly-3k"
NONE: frozenset[str] = frozenset()
MICROSECONDS = 60  # of all rules together, for an example
ROUNDS = 3
T = TypeVar("T")


def measure(data: Path) -> list[Figure]:
    """Every figure, in order."""
    conversations = list(logged(data))
    return [
        *domain_figures(data),
        *task_figures(conversations),
        *seed_figures(data),
        *unseen_figures(data),
        *complexity_figures(conversations),
        *time_figures(conversations),
    ]


def domain_figures(data: Path) -> Iterator[Figure]:
    """Of texts whose intent has a domain: which are named, and how many of those rightly."""
    texts = [
        (row["intent"], domain_of(of_one_message(row["text"])))
        for row in read_jsonl(data / "categories" / "clinc_oos.jsonl.gz")
        if row["split"] == "test"
    ]
    yield from _held_against("CLINC's own domains", OFFICIAL, texts)
    both = {name: OFFICIAL.get(name, NONE) | ALSO.get(name, NONE) for name in {*OFFICIAL, *ALSO}}
    yield from _held_against("what intents are about as well", both, texts)
    others = [found == GENERAL for intent, found in texts if intent not in both]
    yield stated("domains", f"texts of none left general ({len(others)})", _mean(others))


def _held_against(
    name: str, wanted: Mapping[str, frozenset[str]], texts: Sequence[tuple[str, str]]
) -> Iterator[Figure]:
    own = [(wanted[intent], found) for intent, found in texts if intent in wanted]
    named = [found in domains for domains, found in own if found != GENERAL]
    yield stated(f"domains by {name}", "texts", len(own))
    yield stated(f"domains by {name}", "named", len(named) / len(own))
    yield stated(f"domains by {name}", "of those rightly", _mean(named))


def task_figures(conversations: Sequence[Logged]) -> Iterator[Figure]:
    """By origin the share that has one of its tasks; in Dolly the share of a task that is right."""
    found: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    told: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for one in conversations:
        if one.origin is None:
            continue
        task = task_type_of(one.said)
        is_right = task in OF_ORIGIN[one.origin]
        found[one.origin][is_right] += 1
        if one.dataset == DOLLY:
            told[task][is_right] += 1
    for origin, counts in sorted(found.items(), key=lambda pair: (-pair[1].total(), pair[0])):
        yield stated("tasks of", f"{origin} ({counts.total()})", counts[True] / counts.total())
    for name, counts in sorted(told.items(), key=lambda pair: (-pair[1].total(), pair[0])):
        shown = f"{name} in Dolly ({counts.total()})"
        yield stated("tasks, precision of", shown, counts[True] / counts.total())


def seed_figures(data: Path) -> Iterator[Figure]:
    """Classification among the seed tasks: which are found, and which of the found are one."""
    counts = Counter[tuple[bool, bool]]()
    for row in read_jsonl(data / "instructions" / "self_instruct_seed_tasks.jsonl"):
        given = row["instances"][0]["input"]
        task = task_type_of(of_one_message(f"{row['instruction']}\n\n{given}".strip()))
        counts[row["is_classification"], task == "classification"] += 1
    both = counts[True, True]
    yield stated(
        "seed tasks", "classification: precision", both / max(1, both + counts[False, True])
    )
    yield stated("seed tasks", "classification: recall", both / max(1, both + counts[True, False]))


def unseen_figures(data: Path) -> Iterator[Figure]:
    """The items of benchmarks: programming is coding, school mathematics reasoning, and so on."""
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for row in read_jsonl(data / "decontam" / "eval_items.jsonl.gz"):
        said, name = of_one_message(row["question"]), row["dataset"]
        if name in UNSEEN_TASKS:
            wanted = UNSEEN_TASKS[name]
            found[f"{name}: {wanted}"].append(task_type_of(said) == wanted)
        elif name in UNSEEN_DOMAINS:
            wanted = UNSEEN_DOMAINS[name]
            found[f"{name}: {wanted}"].append(domain_of(said) == wanted)
    for name, rights in sorted(found.items()):
        yield stated("unseen", f"{name} ({len(rights)})", _mean(rights))


def complexity_figures(conversations: Sequence[Logged]) -> Iterator[Figure]:
    """The share that is not simple: of prompts chosen for being hard, and of trivia."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in conversations:
        if one.dataset == "arena-hard" or one.category == "trivia":
            counts[one.dataset][complexity_of(one.said)] += 1
    for dataset, found in sorted(counts.items()):
        share = 1 - found["simple"] / found.total()
        yield stated("complexity", f"{dataset}: not simple ({found.total()})", share)


def time_figures(conversations: Sequence[Logged]) -> Iterator[Figure]:
    """Microseconds of processor time an example, the best of some rounds."""
    rules: dict[str, Callable[[Said], str]] = {
        "task_type": task_type_of,
        "domain": domain_of,
        "complexity": complexity_of,
        "tone": tone_of,
    }
    saids = [one.said for one in conversations]
    total = 0.0
    for name, rule in rules.items():
        spent = min(_spent(rule, saids) for _ in range(ROUNDS))
        total += spent
        yield stated("time in µs", name, spent)
    given = [(said.messages, said.language) for said in saids]
    read = min(_spent(lambda one: read_said(*one), given) for _ in range(ROUNDS))
    yield stated("time in µs", "reading", read)
    yield at_most("time in µs", "all together", total + read, MICROSECONDS)


def _spent(run: Callable[[T], object], values: Sequence[T]) -> float:
    start = process_time()
    for value in values:
        run(value)
    return 1e6 * (process_time() - start) / max(1, len(values))


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / max(1, len(values))


def main() -> None:
    """Print the table, or its lines as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = measure(arguments.data)
    if arguments.json:
        print(json.dumps(as_json(figures), indent=1))
    else:
        print("\n".join(map(line, figures)))


if __name__ == "__main__":
    main()
