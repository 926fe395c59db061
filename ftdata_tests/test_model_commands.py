"""What a user sees of costs and of the cache, on the command line."""

import json
from pathlib import Path

import pytest

from ftdata.chat import Answer, Refused, Usage
from ftdata.llm.chat_cache import ChatCache
from ftdata.llm.ledger import Spender, Spending, Spent
from ftdata_tests.command_line import Ran
from ftdata_tests.command_line import ftdata as run

NOTHING = Spending(Spender(), "m", is_batch=False, by_prompt={})
ANSWERS = {
    bytes([n]) * 32: Answer(json.dumps({"word": f"w{n}"}), Usage(3, 0, 2, 0)) for n in range(5)
}
REFUSED = {b"r" * 32: Refused("truncated_answer", "cut off", None)}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "ftdata.yaml").write_text(
        "llm: {model: m, prices: {m: {input: 2, output: 8}}, max_cost_per_run: 0.001}\n"
        "augmentation: {writer: model, max_share: 0.5}\n"
    )
    raw = tmp_path / "data" / "raw" / "web"
    raw.mkdir(parents=True)
    lines = [
        json.dumps({"prompt": f"Tell me when shop {n} opens.", "response": f"At {n}."})
        for n in range(30)
    ]
    (raw / "2025-03-01.jsonl").write_text("\n".join(lines))
    return tmp_path


def ftdata(*arguments: str, cwd: Path) -> Ran:
    return run(*arguments, "--settings", cwd / "ftdata.yaml")


def cache_of(folder):
    return ChatCache(folder / "data" / "cache")


def test_an_estimate_needs_no_key_and_names_what_would_stop_the_build(folder):
    done = ftdata("estimate", cwd=folder)
    assert done.code == 0
    assert "augmented" in done.out
    assert "max_cost_per_run 0.001 will stop the build" in done.err
    values = json.loads(ftdata("estimate", "--json", cwd=folder).out)
    assert values["lines"][0]["requests"] > 5
    assert values["cost"] > 0.001


def test_a_cache_is_carried_to_another_folder(folder, tmp_path):
    cache_of(folder).write({**ANSWERS, **REFUSED}, NOTHING)
    file = tmp_path / "answers.jsonl.gz"
    assert ftdata("cache", "export", str(file), cwd=folder).code == 0
    first = file.read_bytes()
    ftdata("cache", "export", str(file), cwd=folder)
    assert file.read_bytes() == first
    cache_of(folder).forget(list(ANSWERS)[:2])
    done = ftdata("cache", "import", str(file), cwd=folder)
    assert "2 of 6 answers were new" in done.out
    assert {entry.key for entry in cache_of(folder).entries()} == {*ANSWERS, *REFUSED}


def test_a_file_that_holds_no_answers_is_named_with_its_line(folder, tmp_path):
    file = tmp_path / "answers.jsonl"
    for line in (
        {"key": "12"},
        {"key": "12" * 32, "answer": "[]"},
        {"key": "12" * 32, "answer": ""},
    ):
        file.write_text(json.dumps(line))
        done = ftdata("cache", "import", str(file), cwd=folder)
        assert done.code == 2
        assert f"{file}:1: is no answer of a cache" in done.err


def test_a_file_that_was_changed_on_its_way_is_no_reason_for_a_traceback(folder, tmp_path):
    file = tmp_path / "answers.jsonl.gz"
    cache_of(folder).write(ANSWERS, NOTHING)
    ftdata("cache", "export", str(file), cwd=folder)
    whole = file.read_bytes()
    for changed in (whole[:60], whole[:30] + b"\xff" * 40 + whole[70:], b"{}"):
        file.write_bytes(changed)
        done = ftdata("cache", "import", str(file), cwd=folder)
        assert done.code == 2
        assert str(file) in done.err


def test_a_damaged_cache_is_repaired(folder):
    cache = cache_of(folder)
    cache.write(ANSWERS, NOTHING)
    cache.path.write_bytes(cache.path.read_bytes()[:5_000])
    assert "5 answers are there again" in ftdata("cache", "repair", cwd=folder).out
    assert {entry.key for entry in cache.entries()} == set(ANSWERS)


@pytest.mark.parametrize("is_there", [True, False])
def test_answers_that_only_the_journal_holds_are_not_asked_for_again(folder, is_there):
    cache = cache_of(folder)
    cache.write(ANSWERS, NOTHING)
    cache.path.unlink()
    if is_there:
        cache.path.touch()
    done = ftdata("cache", "export", str(folder / "a.jsonl"), cwd=folder)
    assert done.code == 1
    assert "run `ftdata cache repair`" in done.err
    assert "5 answers are there again" in ftdata("cache", "repair", cwd=folder).out
    assert {entry.key for entry in cache.entries()} == set(ANSWERS)


def test_what_was_refused_can_be_asked_again(folder):
    cache_of(folder).write({**ANSWERS, **REFUSED}, NOTHING)
    done = ftdata("cache", "retry", cwd=folder)
    assert "1 refused requests will be asked again" in done.out
    assert {entry.key for entry in cache_of(folder).entries()} == set(ANSWERS)


def test_what_was_spent_this_month_is_told(folder):
    spent = Spent(4, Usage(1_000_000, 0, 0, 0), 0, Usage(1_000_000, 0, 0, 0))
    spending = Spending(
        Spender("r", "augmented", "web", "2025-03-01"), "m", is_batch=False, by_prompt={"p": spent}
    )
    cache_of(folder).write(ANSWERS, spending)
    assert "Spent this month: 2.0000." in ftdata("estimate", cwd=folder).out
