"""The README's commands are run as they stand there, those of CI excepted, which CI runs."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from ftdata.cleaning.conversations import read_conversations
from ftdata.cleaning.filters.custom import find_custom, look_beside
from ftdata.release.examples import Example, Message
from ftdata.release.exports.custom import custom_exporter
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_exports import Custom
from ftdata.settings_file import parse_settings
from ftdata_tests.cleaning.raw import raw_table, turns
from ftdata_tests.defs.conftest import log_records
from ftdata_tests.defs.workshop import workshop_pages
from ftdata_tests.traces import traces

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCK = re.compile(r"(?:<!-- (ci|test): ([a-z ]+) -->\n)?```bash\n(.*?)```", re.DOTALL)
BLOCKS = {match[2]: match[3].splitlines() for match in BLOCK.finditer(README)}

AFTER_A_BUILD = ("versions", "explain", "review", "exports")  # blocks that read a finished dataset


def run(command: str, folder: Path, home: Path) -> str:
    bin_folder = Path(sys.executable).parent
    path = f"{bin_folder}{os.pathsep}{os.environ['PATH']}"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DAGSTER", "FTDATA"))}
    done = subprocess.run(
        ["bash", "-euc", command], cwd=folder, capture_output=True, text=True, check=False,
        env={**kept, "PATH": path, "HOME": str(home), "DAGSTER_DISABLE_TELEMETRY": "1"},
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home folder with two days of logs."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "logs").mkdir()
    for day in (1, 2):
        lines = [json.dumps(record) for record in log_records(day, 20)]
        (folder / "logs" / f"2025-03-{day:02}.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / "help").mkdir()
    for name, text in workshop_pages().items():
        (folder / "help" / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def finished(home, tmp_path_factory):
    """A project folder with two versions of a dataset: commands here build nothing."""
    folder = tmp_path_factory.mktemp("finished")
    run("ftdata init .", folder, home)
    shutil.copytree(home / "logs", folder / "data" / "raw" / "web_chat")
    run("ftdata build", folder, home)
    settings = folder / "ftdata.yaml"
    settings.write_text(settings.read_text("utf-8").replace("name: ftdata", "name: Shop"), "utf-8")
    run("ftdata build", folder, home)
    return folder


@pytest.fixture
def dataset_folder(home, tmp_path):
    """A project folder with those logs, not built."""
    run("ftdata init my-dataset", tmp_path, home)
    folder = tmp_path / "my-dataset"
    shutil.copytree(home / "logs", folder / "data" / "raw" / "web_chat")
    return folder


@pytest.mark.parametrize("name", AFTER_A_BUILD)
def test_commands_on_a_finished_dataset(finished, home, name):
    run("\n".join(BLOCKS[name]), finished, home)


def test_every_block_of_commands_is_run_somewhere():
    marked = {(match[1], match[2]) for match in BLOCK.finditer(README)}
    assert marked == {
        ("ci", "demo"), ("ci", "test"), ("ci", "uv"), ("test", "own logs"), ("test", "ui"),
        ("test", "dagster"), ("test", "dg"), ("test", "backfill"), ("test", "index"),
        ("ci", "semantic"), ("test", "documents"), ("test", "estimate"), ("test", "cache"),
        ("test", "check"), ("test", "erasure"),
        *(("test", name) for name in AFTER_A_BUILD),
    }  # fmt: skip
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert all(f"run_block {name}" in script for name in ("demo", "semantic", "test", "uv"))


def test_what_the_readme_links_to_is_there():
    for path in re.findall(r"\]\((docs/[^)]+)\)", README):
        assert (ROOT / path).exists(), path


def test_the_template_writes_rows(tmp_path):
    (template,) = re.findall(r"```jinja\n(.*?)```", README, re.DOTALL)
    (tmp_path / "row.jinja").write_text(template, "utf-8")
    said = [
        Message(role, text, weight, None, None, None)
        for role, text, weight in (
            ("system", "s", None),
            ("user", "Hi", None),
            ("assistant", "Yo", 1),
        )
    ]
    exporter = custom_exporter(Custom(template="row.jinja").beside(str(tmp_path)))
    assert list(exporter.rows(Example("e", "train", said, None, source="web"))) == [
        {
            "dialogue": [{"who": "user", "says": "Hi"}, {"who": "assistant", "says": "Yo"}],
            "source": "web",
            "topic": None,
        }
    ]


def test_your_own_logs(home, tmp_path):
    run("\n".join(BLOCKS["own logs"]), tmp_path, home)
    (command,) = BLOCKS["index"]
    shown = run(f"{command} --json", tmp_path / "my-dataset", home)
    assert json.loads(shown)["after"] == {"partitions": 2, "behind": [], "damage": []}
    assert (tmp_path / "my-dataset" / "data" / "datasets" / "latest").exists()


def test_your_own_documents(home, tmp_path):
    run("ftdata init my-dataset", tmp_path, home)
    run("\n".join(BLOCKS["documents"]), tmp_path / "my-dataset", home)
    datasets = tmp_path / "my-dataset" / "data" / "datasets"
    version = (datasets / "latest").read_text().strip()
    assert "generated/rules" in (datasets / version / "README.md").read_text("utf-8")


def test_costs_and_answers(home, dataset_folder):
    settings = dataset_folder / "ftdata.yaml"
    settings.write_text("llm: {model: m}\naugmentation: {writer: model, max_share: 0.5}\n")
    (command,) = BLOCKS["estimate"]
    lines = json.loads(run(f"{command} --json", dataset_folder, home))["lines"]
    assert lines[0]["requests"] > 0
    run("\n".join(BLOCKS["cache"]), dataset_folder, home)
    assert (dataset_folder / "answers.jsonl.gz").exists()


def test_any_file(home, tmp_path):
    questions = {"train": "When does the shop open?", "validation": "How long is the way home?"}
    for name, question in questions.items():
        rows = [
            {
                "messages": [
                    {"role": "user", "content": f"{question} Case {n}."},
                    {"role": "assistant", "content": f"{n} on day {n * 7}."},
                ]
            }
            for n in range(12)
        ]
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
    run("\n".join(BLOCKS["check"]), tmp_path, home)
    assert json.loads((tmp_path / "check.sarif").read_text())["version"] == "2.1.0"


def test_erasure(home, dataset_folder):
    raw = dataset_folder / "data" / "raw"
    for path in sorted(raw.rglob("*.jsonl")):
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for number, record in enumerate(records):
            record["conversation_id"] = f"talk-8{number}" if number in (1, 2) else record["id"]
            record["user_id"] = "u-4711" if number % 5 == 0 else f"u-{number}"
        path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    run("ftdata build", dataset_folder, home)
    assert len(traces(dataset_folder, ["talk-81", "talk-82"], raw)) > 5
    run("\n".join(BLOCKS["erasure"]), dataset_folder, home)
    assert traces(dataset_folder, ["u-4711", "talk-81", "talk-82"], raw) == {}
    (newest,) = (dataset_folder / "data" / "datasets").glob("*/manifest.json")
    erased = json.loads(newest.read_text())["content"]["erasures"]
    assert erased == {
        "user": {"tombstones": 1, "records": 8}, "conversation": {"tombstones": 2, "records": 4},
    }  # fmt: skip


def test_plain_dagster(home, dataset_folder):
    run("\n".join(BLOCKS["dagster"]), dataset_folder, home)
    latest = dataset_folder / "data" / "datasets" / "latest"
    manifest = latest.parent / latest.read_text().strip() / "manifest.json"
    assert len(json.loads(manifest.read_text())["content"]["inputs"]) == 2


def test_dg(home, dataset_folder):
    # A checkout's parts that matter to dg; the logs stay those of the test.
    shutil.copy(ROOT / "pyproject.toml", dataset_folder)
    shutil.copytree(ROOT / "ftdata", dataset_folder / "ftdata")
    run("\n".join(BLOCKS["dg"]), dataset_folder, home)
    built = dataset_folder / "data" / "built" / "validated_splits" / "web_chat"
    assert {path.name for path in built.iterdir()} == {"2025-03-01", "2025-03-02"}


def test_the_server_and_a_backfill(home, dataset_folder):
    run("ftdata sources", dataset_folder, home)
    (command,) = BLOCKS["ui"]
    assert " -h 127.0.0.1 " in command
    port = free_port()
    server = start(command.replace("-p 3000", f"-p {port}"), dataset_folder, home)
    try:
        wait_for(lambda: answers(f"http://127.0.0.1:{port}/server_info"), 120)
        run("\n".join(BLOCKS["backfill"]), dataset_folder, home)
        built = dataset_folder / "data" / "built" / "validated_splits" / "web_chat"
        wait_for(lambda: len(list(built.glob("*/partition.json"))) == 2, 240)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(30)


def start(command: str, folder: Path, home: Path) -> subprocess.Popen[bytes]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.Popen(
        ["bash", "-c", f"exec {command}"], cwd=folder, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PATH": path, "HOME": str(home), "DAGSTER_HOME": str(folder)},
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def wait_for(condition, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(1)


def test_every_setting_shown_is_one():
    shown = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert len(shown) == 12
    steps = [text for text in shown if text.startswith("- ")]  # of a CI job, not settings
    assert len(steps) == 1
    for text in shown:
        if text not in steps:
            parse_settings(text, "README.md")


def test_the_filter_shown_is_one(tmp_path, monkeypatch):
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / "my_filters.py").write_text(code, "utf-8")
    monkeypatch.setattr(sys, "path", list(sys.path))
    look_beside(tmp_path / "ftdata.yaml", ["my_filters:drop_internal"])
    rows = conversations("see #internal", "see page 7")
    found = find_custom(rows, Cleaning(custom_filters=("my_filters:drop_internal",)))
    assert [finding and finding.reason for finding in found] == ["internal", None]


def conversations(*prompts):
    table = raw_table(*[turns(prompt, "Yes.") for prompt in prompts])
    return read_conversations(table.column("messages"))
