"""Small projects with raw files, and runs of their jobs."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest

from ftdata.defs.location import definitions_for
from ftdata.defs.ranges import RANGE_END, RANGE_START
from ftdata.project import Project, open_project
from ftdata_tests.defs.written import answer
from ftdata_tests.llm.chat_server import ChatServer, serving

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
TOPICS = (
    "resetting the thermostat after a power cut",
    "returning a tent that arrived torn",
    "moving my booking to another weekend",
    "paying an invoice in two instalments",
    "pairing the heart monitor with a new phone",
    "ordering spare pegs for the family tent",
    "cleaning a down jacket without ruining it",
    "extending the rental of two kayaks",
)


def log_records(day: int, count: int, source: str = "web") -> list[dict[str, object]]:
    """`count` records, no two of which resemble each other."""
    return [
        {
            "id": f"{source}-{day}-{n}",
            "conversation_id": f"{source}-{day}-{n}",
            "timestamp": f"2025-03-{day:02}T10:{n % 60:02}:00Z",
            "prompt": f"{source} asks number {day * 1000 + n}: {TOPICS[n % 8]}, {n * 7919} times",
            "response": f"Answer {day}-{n}: open page {n} and follow step {n * 31}.",
            "user_rating": 1 + n % 5 if n % 3 else None,
            "category": "tents" if n % 2 else "rental",
        }
        for n in range(count)
    ]


def write_raw(data: Path, source: str, day: int, records: list[dict[str, object]]) -> Path:
    """Put records where a project looks for them."""
    path = data / "raw" / source / f"2025-03-{day:02}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project of default settings with two sources on three days."""
    for day in (1, 2, 3):
        for source in ("web", "app"):
            write_raw(tmp_path / "data", source, day, log_records(day, 12, source))
    return open_project(tmp_path / "ftdata.yaml")


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    """An instance in a folder of its own, with both sources registered."""
    with dg.DagsterInstance.ephemeral(str(tmp_path)) as made:
        made.add_dynamic_partitions("sources", ["app", "web"])
        yield made


Run = Callable[..., dg.ExecuteInProcessResult]


@pytest.fixture
def run(project: Project, instance: dg.DagsterInstance) -> Run:
    """Run a job over a partition, a range, or nothing; does not raise where it fails."""

    def execute(
        job: str = "build_partitions",
        key: str | None = None,
        span: tuple[str, str] | None = None,
        using: Project | None = None,
    ) -> dg.ExecuteInProcessResult:
        tags = {RANGE_START: span[0], RANGE_END: span[1]} if span else {}
        definition = definitions_for(using or project).resolve_job_def(job)
        return definition.execute_in_process(
            instance=instance, partition_key=key, tags=tags, run_config=QUIET, raise_on_error=False
        )

    return execute


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    """A provider of chat that fills every form of `written`."""
    with serving() as at_work:
        monkeypatch.setenv("OPENAI_BASE_URL", at_work.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-not-a-real-key")
        at_work.answer = answer
        yield at_work
