"""The dataset's checks: what must hold of the finished files before they become the newest."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from upath import UPath

from ftdata.cleaning.dedup.sources import compared_of_messages, find_duplicates_across
from ftdata.defs.contamination import find_items, index_of
from ftdata.defs.dataset_steps import Assembled
from ftdata.defs.lineage import made_from
from ftdata.defs.steps import project_embed
from ftdata.ingest.evals import read_evaluations
from ftdata.project import Project
from ftdata.release.openai_types import invalid_rows
from ftdata.release.plan import LargestGroup
from ftdata.release.target_reports import REFUSED, complaints, target_reports
from ftdata.splitting.guard import STRICTEST
from ftdata.tables import SPLITS
from ftdata.validation.leakage import find_leaks
from ftdata.validation.tracing import trace_examples

MAX_SAMPLES = 5
_BLOCKING = {
    "no_split_leakage": "No two examples on different sides share a conversation, a parent, a"
    " prompt's words, a user turn, or a beginning: read from the final files by other code than"
    " that which made the groups.",
    "no_duplicate_left": "No two originals of the whole dataset are duplicates of each other.",
    "ids_are_unique": "Every example has an id of its own.",
    "loads_in_openai_types": "Every line of the split files is valid by openai's own types.",
    "every_row_accounted_for": "What the partitions held is here, or dropped with a reason.",
    "every_row_leads_to_its_records": "Every example leads to the lines of raw files that it was"
    " made from; of a document it is the section's first line, of a synthetic source its task's.",
}
_WARNING = {
    "every_partition_is_in": "Every partition with raw files is in the dataset as it is now.",
    "no_contamination": "No example contains an evaluation item of data/evals, to"
    " `dataset.contamination.min_coverage` or more.",
    "no_group_dominates": "No group of tied examples, from 20 of them on, is a larger share of the"
    " dataset than `checks.max_group_share`.",
    "targets_take_the_dataset": "Every chosen target takes every example, and its files keep the"
    " limits that its owner sets.",
    "there_are_enough_examples": "The dataset has as many examples as `checks.min_examples`.",
    "splits_have_their_ratios": "No split's share is further from its ratio than"
    " `checks.max_ratio_gap`, where `splits.by` is `groups`.",
}
SPECS = [
    dg.AssetCheckSpec(name, asset="dataset", description=text, blocking=name in _BLOCKING)
    for name, text in (_BLOCKING | _WARNING).items()
]
Found = tuple[bool, dict[str, Any]]


class Gate:
    """Judges the finished folder before it is published, and keeps what it found."""

    def __init__(self, project: Project) -> None:
        """Judge by the project's settings."""
        self._project = project
        self.found: Mapping[str, Found] = {}

    def __call__(self, folder: Path) -> bool:
        """Whether no blocking check fails."""
        columns = [
            "id", "source", "conversation_id", "parent_id", "split", "provenance", "messages",
        ]  # fmt: skip
        examples = pq.read_table(folder / "examples.parquet", columns=columns)
        self.found = {
            "no_split_leakage": _leakage(examples, self._project),
            "no_duplicate_left": _duplicates(examples, self._project),
            "ids_are_unique": _unique_ids(examples),
            "loads_in_openai_types": _openai(folder),
            "every_row_accounted_for": _accounted(folder, examples.num_rows),
            "every_row_leads_to_its_records": _traced(folder, examples),
            "no_contamination": _contamination(examples, self._project),
        }
        return not self.failed

    @property
    def failed(self) -> list[str]:
        """The blocking checks that fail."""
        return [
            name for name, (passed, _) in self.found.items() if name in _BLOCKING and not passed
        ]


def check_results(
    project: Project, assembled: Assembled, gate: Gate
) -> Iterator[dg.AssetCheckResult]:
    """Every check's result, with what was observed."""
    content = assembled.release.manifest["content"]
    found = {**gate.found, **_warnings(project, assembled, content["dataset"])}
    found["targets_take_the_dataset"] = _targets(content)
    for name, (passed, metadata) in found.items():
        blocking = name in _BLOCKING
        severity = dg.AssetCheckSeverity.ERROR if blocking else dg.AssetCheckSeverity.WARN
        yield dg.AssetCheckResult(
            asset_key="dataset", check_name=name, passed=passed, severity=severity,
            metadata=metadata,
        )  # fmt: skip


def _leakage(examples: pa.Table, project: Project) -> Found:
    """Between all sides by the owner's threshold; out of test by the design's, if that is lower."""
    threshold = project.settings.splits.leak_threshold
    leaks = find_leaks(examples, threshold, MAX_SAMPLES)
    found, samples = dict(leaks.counts), leaks.samples
    if threshold > STRICTEST:
        is_test = pc.equal(examples.column("split"), "test")
        two = examples.set_column(
            examples.column_names.index("split"), "split", pc.if_else(is_test, "test", "other")
        )
        of_test = find_leaks(two, STRICTEST, MAX_SAMPLES)
        found |= {f"of test: {kind}": count for kind, count in of_test.counts.items()}
        samples = (*samples, *of_test.samples)
    told = "; ".join(map(str, samples[:MAX_SAMPLES]))
    return not any(found.values()), {**found, "samples": told}


