"""Figures on speed: Markdown files beside a bare parse of the same, and a whole folder.

Times are of the processor, of one core; contents are in memory before.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from markdown_it import MarkdownIt

from ftdata.documents.read import read_documents
from ftdata.generation.examples import generate_examples
from ftdata.settings_documents import Documents, Generation
from ftdata.tables import StageResult
from ftdata_tests.benchmarks.documents_build import (
    KEY,
    Built,
    ListedFile,
    content_of,
    document_files,
)
from ftdata_tests.benchmarks.documents_figures import Figure
from ftdata_tests.benchmarks.pipeline import run

RUNS = 3
_LEAST_SHARE = 0.5
_MOST_SECONDS = 60.0
_MARKDOWN = (".md", ".markdown")
_ALONE = "ftdata_tests.benchmarks.documents_speed"
# What `getrusage` tells of a child's peak begins with that of the process that started it.
_STATUS = Path("/proc/self/status")


def speed_figures(data: Path, built: Built) -> Iterator[Figure]:
    """Markdown beside a bare parse, the seconds of the whole folder, and its peak memory."""
    folder = data / "docs"
    yield from _markdown_figures(folder)
    seconds = built.seconds + _seconds(lambda: generate_examples(built.result.table, Generation()))
    note = f"{built.files} files"
    yield Figure("sections and examples, seconds of one core", seconds, _MOST_SECONDS, True, note)
    _, peak = run(sys.executable, "-m", _ALONE, str(folder), cwd=Path.cwd())
    name = "peak memory of a process that does that alone, MB"
    yield Figure(name, float(peak) if peak else None)


def _markdown_figures(folder: Path) -> Iterator[Figure]:
    """MB/s of a bare parse and from file to examples, and the second as a share of the first."""
    files = [file for file in document_files(folder) if file.path.lower().endswith(_MARKDOWN)]
    if not files:
        yield Figure("Markdown to examples, MB/s", None)
        return
    contents = {file.path: content_of(folder, file.path) for file in files}
    texts = [content.decode("utf-8", "replace") for content in contents.values()]
    bare, ours = [], []
    for _ in range(RUNS):  # in turns, so that whatever slows the machine slows both
        bare.append(_seconds(lambda: _parse_bare(texts)))
        ours.append(_seconds(lambda: _make_examples(files, contents)))
    size = sum(map(len, contents.values())) / 1e6
    note = f"{len(files)} files, {size:.1f} MB, best of {RUNS}"
    yield Figure("bare parse of Markdown, MB/s", size / min(bare), note=note)
    yield Figure("Markdown to examples, MB/s", size / min(ours), note=note)
    yield Figure("Markdown to examples, share of bare", min(bare) / min(ours), _LEAST_SHARE)


def _parse_bare(texts: Sequence[str]) -> None:
    parser = MarkdownIt("commonmark").enable("table")
    for text in texts:
        parser.parse(text)


def _make_examples(files: Sequence[ListedFile], contents: Mapping[str, bytes]) -> StageResult:
    result, _ = read_documents(KEY, files, contents.__getitem__, Documents(), {})
    return generate_examples(result.table, Generation())


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def build_alone(folder: Path) -> str:
    """Make examples of a folder and nothing else; its peak memory in MB, empty where not told."""
    result, _ = read_documents(
        KEY, document_files(folder), lambda path: content_of(folder, path), Documents(), {}
    )
    generate_examples(result.table, Generation())
    lines = _STATUS.read_text().splitlines() if _STATUS.exists() else []
    return next((str(int(line.split()[1]) / 1_024) for line in lines if "VmHWM" in line), "")


if __name__ == "__main__":
    sys.stdout.write(build_alone(Path(sys.argv[1])))
