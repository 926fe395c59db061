"""The import rule: imports go one way, and Dagster stays in `defs`, `definitions` and `cli`."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "ftdata"
STAGES = (
    "ingest", "documents", "generation", "cleaning", "formatting", "augmentation", "splitting",
    "validation", "release", "llm", "judging", "reporting", "selection",
)  # fmt: skip
BASE = {
    "bands", "chat", "cron", "dangling", "dangling_rules", "document_formats", "erasures",
    "errors", "jsonl", "keys", "language_model", "locks", "message_words", "pii_key", "progress",
    "prompt_files", "raw_bytes", "reviews", "sections", "stop_words", "storage", "tables",
    "tagging", "text", "token_count",
    *(path.stem for path in PACKAGE.glob("settings*.py")),
}  # fmt: skip
# What composes stage packages without Dagster; nobody below imports it.
COMPOSED = "checking"
ABOVE = {"defs", "definitions", "cli"}
FILES = sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return names


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_what_is_below_it(path):
    here = part(path)
    for name in imported(path):
        steps = name.split(".")
        if steps[0] in {"dagster", "dagster_pandas"}:
            assert here in ABOVE, f"{path.name} imports {name}"
            assert steps[1:2] != ["_core"], f"{path.name} imports {name}, which is private"
        if steps[0] != "ftdata" or len(steps) == 1:
            continue
        if here in BASE:
            assert steps[1] in BASE, f"{path.name} imports {name}"
        elif here in STAGES:
            assert steps[1] in BASE | {here}, f"{path.name} imports {name}"
        elif here == COMPOSED:
            assert steps[1] in BASE | {*STAGES, here}, f"{path.name} imports {name}"
        elif here == "defs":
            assert steps[1] != "cli", f"{path.name} imports {name}"


def test_the_command_line_shows_its_help_without_dagster():
    code = (
        "import sys, ftdata.commands as c\n"
        "c.commands.main(['--help'], standalone_mode=False)\n"
        "heavy = {'dagster', 'great_expectations', 'pandas'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_no_module_passes_400_lines():
    long = {p.name: n for p in FILES if (n := p.read_text("utf-8").count("\n")) > 400}
    assert not long
