"""Running `ftdata` in this process, and small projects to run it on."""

import contextlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ftdata.cli import main
from ftdata_tests.defs.conftest import log_records, write_raw


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def values(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        return json.loads(self.out)


def ftdata(*arguments: object) -> Ran:
    """Run a command as a user does; a traceback fails the test."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as left,
    ):
        main([str(argument) for argument in arguments])
    assert "Traceback" not in err.getvalue()
    return Ran(left.value.code, out.getvalue(), err.getvalue())


def make_project(folder: Path, days: Iterable[int] = (1, 2, 3), count: int = 12) -> Path:
    """A project folder with one source, `web`; returns its settings file."""
    assert ftdata("init", folder).code == 0
    for day in days:
        write_raw(folder / "data", "web", day, log_records(day, count))
    return folder / "ftdata.yaml"


def raw_file(settings: Path, name: str, content: bytes) -> Path:
    """Put a raw file of any content at `<source>/<name>`."""
    path = settings.parent / "data" / "raw" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def lines(*records: object) -> bytes:
    """Records as JSONL."""
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def stored(settings: Path) -> dict[str, bytes]:
    """Every file that is built, by its path: what a failure may not touch."""
    built = settings.parent / "data" / "built"
    datasets = settings.parent / "data" / "datasets"
    return {
        str(path.relative_to(settings.parent)): path.read_bytes()
        for folder in (built, datasets)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }
