"""Requests to a provider: throughput, trouble, and runs that are killed, at a real server.

    python -m ftdata_tests.benchmarks.provider [--requests N] [--kills N] [--only PART ...] [--json]

The server is a process of its own that answers after 200 ms and notes what it is sent. Throughput
is the share of what the concurrency allows, requests x 200 ms / concurrency, with start and end;
CPU is that of the asking process alone. Each kill is of a process of its own, at a moment drawn
from a seed between its first answer and its last; what the server had sent 100 ms before it must
not be asked for again.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ftdata.chat import Refused
from ftdata_tests.benchmarks.duplicates_figures import (
    Figure,
    as_json,
    at_least,
    at_most,
    line,
    stated,
)
from ftdata_tests.benchmarks.provider_partition import make_help_centre, tables
from ftdata_tests.llm.provider_process import Apart, Scenario, drawn, serving_apart
from ftdata_tests.llm.words import asking, changed, chat, numbers, request

DELAY_S = 0.2
CONCURRENCY = (8, 16, 32, 64)
HELD = Scenario(delay_s=DELAY_S, held=0.4, headers={"Retry-After": "1"})
TROUBLED = Scenario(delay_s=DELAY_S, malformed=0.05, truncated=0.02, refused=0.01)
KILLED_AT = Scenario(
    delay_s=0.05, held=0.2, headers={"Retry-After": "0.1"}, malformed=0.05, truncated=0.02
)
SURE_S = 0.1  # before a kill: what was answered until then is kept
KILLED = 300  # requests of a run that is killed


@contextmanager
def work(scenario: Scenario) -> Iterator[tuple[Path, Apart]]:
    """A folder and a server, which the environment names."""
    with tempfile.TemporaryDirectory() as name, serving_apart(Path(name), scenario) as apart:
        os.environ |= {"OPENAI_BASE_URL": apart.url, "OPENAI_API_KEY": "sk-not-a-real-key"}
        yield Path(name) / "data", apart


def answers(apart: Apart, before: float = float("inf")) -> Counter[tuple[str, int]]:
    """How often each request, and each repair, was answered until then."""
    return Counter((a.user, a.turn) for a in apart.asked() if a.is_answered and a.sent < before)


def throughput(count: int) -> Iterator[Figure]:
    """Held back at first, two of five: at each concurrency."""
    for concurrency in CONCURRENCY:
        part = f"{concurrency} at a time"
        with work(HELD) as (data, apart):
            model = chat(data, changed(concurrency=concurrency, retries=7))
            model.complete([request("first")])  # opens the client, once in a run
            began, used = time.perf_counter(), time.process_time()
            outcomes = model.complete(numbers(count))
            seconds, cpu = time.perf_counter() - began, time.process_time() - used
            yield at_least(part, "answered", len(outcomes) - model.tally.refused.total(), count)
            yield at_most(part, "most answers to one request", max(answers(apart).values()), 1)
            share = count * DELAY_S / concurrency / seconds
            yield at_least(part, "share of what concurrency allows", share, 0.8)
            yield stated(part, "requests a second", count / seconds)
            yield stated(part, "CPU ms a request", cpu / len(apart.asked()) * 1_000)
            yield stated(part, "CPU seconds a second", cpu / seconds)


def trouble(count: int) -> Iterator[Figure]:
    """Malformed, cut off and refused answers: each is repaired or has its reason."""
    part, texts = "trouble", [one.user for one in numbers(count)]
    bad = [text for text in texts if drawn(TROUBLED.malformed, "malformed", text)]
    good = [text for text in texts if text not in set(bad)]
    mended = sum(drawn(0.5, "mended", text) for text in bad)
    cut = [text for text in good if drawn(TROUBLED.truncated, "truncated", text)]
    others = sorted(set(good) - set(cut))
    declined = [text for text in others if drawn(TROUBLED.refused, "refused", text)]
    due = {
        "malformed_answer": len(bad) - mended,
        "truncated_answer": len(cut),
        "model_refused": len(declined),
    }
    with work(TROUBLED) as (data, apart):
        model = chat(data, changed(concurrency=32))
        outcomes = model.complete(numbers(count))
        found = Counter(one.reason for one in outcomes if isinstance(one, Refused))
        for reason, wanted in due.items():
            missing = abs(found[reason] - wanted)
            yield at_most(part, f"{reason}, off the {wanted} due", missing, 0)
        yield at_least(part, "answered", model.tally.answered, count - sum(due.values()))
        yield at_most(part, "requests sent", len(apart.asked()), count + len(bad))
        yield at_most(part, "most answers to one request", max(answers(apart).values()), 1)
        yield at_least(part, "tokens counted", model.tally.paid.prompt, 10 * len(apart.asked()))


def wait_for(apart: Apart, process: subprocess.Popen[str], count: int) -> None:
    """Wait until so many requests are answered."""
    while answers(apart).total() < count:
        if process.poll() is not None:
            raise RuntimeError(f"it ended by itself: {process.communicate()}")
        time.sleep(0.01)


def kills(times: int) -> Iterator[Figure]:
    """Runs that are killed at random moments and go on."""
    part, draw = f"{times} kills", random.Random(5)
    again = under_way = differ = 0
    with work(KILLED_AT) as (data, _):
        unbroken = chat(data).complete(numbers(KILLED))
    for _ in range(times):
        with work(KILLED_AT) as (data, apart):
            process = asking(data, KILLED, concurrency=8)
            wait_for(apart, process, draw.randrange(1, KILLED))
            time.sleep(draw.uniform(0, 0.05))
            at = time.time()
            process.kill()
            process.communicate()
            sure = answers(apart, at - SURE_S)
            differ += chat(data, changed(concurrency=8)).complete(numbers(KILLED)) != unbroken
            twice = [one for one, count in answers(apart).items() if count > 1]
            again += sum(one in sure and is_last(*one) for one in twice)
            under_way += len(twice)
    yield at_most(part, "runs with another outcome", differ, 0)
    yield at_most(part, f"answers of {SURE_S:g} s before asked for again", again, 0)
    yield stated(part, "answers under way asked for again, a kill", under_way / times)


def is_last(user: str, turn: int) -> bool:
    """Whether an answer is an outcome, and not one that is to be mended."""
    return turn == 2 or not drawn(KILLED_AT.malformed, "malformed", user)


def partition_kills(times: int) -> Iterator[Figure]:
    """A partition that a model writes, killed and built again: the bytes of an unbroken build."""
    part = f"partition, {times} kills"
    command = [sys.executable, "-m", "ftdata_tests.benchmarks.provider_partition"]
    with work(Scenario(delay_s=DELAY_S)) as (data, apart), tempfile.TemporaryDirectory() as other:
        settings = make_help_centre(Path(other))
        subprocess.run([*command, str(settings)], check=True)
        whole, asked = tables(Path(other)), len(apart.asked())
        unkept = make_help_centre(data)
        draw = random.Random(6)
        for _ in range(times):
            process = subprocess.Popen([*command, str(unkept)], text=True)
            wait_for(apart, process, answers(apart).total() + draw.randrange(1, asked // times))
            process.kill()
            process.wait()
        subprocess.run([*command, str(unkept)], check=True)
        yield at_least(part, "tables equal", float(tables(data) == whole), 1)
        yield stated(part, "tables", len(whole))
        yield stated(part, "requests of an unbroken build", asked)
        sent = len(apart.asked()) - asked
        yield at_most(part, "requests of the killed ones together", sent, asked + 4 * times)


def together(count: int) -> Iterator[Figure]:
    """Processes that ask the same at the same time, with one cache."""
    for processes in (2, 4):
        part = f"{processes} processes"
        with work(Scenario(delay_s=0.1)) as (data, apart):
            running = [asking(data, count, concurrency=8) for _ in range(processes)]
            told = [process.communicate()[0] for process in running]
            codes = [process.returncode for process in running]
            yield at_most(part, "failed", sum(code != 0 for code in codes), 0)
            yield at_most(part, "different outcomes", len(set(told)), 1)
            paid = answers(apart).total() / count
            # Each time two of them meet, what both have under way is paid for twice.
            yield at_most(part, "times that a request is paid for, in the mean", paid, 1.5)


PARTS: Mapping[str, Callable[[argparse.Namespace], Iterator[Figure]]] = {
    "throughput": lambda options: throughput(options.requests),
    "trouble": lambda options: trouble(options.requests),
    "kills": lambda options: kills(options.kills),
    "partition": lambda options: partition_kills(3),
    "together": lambda options: together(KILLED),
}


def main() -> None:
    """Print every figure as a line, or all as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=2_000, help="of throughput and trouble")
    parser.add_argument("--kills", type=int, default=20, help="moments at which a run is killed")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=list(PARTS), help="parts")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    figures: list[Figure] = []
    for name in options.only:
        for figure in PARTS[name](options):
            figures.append(figure)
            if not options.json:
                print(line(figure), flush=True)
    if options.json:
        print(json.dumps(as_json(figures)))


if __name__ == "__main__":
    main()
