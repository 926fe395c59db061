"""A model that writes: its costs are told before, private data stays here, and so does the key."""

import pytest

from ftdata.defs.estimate import estimate
from ftdata.defs.local_runs import run_job
from ftdata.defs.ranges import RANGE_END, RANGE_START
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import build_stage
from ftdata.llm.cache_file import cache_folder
from ftdata.llm.chat_cache import ChatCache
from ftdata.llm.ledger import totals
from ftdata.project import open_project
from ftdata_tests.defs.conftest import log_records, write_raw
from ftdata_tests.defs.planted import EMAIL, SAID_OF_NOBODY, contents, leaks, planted_records
from ftdata_tests.defs.workshop import workshop_pages
from ftdata_tests.llm.chat_server import Reply
from ftdata_tests.llm.material_answers import answer_of, counted

LOGS = ("raw_logs", "cleaned", "formatted", "augmented")
DOCUMENTS = ("documents", "generated_examples")
KEY = "sk-private-4711-do-not-keep"
LLM = "llm: {model: writer-1, retries: 0, prices: {writer-1: {input: 1, output: 4}}}\n"
AUGMENTED = (
    "augmentation: {writer: model, max_share: 0.7, max_stratum_share: 0.7, augmenters:"
    " {back_translation: 1, reasoning: 1, preferences: 1}}\n"
)
GENERATED = "generation: {writer: model, answers: model}\n"


def counting(request):
    """An answer made of what the request shows, with the tokens of both."""
    text = answer_of(request)
    prompt, completion = counted(request, text)
    usage = {"prompt_tokens": prompt, "completion_tokens": completion}
    return Reply(text, usage=usage | {"total_tokens": prompt + completion})


def put_pages(root, more=""):
    folder = root / "data" / "raw" / "help" / "2025-03-01"
    folder.mkdir(parents=True)
    for name, text in workshop_pages().items():
        (folder / name).write_text(f"{text}\n\n## Whom to ask\n\n{more}\n" if more else text)


def opened(root, settings):
    (root / "ftdata.yaml").write_text(settings)
    return open_project(root / "ftdata.yaml")


@pytest.fixture
def planted(tmp_path, provider, instance, monkeypatch):
    """Logs and documents with planted data, files named after a person, and a key to look for."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    instance.add_dynamic_partitions("sources", ["help"])
    provider.answer = counting
    path = write_raw(tmp_path / "data", "web", 1, planted_records(1))
    folder = path.parent / path.stem
    folder.mkdir()
    path.rename(folder / f"{EMAIL}.jsonl")
    put_pages(tmp_path, SAID_OF_NOBODY)
    pages = tmp_path / "data" / "raw" / "help" / "2025-03-01"
    (pages / "refunds.md").rename(pages / f"{EMAIL}.md")
    return opened(tmp_path, LLM + AUGMENTED + GENERATED)


def ran(project, instance, source, assets):
    """Why a run of a day's assets failed, if it did, and all events of the instance as a text."""
    tags = dict.fromkeys((RANGE_START, RANGE_END), f"2025-03-01|{source}")
    messages = run_job(project, instance, "build_partitions", tags, assets)
    runs = [run.run_id for run in instance.get_runs()]
    return messages, "\n".join(str(event) for run in runs for event in instance.all_logs(run))


def holding(root, text):
    return [str(path) for path, content in contents(root) if text in content]


def test_nothing_planted_is_sent_and_the_key_is_kept_nowhere(planted, instance, provider, tmp_path):
    assert ran(planted, instance, "web", LOGS)[0] == []
    messages, events = ran(planted, instance, "help", DOCUMENTS)
    assert messages == []
    forms = {one["response_format"]["json_schema"]["name"] for one in provider.asked}
    assert {"Exchange", "Message", "Reasoning"} <= forms
    assert "[EMAIL]" in provider.received  # what stands for what was planted was sent
    assert leaks(provider.received) == []
    assert holding(tmp_path, "writer-1")
    assert holding(tmp_path, KEY) == []
    assert "augmented" in events
    assert KEY not in events


@pytest.mark.parametrize(
    ("status", "says"), [(401, "OPENAI_API_KEY"), (500, "failed (InternalServerError)")]
)
def test_a_provider_that_tells_the_key_in_its_error_tells_it_nobody_else(
    planted, instance, provider, tmp_path, status, says, caplog, capfd
):
    provider.answer = lambda request: Reply(status=status)
    messages, events = ran(planted, instance, "help", DOCUMENTS)
    told = "\n".join(messages)
    assert says in told
    assert leaks(told) == []
    printed = capfd.readouterr()
    for text in (told, events, caplog.text, printed.out, printed.err):
        assert KEY not in text
    assert holding(tmp_path, KEY) == []


def within(share, expected, paid):
    return abs(expected - paid) <= share * paid


@pytest.mark.parametrize(
    ("settings", "stage", "source"),
    [(AUGMENTED, "augmented", "web"), (GENERATED, "generated_examples", "help")],
)
def test_the_estimate_is_near_to_what_is_paid(tmp_path, provider, settings, stage, source):
    provider.answer = counting
    if source == "web":
        write_raw(tmp_path / "data", "web", 1, log_records(1, 60))
    else:
        put_pages(tmp_path)
    project = opened(tmp_path, LLM + settings)
    [line] = estimate(project).lines
    assert (line.stage, line.source) == (stage, source)
    [(key, files)] = look_at_raw(project).partitions.items()
    for one in LOGS if source == "web" else DOCUMENTS:
        build_stage(project, one, key, files)
    with ChatCache(cache_folder(project.store.data)).open() as db:
        [paid] = totals(db)
    assert paid.requests == line.requests > 10
    assert within(0.15, line.expected.prompt, paid.usage.prompt)
    whole = line.expected.prompt + line.expected.completion
    assert within(0.15, whole, paid.usage.prompt + paid.usage.completion)