def _duplicates(examples: pa.Table, project: Project) -> Found:
    originals = examples.filter(examples.column("parent_id").is_null())
    sources = originals.column("source")
    compared = compared_of_messages(
        originals.column("messages"), sources, project.settings, project_embed(project)
    )
    found = find_duplicates_across(compared, sources, project.settings)
    rows = (~found.kept).nonzero()[0].tolist()
    samples = ", ".join(originals.column("id")[row].as_py() for row in rows[:MAX_SAMPLES])
    return not rows, {"duplicates": len(rows), "samples": samples}


def _contamination(examples: pa.Table, project: Project) -> Found:
    """Hits in the examples as they were written, whatever was done about them before."""
    settings = project.settings
    evaluations = read_evaluations(project.store.data, settings.extraction.max_line_bytes)
    options = settings.dataset.contamination
    if not evaluations.files:
        return True, {"evaluation files": 0}
    found = find_items(examples, index_of(evaluations, options), evaluations)
    ids = examples.column("id")
    samples = [
        f"{ids[hit.row].as_py()} contains {hit.name}, coverage {hit.coverage:.2f}"
        for hit in found[:MAX_SAMPLES]
    ]
    return not found, {
        "evaluation files": len(evaluations.files),
        "items": sum(file.items for file in evaluations.files),
        "hits": len(found),
        "examples": len({hit.row for hit in found}),
        "action": options.action,
        "samples": "; ".join(samples),
    }


def _unique_ids(examples: pa.Table) -> Found:
    ids = examples.column("id")
    repeated = len(ids) - len(ids.unique())
    return repeated == 0, {"examples": len(ids), "repeated": repeated}


def _openai(folder: Path) -> Found:
    invalid = [
        f"{split}.jsonl:{line}: {message}"
        for split in SPLITS
        for line, message in invalid_rows(UPath(folder / f"{split}.jsonl"))
    ]
    return not invalid, {"invalid": len(invalid), "samples": "; ".join(invalid[:MAX_SAMPLES])}


def _accounted(folder: Path, out: int) -> Found:
    content = orjson.loads((folder / "manifest.json").read_bytes())["content"]
    rows_in = content["stages"]["totals"]["validated_splits"]["rows_out"]
    stages = pq.read_table(folder / "drops.parquet", columns=["stage"]).column("stage")
    dropped = pc.sum(pc.equal(stages, "dataset")).as_py() or 0
    return rows_in == out + dropped, {"in": rows_in, "out": out, "dropped": dropped}


def _traced(folder: Path, examples: pa.Table) -> Found:
    content = orjson.loads((folder / "manifest.json").read_bytes())["content"]
    lineage = pq.read_table(folder / "lineage.parquet")
    files = [file["path"] for file in content["inputs"]]
    lines = {split: content["outputs"][f"{split}.jsonl"]["rows"] for split in SPLITS}
    found = trace_examples(examples.column("id"), lineage, files, lines)
    return not found.untraced and not found.miscounted, {
        "examples": found.examples,
        "lead nowhere": len(found.untraced),
        "samples": ", ".join(found.untraced[:MAX_SAMPLES]),
        "splits with other lines": ", ".join(found.miscounted),
        **made_from(lineage),
    }


def _warnings(project: Project, assembled: Assembled, dataset: dict[str, Any]) -> dict[str, Found]:
    counts = {name: split["examples"] for name, split in dataset["splits"].items()}
    total = sum(counts.values())
    splits = project.settings.splits
    ratios = splits.ratios
    gaps = {name: abs(n / max(total, 1) - getattr(ratios, name)) for name, n in counts.items()}
    least, limit = project.settings.checks.min_examples, project.settings.checks.max_ratio_gap
    left_out = assembled.left_out
    return {
        "every_partition_is_in": (
            not left_out,
            {"left out": len(left_out), "samples": "; ".join(left_out[:MAX_SAMPLES])},
        ),
        "no_group_dominates": _dominating(assembled.largest_group),
        "there_are_enough_examples": (total >= least, {"examples": total, "at least": least}),
        "splits_have_their_ratios": (
            splits.by != "groups" or max(gaps.values()) <= limit,
            {f"{name} gap": round(gap, 4) for name, gap in gaps.items()},
        ),
    }


def _targets(content: Mapping[str, Any]) -> Found:
    """Refusals by target and rule, limits passed, and where each refused example is listed."""
    reports = target_reports(content)
    amiss = [line for report in reports for line in complaints(report)]
    shown: dict[str, Any] = {"targets": len(reports), "amiss": "; ".join(amiss) or "nothing"}
    if any(report.refused for report in reports):
        shown["listed in"] = REFUSED
    return not amiss, shown


def _dominating(largest: LargestGroup | None) -> Found:
    """What ties the largest group, whether or not it is too large."""
    if largest is None:
        return True, {}
    shown: dict[str, Any] = {
        "group": largest.group_id,
        "examples": largest.size,
        "share": round(largest.size / largest.examples, 4),
    }
    if largest.shared_kind:
        shown |= {
            "tied by": ", ".join(f"{kind} {count:,}" for kind, count in largest.most_first()),
            "most share": f"{largest.shared_kind} ({largest.shared_by:,}): {largest.excerpt}",
            "samples": ", ".join(largest.samples),
            "to make it smaller": largest.advice,
        }
    return not largest.is_giant, shown
