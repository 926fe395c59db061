"""What a build answers of the targets that refuse examples or ask for more rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from upath import UPath

from ftdata.defs.build import BuildReport
from ftdata.defs.dataset_steps import DatasetState
from ftdata.release.read import read_latest
from ftdata.show import Place, build_answer
from ftdata_tests.release.test_target_reports import released


def report_of(folder: Path) -> BuildReport:
    """A build that wrote Nova's rows of three examples, one of which it refuses."""
    released(folder, exports=("nova",))
    state = DatasetState(read_latest(UPath(folder)), True, ())
    return BuildReport(1, (), (), (), (), (), (), (), state, refreshed=True)


def test_a_build_tells_what_targets_do_not_take(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = build_answer(Place(tmp_path / "ftdata.yaml", None), report_of(tmp_path))
    answer.show()
    told = capsys.readouterr().err.replace("\n", " ")
    assert "nova: refuses 1 example (1 reserved_text)" in told
    assert "openai: train: 3 rows, the target asks for 10 at least" in told
    assert "refused.jsonl lists every refused example" in told
    dataset = answer.values["dataset"]
    assert isinstance(dataset, dict)
    assert dataset["targets"]["nova"]["refused"] == {"reserved_text": 1}
