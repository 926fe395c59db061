"""How many contaminated texts are found, and how many clean ones, on decontam/ and logs/."""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from upath import UPath

from ftdata.ingest.evals import EvaluationItem, read_evaluations
from ftdata.settings import Contamination, Extraction
from ftdata.tables import MESSAGE
from ftdata.validation.contamination import find_contamination
from ftdata.validation.evaluation_index import index_evaluations
from ftdata_tests.benchmarks.pipeline_truth import records

_CLEAN = ("clean_same_domain", "clean_other_domain", "wild_nearest_clean")


def measure(data: Path) -> dict[str, float]:
    """The metrics by name, for a folder laid out like ../shared/data, with the default settings."""
    return {**measure_probes(data), **_measure_logs(data)}


def measure_probes(data: Path) -> dict[str, float]:
    """Share of each kind's probes in which the very item is found; hits among the clean ones."""
    probes = _read(data / "decontam" / "train_probes.jsonl.gz")
    found = _find(data / "decontam" / "eval_items.jsonl.gz", [[p["text"]] for p in probes])
    kinds = Counter(probe["kind"] for probe in probes)
    hits = Counter(
        probe["kind"]
        for probe, ids in zip(probes, found, strict=True)
        if (probe["contaminates"] in ids if probe["contaminates"] else ids)
    )
    clean = {kind for kind in kinds if kind in _CLEAN}
    recall = {f"decontam_{k}_recall": hits[k] / kinds[k] for k in sorted(kinds.keys() - clean)}
    return {
        **recall,
        "decontam_false_hits": sum(hits[kind] for kind in clean),
        "decontam_clean_probes": sum(kinds[kind] for kind in clean),
    }


def _measure_logs(data: Path) -> dict[str, float]:
    """English TruthfulQA rows found, those of its translations, and hits among all other rows."""
    truth = {row["id"]: row for row in _read(data / "logs" / "truth.jsonl.gz")}
    rows = list(records(data / "logs"))
    texts = [[row["prompt"], row["response"] or ""] for row in rows]
    found = _find(data / "decontam" / "truthfulqa_en_items.jsonl.gz", texts)
    kinds = [_kind(truth[row["id"]]) for row in rows]
    total = Counter(kinds)
    hits = Counter(kind for kind, ids in zip(kinds, found, strict=True) if ids)
    return {
        "truthfulqa_en_rows": total["en"],
        "truthfulqa_en_recall": hits["en"] / max(total["en"], 1),
        "truthfulqa_translated_recall": hits["translated"] / max(total["translated"], 1),
        "truthfulqa_other_rows": total["other"],
        "truthfulqa_other_hits": hits["other"],
    }


def _kind(row: dict[str, Any]) -> str:
    if row["dataset"] != "truthfulqa-multi":
        return "other"
    return "en" if row["lang"] == "en" else "translated"


def _find(items: Path, texts: Sequence[Sequence[str]]) -> list[set[str]]:
    """The ids of the items found in each conversation: its texts, user and assistant in turns."""
    options = Contamination()
    evaluations = _read_items(items)
    index = index_evaluations(
        [item.texts for item in evaluations], options.ngram, options.min_coverage
    )
    roles = ("user", "assistant")
    talks = [
        [{"role": roles[i % 2], "content": text} for i, text in enumerate(said)] for said in texts
    ]
    hits = find_contamination(pa.array(talks, pa.list_(MESSAGE)), index)
    found: list[set[str]] = [set() for _ in texts]
    for row, item in zip(hits.rows.tolist(), hits.items.tolist(), strict=True):
        found[row].add(evaluations[item].id)
    return found


def _read_items(path: Path) -> tuple[EvaluationItem, ...]:
    """The items of one file, read as a project reads it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "evals").mkdir()
        shutil.copy(path, Path(folder) / "evals" / path.name)
        return read_evaluations(UPath(folder), Extraction().max_line_bytes).items


def _read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]
