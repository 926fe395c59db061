"""A provider that shows the key in its errors: none of it stays anywhere."""

import dagster as dg

from ftdata.defs.build import build
from ftdata_tests.defs.test_written import SYNTHETIC, TASK, project_of
from ftdata_tests.llm.chat_server import Reply, serving

KEY = "sk-a-key-that-is-shown"


def test_no_key_is_in_a_file_or_an_event(tmp_path, monkeypatch, capfd):
    project = project_of(tmp_path / "project", SYNTHETIC, TASK)
    home = tmp_path / "home"
    home.mkdir()
    with serving() as at_work, dg.DagsterInstance.local_temp(str(home)) as instance:
        monkeypatch.setenv("OPENAI_BASE_URL", at_work.url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        at_work.answer = lambda _: Reply(status=401)
        report = build(project, instance)
        assert at_work.asked
        told = [str(instance.all_logs(run.run_id)) for run in instance.get_runs()]
    assert not report.succeeded
    assert "chat: 127.0.0.1" in "".join(report.messages)
    assert any("chat: 127.0.0.1" in events for events in told)
    held = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    shown = capfd.readouterr()
    assert KEY not in "".join([*told, *report.messages, shown.out, shown.err])
    assert KEY.encode() not in b"".join(held)
