"""The logs and the help centre of Quillmoor Outdoor, an invented company: the same bytes each time.

Only two things depend on the machine: how zlib compresses a `.jsonl.gz` and how pyarrow lays out a
`.parquet`. Their content does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain
from pathlib import Path

from ftdata.sample.blemishes import blemish
from ftdata.sample.conversations import DAYS, SOURCES, Conversation, plan_conversations
from ftdata.sample.files import make_files
from ftdata.sample.help_centre import SNAPSHOTS, make_pages
from ftdata.sample.malformed import spoil
from ftdata.sample.rows import make_rows


@dataclass(frozen=True)
class SampleSummary:
    """What was written, counted; malformed lines stand in `malformed` alone."""

    files: tuple[str, ...]  # paths below data/raw
    records: dict[str, int]  # by source
    conversations: dict[str, int]  # by source
    malformed: dict[str, int]  # lines, by what is wrong with them
    blemishes: dict[str, int]  # conversations, by what was done to them
    replies: dict[str, int]  # conversations whose reply hedges, declines or refuses
    personal: dict[str, int]  # turns that hold personal data or secrets, by kind
    languages: dict[str, int]  # conversations
    categories: dict[str, int]  # records


def write_sample(raw_dir: Path) -> SampleSummary:
    """Write the sample below `raw_dir`, the `raw` folder of a data folder.

    Files of the same name are replaced, others left alone. Raises OSError where it cannot write.
    """
    names: list[str] = []
    conversations: list[Conversation] = []
    for source in SOURCES:
        own = spoil(blemish(plan_conversations(source)))
        rows = make_rows(own)
        conversations += own
        made = chain.from_iterable(make_files(source, rows, day) for day in range(DAYS))
        names += _write(raw_dir, made)
    names += _write(raw_dir, chain.from_iterable(make_pages(date) for date in SNAPSHOTS))
    return _summarise(names, conversations)


def sample_settings() -> str:
    """The text of the `ftdata.yaml` that fits the sample."""
    return files("ftdata.sample").joinpath("settings.yaml").read_text(encoding="utf-8")


def _write(raw_dir: Path, made: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """Write each (path below `raw_dir`, content); the paths."""
    for name, data in made:
        path = raw_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        yield name


def _summarise(names: Sequence[str], conversations: Sequence[Conversation]) -> SampleSummary:
    malformed = [each for each in conversations if each.blemish == "malformed"]
    conversations = [each for each in conversations if each.blemish != "malformed"]
    records = [(each, record) for each in conversations for record in each.records]
    return SampleSummary(
        files=tuple(sorted(names)),
        records=_count(each.source for each, _ in records),
        conversations=_count(each.source for each in conversations),
        malformed=_count(each.records[0].fault for each in malformed),
        blemishes=_count(
            each.blemish
            for each in conversations
            if each.blemish and not each.blemish.startswith("source_of_")
        ),
        replies=_count(mark for each in conversations for mark in each.marks),
        personal=_count(kind for _, record in records for kind in record.personal),
        languages=_count(each.lang for each in conversations),
        categories=_count(each.category for each, _ in records),
    )


def _count(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
