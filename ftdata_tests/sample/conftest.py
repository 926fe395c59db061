"""The shipped sample, read once, and one that was written just now."""

from pathlib import Path

import pytest

from ftdata.sample.generate import SampleSummary, write_sample
from ftdata_tests.sample.reading import SHIPPED, Conversation, Line, conversations, read_lines


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SampleSummary]:
    raw = tmp_path_factory.mktemp("raw")
    return raw, write_sample(raw)


@pytest.fixture(scope="session")
def summary(written: tuple[Path, SampleSummary]) -> SampleSummary:
    return written[1]


@pytest.fixture(scope="session")
def lines() -> list[Line]:
    return read_lines(SHIPPED)


@pytest.fixture(scope="session")
def records(lines: list[Line]) -> list[Line]:
    return [line for line in lines if not line.fault]


@pytest.fixture(scope="session")
def talks(lines: list[Line]) -> dict[tuple[str, str], Conversation]:
    return conversations(lines)
