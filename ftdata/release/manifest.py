"""`manifest.json`: every input, setting, count and hash; the version is the hash of its content.

    {"version": …, "content": {inputs, evaluations, holdout, selection, prompts, settings, stages,
     dataset, erasures, left_out, earlier_documents, licences, targets, outputs},
     "environment": {libraries, python, settings_hash, paid, erasures}}

No clock, no library version and no setting that cannot reach a data file is in the content: the
same data and settings give the same version on another day. (The Parquet writer's version does
reach the bytes of `examples.parquet`.)
"""

from __future__ import annotations

import hashlib
import platform
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ftdata import jsonl
from ftdata.release.contamination import describe_evaluations
from ftdata.release.erased import erased_counts, erased_inputs
from ftdata.release.licences import licences_of
from ftdata.release.plan import ReleaseContext
from ftdata.release.tally import Tally
from ftdata.settings import Settings
from ftdata.storage import StoredPartition, count_reasons
from ftdata.tables import STAGES

# Where and when it is built, what is warned about and what is kept beside it: not what is in it.
_UNRELATED: dict[str, bool | set[str]] = {
    "data_dir": True, "automation": True, "checks": True, "training": True,
    "report": True,
    "dataset": {"keep_versions"},
    "llm": {
        "concurrency", "requests_per_minute", "tokens_per_minute", "timeout_s", "retries",
        "batch", "prices", "max_cost_per_run", "max_cost_per_month",
    },
}  # fmt: skip


def manifest_content(
    context: ReleaseContext,
    rows_in: int,
    tally: Tally,
    outputs: dict[str, Any],
    targets: dict[str, Any],
) -> dict[str, Any]:
    """The hashed part: `outputs` from `describe_files`, `targets` from `TargetFiles.report`."""
    _, reasons = count_reasons(context.drops)
    return {
        "settings": _settings(context.settings),
        "inputs": _inputs(context.stage_records),
        "evaluations": describe_evaluations(context),
        "holdout": context.holdout,
        "selection": list(context.selection),
        "prompts": list(context.prompts),
        "stages": stage_counts(context.stage_records),
        "dataset": {
            "rows_in": rows_in,
            "rows_out": rows_in - context.drops.num_rows,
            "rows_dropped": context.drops.num_rows,
            "reasons": reasons,
            "splits": tally.splits(),
        },
        "erasures": erased_counts(context.stage_records),
        "left_out": list(context.left_out),
        "earlier_documents": [
            {**document._asdict(), "examples": examples}
            for document, examples in sorted(context.earlier_documents.items())
        ],
        "licences": licences_of(context.settings, tally),
        "targets": targets,
        "outputs": outputs,
    }


def _settings(settings: Settings) -> dict[str, Any]:
    """The settings; of words that are always redacted, which are personal, their number alone."""
    values: dict[str, Any] = settings.model_dump(mode="json", exclude=_UNRELATED)
    pii = values["cleaning"]["pii"]
    pii["deny"] = {entity: len(texts) for entity, texts in pii["deny"].items()}
    return values


def manifest_of(content: dict[str, Any], context: ReleaseContext) -> dict[str, Any]:
    """The whole manifest of a content."""
    return {
        "version": version_of(content),
        "content": content,
        "environment": {
            "libraries": dict(context.libraries),
            "python": platform.python_version(),
            "settings_hash": dict(context.settings_hash),
            "paid": list(context.paid),
            "erasures": erased_inputs(context.stage_records),
        },
    }


def version_of(content: dict[str, Any]) -> str:
    """First 16 hex digits of SHA-256 over the canonical JSON of the content."""
    return hashlib.sha256(jsonl.canonical(content)).hexdigest()[:16]


def stage_counts(records: Sequence[StoredPartition]) -> dict[str, dict[str, Any]]:
    """`totals`: stage → counts and reasons; `partitions`: stage → partition → the same."""
    of_stage = {stage: [r for r in records if r.stage == stage] for stage in STAGES}
    built = {stage: found for stage, found in of_stage.items() if found}
    return {
        "totals": {stage: _totals(found) for stage, found in built.items()},
        "partitions": {
            stage: {str(record.key): _totals([record]) for record in found}
            for stage, found in built.items()
        },
    }


def _totals(records: Sequence[StoredPartition]) -> dict[str, Any]:
    reasons: Counter[str] = Counter()
    for record in records:
        reasons.update(record.reasons)
    return {
        "rows_in": sum(record.rows_in for record in records),
        "rows_out": sum(record.rows_out for record in records),
        "rows_dropped": sum(record.rows_dropped for record in records),
        "rows_quarantined": sum(record.rows_quarantined for record in records),
        "reasons": dict(reasons),
    }


def _inputs(records: Sequence[StoredPartition]) -> list[dict[str, Any]]:
    """The raw files, by path. Their times of change say nothing about what is in them.

    A file that names a person has that name in the record of `raw_logs` alone: a partition's last
    record counts.
    """
    last = {record.key: record for record in records if record.files}
    files = {
        file["path"]: {name: file[name] for name in ("path", "bytes", "sha256")}
        for record in last.values()
        for file in record.files
    }
    return [files[path] for path in sorted(files)]
