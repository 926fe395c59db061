"""Batches through the graph: what waits is no failure, and goes on by a build or by the sensor."""

import json

import dagster as dg
import pytest

from ftdata.defs.batches import waiting_partitions
from ftdata.defs.build import build
from ftdata.defs.location import definitions_for
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.sensors import finish_batches_sensor
from ftdata.defs.steps import build_stage, chain_of
from ftdata.errors import BatchPendingError
from ftdata.keys import PartitionKey
from ftdata.project import open_project
from ftdata_tests.defs.conftest import QUIET, log_records, write_raw
from ftdata_tests.defs.workshop import workshop_pages
from ftdata_tests.defs.written import MAIL, answer
from ftdata_tests.llm.batch_server import BatchServer
from ftdata_tests.llm.chat_server import Reply, serving

HELP, MADE, WEB = "2025-03-01|help", "2025-03-01|made", "2025-03-01|web"
SETTINGS = """\
llm: {{model: writer-1, retries: 0, batch: {batch}, prices: {{writer-1: {{input: 1, output: 1}}}}}}
checks: {{min_examples: 1}}
generation: {{writer: model}}
sources: {{made: {{kind: synthetic, synthetic: {{count: 10}}}}}}
"""


@pytest.fixture
def server(monkeypatch):
    with serving(BatchServer) as at_work:
        monkeypatch.setenv("OPENAI_BASE_URL", at_work.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-not-a-real-key")
        at_work.answer = answer
        yield at_work


def project_of(root, *sources, batch=True):
    """Sources that ask a model, and `web`, which does not."""
    pages = {f"help/2025-03-01/{name}": text for name, text in workshop_pages().items()}
    task = f"Answer what customers ask about orders. Mail {MAIL}."
    for name, text in {**pages, "made/2025-03-01/task.md": task}.items():
        path = root / "data" / "raw" / name
        if name.split("/")[0] in sources:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    if "web" in sources:
        write_raw(root / "data", "web", 1, log_records(1, 12))
    (root / "ftdata.yaml").write_text(SETTINGS.format(batch=str(batch).lower()))
    return open_project(root / "ftdata.yaml")


def built(root, project):
    with dg.DagsterInstance.ephemeral() as instance:
        return build(project, instance)


def outputs(project, key):
    """Hashes of what every stage of a partition made, in order, without Dagster."""
    partition = PartitionKey.parse(key)
    files = look_at_raw(project).partitions[partition]
    made = []
    for stage in chain_of(project, partition, files):
        record, _ = build_stage(project, stage, partition, files)
        made.append((stage, record.output))
    return made


@pytest.mark.parametrize("key", [HELP, MADE])
def test_a_partition_by_batches_is_that_of_direct_requests(tmp_path, server, key):
    by_batch = project_of(tmp_path / "batch", "help", "made")
    with pytest.raises(BatchPendingError, match="submitted as batch_0"):
        outputs(by_batch, key)
    server.end()
    made = outputs(by_batch, key)
    assert server.asked == []
    assert made == outputs(project_of(tmp_path / "direct", "help", "made", batch=False), key)
    assert made[-1][0] == "validated_splits"
    assert len(server.asked) == server.paid.total() == len(server.paid)


def test_a_build_goes_on_without_what_waits(tmp_path, server):
    project = project_of(tmp_path, "made", "web")
    report = built(tmp_path, project)
    assert report.succeeded, report.messages
    assert [str(key) for key in report.built] == [WEB]  # it asks nothing
    assert [(str(one.key), one.stage) for one in report.waiting] == [(MADE, "generated_examples")]
    assert report.dataset.version is not None
    again = built(tmp_path, project)
    assert (again.built, again.waiting, again.messages) == ((), report.waiting, ())
    assert len(server.batches) == 1
    server.end()
    done = built(tmp_path, project)
    assert done.succeeded
    assert ([str(key) for key in done.built], done.waiting) == ([MADE], ())
    assert done.dataset.version != report.dataset.version


def run(project, instance, key=None, span=(), stages=None):
    tags = {}
    if span:
        names = ("dagster/asset_partition_range_start", "dagster/asset_partition_range_end")
        tags = dict(zip(names, span, strict=True))
    return (
        definitions_for(project)
        .resolve_job_def("build_partitions")
        .execute_in_process(
            instance=instance,
            partition_key=key,
            tags=tags,
            run_config=QUIET,
            raise_on_error=False,
            asset_selection=stages,
        )
    )


@pytest.fixture
def instance(tmp_path):
    with dg.DagsterInstance.ephemeral(str(tmp_path)) as made:
        made.add_dynamic_partitions("sources", ["help", "made", "web"])
        yield made


def test_a_run_whose_partition_waits_succeeds_and_records_nothing(tmp_path, instance, server):
    project = project_of(tmp_path, "help")
    result = run(project, instance, HELP)
    assert result.success
    stages = ("documents", "generated_examples", "cleaned")
    made = [instance.get_materialized_partitions(dg.AssetKey(stage)) for stage in stages]
    assert made == [{HELP}, set(), set()]
    records = instance.fetch_observations(dg.AssetKey("generated_examples"), limit=5).records
    (told,) = [record.asset_event.metadata for record in records]
    assert "submitted as batch_0" in told["waits for a batch"].value
    assert not any(event.is_step_failure for event in result.all_events)


def test_in_a_range_the_others_are_recorded(tmp_path, instance, server):
    project = project_of(tmp_path, "help", "made")
    server.refuses["/batches"] = Reply(status=503)
    failed = run(project, instance, MADE)
    assert not failed.success  # a fault is a fault
    server.refuses.clear()
    assert run(project, instance, HELP).success
    server.end()
    assert run(project, instance, span=(HELP, MADE)).success
    stage = dg.AssetKey("generated_examples")
    assert instance.get_materialized_partitions(stage) == {HELP}
    assert {str(one.key) for one in waiting_partitions(project)} == {MADE}


@pytest.fixture
def tick(tmp_path, instance):
    """Evaluate the sensor, as the daemon would."""

    def evaluate(project):
        context = dg.build_sensor_context(instance=instance, definitions=definitions_for(project))
        return finish_batches_sensor(project)(context)

    return evaluate


def test_the_sensor_goes_on_once_all_batches_have_ended(tmp_path, instance, server, tick):
    project = project_of(tmp_path, "made")
    assert isinstance(tick(project), dg.SkipReason)
    assert run(project, instance, MADE).success
    assert tick(project).run_requests == []
    server.stand("finalizing")
    assert tick(project).run_requests == []
    server.end()
    (request,) = tick(project).run_requests
    assert (request.job_name, request.partition_key) == ("build_partitions", MADE)
    names = [key.to_user_string() for key in request.asset_selection]
    assert names[0] == "generated_examples"
    assert "documents" not in names
    (same,) = tick(project).run_requests
    assert same.run_key == request.run_key
    assert run(project, instance, MADE, stages=request.asset_selection).success
    assert isinstance(tick(project), dg.SkipReason)
    assert PartitionKey.parse(MADE) in project.store.keys("validated_splits")


def test_what_expired_is_waited_for_anew(tmp_path, instance, server, tick):
    project = project_of(tmp_path, "made")
    assert run(project, instance, MADE).success
    server.end("expired", until=lambda at: at == 0)
    (first,) = tick(project).run_requests
    assert run(project, instance, MADE, stages=first.asset_selection).success
    assert tick(project).run_requests == []
    server.end()
    (second,) = tick(project).run_requests
    assert second.run_key != first.run_key


def test_the_sensor_says_why_it_cannot_ask(tmp_path, instance, server, tick, monkeypatch):
    project = project_of(tmp_path, "made")
    assert run(project, instance, MADE).success
    monkeypatch.delenv("OPENAI_API_KEY")
    assert "OPENAI_API_KEY is not set" in tick(project).skip_message
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-a-real-key")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert isinstance(tick(project), dg.SkipReason)  # batches of another provider


def test_status_and_build_tell_of_batches(tmp_path, server, capsys):
    from ftdata.cli import main

    project_of(tmp_path, "made")
    settings = ["--settings", str(tmp_path / "ftdata.yaml")]
    codes = []
    for command in (["build"], ["status"], ["status", "--json"]):
        with pytest.raises(SystemExit) as left:
            main([*command, *settings])
        codes.append(left.value.code)
    assert codes == [0, 0, 0]
    out = capsys.readouterr().out
    line = f"{MADE}: generated_examples waits for 2 requests in batch_0"
    assert out.count(line) == 2
    told = json.loads(out[out.index("\n{") :])
    assert told["batches"] == [{
        "partition": MADE, "stage": "generated_examples", "requests": {"batch_0": 2},
    }]  # fmt: skip
