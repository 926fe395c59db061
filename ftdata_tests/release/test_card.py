"""The card and the report."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from ftdata import tables
from ftdata.release.dataset import write_dataset
from ftdata.release.plan import Release
from ftdata.release.read import mismatches
from ftdata.settings import Settings
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_pii import Pii
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import HELP_1, WEB_1, chat, context, put, row, select, select_all

HOSTILE = "a|b <script>alert(1)</script> [x](javascript:y) `c` \u202egpj.exe\nnext"


def release_of(tmp_path: Path, rows: list[dict[str, Any]], **dataset: Any) -> Release:
    store = PartitionStore(str(tmp_path))
    put(store, WEB_1, rows, [("raw_logs", "bad_json"), ("cleaned", "short")])
    left_out = ["2025-03-09|web is blocked: <b>no_pii_left</b>"]
    return write_dataset(store, select_all(store), context(store, left_out=left_out, **dataset))


def card_of(tmp_path: Path, rows: list[dict[str, Any]], **dataset: Any) -> str:
    return (release_of(tmp_path, rows, **dataset).folder / "README.md").read_text(encoding="utf-8")


def test_text_from_logs_shows_as_text(tmp_path: Path) -> None:
    rows = [row(WEB_1, 0, chat("q", "a"), tags=[("category", HOSTILE)])]
    card = card_of(tmp_path, rows, name=HOSTILE)
    body = card.split("---\n", 2)[2]
    assert "<script" not in body
    assert "\u202e" not in body
    assert not re.search(r"(?<!\\)\[x", body)
    shown = next(line for line in body.splitlines() if line.startswith("| a\\|b"))
    assert len(re.findall(r"(?<!\\)\|", shown)) == 5
    assert "&lt;b&gt;no\\_pii\\_left" in body


def test_counts_are_in_the_tables(tmp_path: Path) -> None:
    rows = [
        row(WEB_1, 0, chat("q", "a"), tokens=1_200, trained_tokens=700),
        row(WEB_1, 1, chat("r", "b"), tokens=34, trained_tokens=4, provenance="paraphrase/rules"),
        row(WEB_1, 2, chat("s", "c"), tags=[], split="validation"),
    ]
    card = card_of(tmp_path, rows)
    assert "| train | 2 | 1,234 | 704 | 2 |" in card
    assert "| web | 2 | 1 | 0 |" in card
    assert "| (none) | 0 | 1 | 0 |" in card
    assert "| paraphrase/rules | 1 | 0 | 0 |" in card
    assert "| EMAIL | 2 |" in card
    assert "| cleaned | short | 1 | 25.0 % |" in card


def test_rare_categories_are_counted_and_not_listed(tmp_path: Path) -> None:
    rows = [row(WEB_1, i, chat("q", "a"), tags=[("category", f"c{i:02}")]) for i in range(23)]
    card = card_of(tmp_path, rows)
    assert "| c19 |" in card
    assert "| c20 |" not in card
    assert "and 3 rarer categories." in card


def test_instruction_kinds_and_task_types_have_their_shares(tmp_path: Path) -> None:
    kinds = ("how_to", "how_to", "faq", None)
    tasks = ("procedure", "procedure", "question_answering", None)
    rows = [
        row(WEB_1, place, chat("q", "a"), tags=[("instruction_kind", kind), ("task_type", task)])
        for place, (kind, task) in enumerate(zip(kinds, tasks, strict=True))
    ]
    card = card_of(tmp_path, rows)
    assert "| instruction kind | examples | share |" in card
    assert "| how\\_to | 2 | 66.7 % |\n| faq | 1 | 33.3 % |" in card
    assert "| procedure | 2 | 66.7 % |\n| question\\_answering | 1 | 33.3 % |" in card


def test_a_card_without_instruction_kinds_has_no_table_of_them(tmp_path: Path) -> None:
    card = card_of(tmp_path, [row(WEB_1, 0, chat("q", "a"))])
    assert "instruction kind" not in card
    assert "task type" not in card


def test_estimates_small_size_and_empty_splits_are_admitted(tmp_path: Path) -> None:
    rows = [
        row(WEB_1, 0, chat("q", "a")),
        row(WEB_1, 1, chat("r", "b"), tokenizer="o200k abc"),
    ]
    card = card_of(tmp_path, rows)
    assert "The tokens of 50.0 % of the examples are an estimate" in card
    assert "It is small: 2 examples" in card
    assert "The test split is empty." in card


def test_a_dataset_without_redaction_says_so(tmp_path: Path) -> None:
    store = PartitionStore(str(tmp_path))
    put(store, WEB_1, [row(WEB_1, 0, chat("q", "a"))])
    known = context(store)
    open_settings = Settings(cleaning=Cleaning(pii=Pii(enabled=False)))
    known = dataclasses.replace(known, settings=open_settings)
    release = write_dataset(store, [select(store, WEB_1)], known)
    assert "Redaction was switched off" in (release.folder / "README.md").read_text()


def test_what_the_card_says_of_verifying_is_so(tmp_path: Path) -> None:
    release = release_of(tmp_path, [row(WEB_1, 0, chat("q", "a"))])
    content, card = release.manifest["content"], (release.folder / "README.md").read_text()
    assert "bytes, rows and SHA-256 of every data file" in card
    assert all({*told} == {"bytes", "rows", "sha256"} for told in content["outputs"].values())
    assert "bytes and SHA-256 of every raw file" in card
    assert [{*told} for told in content["inputs"]] == [{"path", "bytes", "sha256"}]
    unhashed = {p.name for p in release.folder.iterdir() if p.is_file()} - {*content["outputs"]}
    assert unhashed == {"README.md", "report.md", "funnel.svg", "manifest.json"}
    assert mismatches(release.folder) == []
    for name in unhashed - {"manifest.json"}:
        (release.folder / name).write_text("altered")
    assert mismatches(release.folder) == []


def test_the_card_lists_the_chosen_targets(tmp_path: Path) -> None:
    rows = [row(WEB_1, 0, chat("q", "a"))]
    card = card_of(tmp_path, rows, exports=("openai",))
    assert "| openai | sunset | top level |" in card
    assert "prompt\\_completion" not in card


def test_the_report_tells_what_was_dropped_and_why(tmp_path: Path) -> None:
    release = release_of(tmp_path, [row(WEB_1, 0, chat("q", "a"))])
    report = (release.folder / "report.md").read_text()
    assert release.version in report
    assert "| raw\\_logs | 2 | 1 | 0 | 1 |" in report
    assert "| raw\\_logs | bad\\_json | 1 | 50.0 % |" in report
    assert "| web | 2 | 1 |" in report
    assert "| 2025-03-01\\|web | cleaned | 2 | 1 | 50.0 % |" in report
    assert "raw/web/2025-03-01.jsonl:1 | because of bad\\_json |" in report


@pytest.mark.parametrize(("count", "told"), [(2, "dropped.\n"), (41, "The first 40 of them:\n")])
def test_the_report_names_sections_that_teach_nothing(
    tmp_path: Path, count: int, told: str
) -> None:
    store = PartitionStore(str(tmp_path))
    rows = [row(HELP_1, place, chat("q", "a")) for place in range(50)]
    put(store, HELP_1, rows, [("generated_examples", "no_example")] * count, chain="documents")
    release = write_dataset(store, select_all(store), context(store))
    report = (release.folder / "report.md").read_text()
    named = report.partition("## Sections that teach nothing")[2].partition("##")[0]
    assert f"{count} of 50 sections" in named
    assert told in named
    assert named.count("| raw/help/2025-03-01.jsonl:") == min(count, 40)
    assert "| raw/help/2025-03-01.jsonl:2 | because of no\\_example |" in named
    assert report.count("because of no\\_example") == min(count, 40)


def test_a_report_without_documents_says_nothing_of_sections(tmp_path: Path) -> None:
    release = release_of(tmp_path, [row(WEB_1, 0, chat("q", "a"))])
    assert "teach nothing" not in (release.folder / "report.md").read_text()


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ({}, ""),
        ({"file": "raw/a.md"}, "raw/a.md"),
        ({"file": "raw/a.md", "line": 7}, "raw/a.md:7"),
    ],
)
def test_a_drop_stands_where_it_is_known_to_stand(
    tmp_path: Path, place: dict[str, Any], shown: str
) -> None:
    drop = {"record_id": None, "stage": "dataset", "reason": "unreadable", **place}
    store = PartitionStore(str(tmp_path))
    put(store, WEB_1, [row(WEB_1, n, chat("q", "a")) for n in range(2)])
    known = dataclasses.replace(context(store), drops=tables.drops_table([drop]))
    release = write_dataset(store, [select(store, WEB_1, drop=[1])], known)
    report = (release.folder / "report.md").read_text()
    assert f"| dataset | unreadable |  | {shown} |  |" in report


def test_a_report_on_nothing_dropped_says_so(tmp_path: Path) -> None:
    store = PartitionStore(str(tmp_path))
    put(store, WEB_1, [row(WEB_1, 0, chat("q", "a"))])
    release = write_dataset(store, [select(store, WEB_1)], context(store))
    report = (release.folder / "report.md").read_text()
    assert report.count("Nothing was dropped.") == 2
    assert "No stage dropped anything." in report
    assert "No partition was left out." in report


def test_the_card_says_what_is_only_reported(tmp_path: Path) -> None:
    options = Pii(mode="hash", modes={"IP": "report"}, deny={"URL": ("intra.net",)})
    store = PartitionStore(str(tmp_path))
    put(store, WEB_1, [row(WEB_1, 0, chat("q", "a"))])
    settings = Settings(cleaning=Cleaning(pii=options))
    known = dataclasses.replace(context(store), settings=settings)
    release = write_dataset(store, [select(store, WEB_1)], known)
    told = (release.folder / "README.md").read_text()
    assert "Only reported, and still in this dataset: IP." in told
    assert re.search(r"\| EMAIL \| 2 \| a keyed hash", told)
    assert re.search(r"\| URL \| 0 \| a keyed hash", told)
    assert "intra.net" not in told + (release.folder / "manifest.json").read_text()
