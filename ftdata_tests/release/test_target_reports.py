"""What is said of targets: in words, on the card, in the shell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from ftdata.console import plain
from ftdata.release.dataset import write_dataset
from ftdata.release.exports import EXPORTERS
from ftdata.release.exports.nova import NOVA
from ftdata.release.plan import Release
from ftdata.release.target_reports import complaints, counted, target_reports
from ftdata.show_targets import show_targets
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import WEB_1, chat, context, put, row, select_all

SAYS_USER = chat("Who is User: ann?", "Nobody.")


def released(folder: Path, **dataset: Any) -> Release:
    """One example that Nova refuses, one that loses its name, one that is right."""
    store = PartitionStore(str(folder))
    named = chat("Hi", "Hello.")
    named[0]["name"] = "ann"
    rows = [
        row(WEB_1, place, said) for place, said in enumerate((SAYS_USER, named, chat("q", "a")))
    ]
    put(store, WEB_1, rows)
    return write_dataset(store, select_all(store), context(store, **dataset))


def card_of(release: Release) -> str:
    return (release.folder / "README.md").read_text(encoding="utf-8").replace("\\", "")


def shown(capsys: pytest.CaptureFixture[str], release: Release) -> str:
    show_targets(release.manifest["content"], "here")
    return plain(capsys.readouterr().err)


def test_counts_come_with_the_most_frequent_first() -> None:
    assert counted({"b": 2, "a": 2, "c": 1_500}) == "1,500 c, 2 a, 2 b"
    assert counted({}) == ""


def test_refusals_losses_and_limits_are_told(tmp_path: Path) -> None:
    release = released(tmp_path, exports=("openai", "nova"))
    openai, nova = target_reports(release.manifest["content"])
    assert (openai.refused, openai.losses, sum(openai.rows.values())) == ({}, {}, 3)
    assert nova.status == "live"
    assert (nova.refused, nova.losses) == ({"reserved_text": 1}, {"names": 1})
    assert list(complaints(nova)) == [
        "nova: refuses 1 example (1 reserved_text)",
        "nova: train: 2 rows, the target asks for 8 at least",
    ]


def test_every_refused_example_is_listed(tmp_path: Path) -> None:
    release = released(tmp_path, exports=("nova",))
    (refused,) = map(orjson.loads, (release.folder / "refused.jsonl").read_bytes().splitlines())
    assert refused == {
        "target": "nova",
        "example": "web-01-0",
        "split": "train",
        "rule": "reserved_text",
        "where": "messages[0].content[0].text",
        "message": "holds user:, reserved in any case: reword it, or take the row out",
    }
    assert release.manifest["content"]["outputs"]["refused.jsonl"]["rows"] == 1


def test_the_card_has_a_line_for_each(tmp_path: Path) -> None:
    card = card_of(released(tmp_path, exports=("nova",)))
    assert "| nova | live | exports/nova/ | 2 | 1 reserved_text | 1 names |" in card
    assert "| openai | sunset | top level | 3 | none | nothing |" in card
    assert "- nova: train: 2 rows, the target asks for 8 at least." in card
    assert "| refused.jsonl |" in card


def test_the_shell_tells_what_has_to_be_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = shown(capsys, released(tmp_path, exports=("nova",)))
    assert "nova: refuses 1 example (1 reserved_text)" in told
    assert "here/refused.jsonl lists every refused example" in told


def test_a_retired_target_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(EXPORTERS, "nova", replace(NOVA, status="retired"))
    release = released(tmp_path, exports=("nova",))
    assert release.manifest["content"]["targets"]["nova"]["status"] == "retired"
    assert "- nova is retired: nobody takes its rows any more." in card_of(release)
    assert "| nova | retired |" in card_of(release)
    assert "nova is retired" in shown(capsys, release)


def test_a_version_of_before_has_no_targets(capsys: pytest.CaptureFixture[str]) -> None:
    show_targets({"dataset": {}}, "here")
    assert capsys.readouterr() == ("", "")
