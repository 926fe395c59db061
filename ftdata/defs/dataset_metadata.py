"""What the web UI shows of the dataset: version, files, counts, reasons, the funnel, the card."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg

from ftdata.defs.agreement import Reviewed
from ftdata.defs.dataset_steps import Assembled
from ftdata.defs.lineage import summarise_lineage
from ftdata.defs.metadata import counts_table
from ftdata.judging.agreement import MIN_FIT, Agreement
from ftdata.release.diff import Examples
from ftdata.release.target_reports import TargetReport, counted, target_reports

_MAX_FAULTS = 5
_MAX_MOVED = 20


def dataset_metadata(assembled: Assembled) -> dict[str, Any]:
    """Counts by split and reason; card and funnel where the version was published."""
    release = assembled.release
    content = release.manifest["content"]
    dataset = content["dataset"]
    shown: dict[str, Any] = {
        "version": release.version,
        "folder": dg.MetadataValue.path(str(release.folder)),
        "rows_in": dataset["rows_in"],
        "rows_out": dataset["rows_out"],
        "rows_dropped": dataset["rows_dropped"],
        "drops_by_reason": counts_table(dataset["reasons"], "reason"),
        "pin": content["settings"]["splits"]["pin"] or "none",
        **_held_out(content["holdout"]),
        "gone": ", ".join(map(str, assembled.gone)) or "none",
        "inputs": len(content["inputs"]),
        **_earlier(content["earlier_documents"]),
        **_changes(assembled.changes),
        "targets": _targets_table(target_reports(content)),
    }
    for name, split in dataset["splits"].items():
        shown[f"{name}_examples"] = split["examples"]
        shown[f"{name}_tokens"] = split["tokens"]
    shown["preference_pairs"] = sum(split["pairs"] for split in dataset["splits"].values())
    if assembled.reviewed is not None:
        shown |= _reviewed(assembled.reviewed)
    if release.is_published:
        shown |= _lineage(summarise_lineage(release.folder))
        picture = base64.b64encode((release.folder / "funnel.svg").read_bytes()).decode()
        shown["funnel"] = dg.MetadataValue.md(f"![funnel](data:image/svg+xml;base64,{picture})")
    return shown


def _lineage(summary: Mapping[str, Any]) -> dict[str, Any]:
    """How many rows are traced, and the chain of one, as `ftdata explain` tells it of any."""
    chain = dg.MetadataValue.json(summary["chain"])
    told = {name.replace(" ", "_"): summary[name] for name in summary if name != "chain"}
    return {**{f"lineage_{name}": value for name, value in told.items()}, "lineage_chain": chain}


def _targets_table(reports: Sequence[TargetReport]) -> dg.TableMetadataValue:
    """Each target: its status, its rows, and what it refuses, loses and is asked for."""
    names = ("target", "status", "rows", "refused", "lost", "limits passed")
    rows = (
        (
            report.name,
            report.status,
            f"{sum(report.rows.values()):,}",
            counted(report.refused) or "none",
            counted(report.losses) or "nothing",
            "; ".join(report.limits) or "none",
        )
        for report in reports
    )
    records = [dg.TableRecord(dict(zip(names, row, strict=True))) for row in rows]
    return dg.MetadataValue.table(records, dg.TableSchema([dg.TableColumn(n) for n in names]))


def _earlier(documents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Documents that stay though the newest snapshot of their source has them not."""
    return {
        "kept_from_earlier_snapshots": len(documents),
        "examples_kept_from_earlier_snapshots": sum(one["examples"] for one in documents),
    }


def _held_out(holdout: Mapping[str, Any] | None) -> dict[str, Any]:
    """What splits.holdout names; nothing where it names no file."""
    if holdout is None:
        return {}
    return {"held_out": holdout["examples"], "held_out_ids_unknown": holdout["unknown_ids"]}


def _changes(changes: Examples | None) -> dict[str, Any]:
    """Against the version before: how many came, went, changed, moved, and which moved."""
    found = changes or Examples([], [], [], [], [])
    return {
        "added_since_last_version": len(found.added),
        "removed_since_last_version": len(found.removed),
        "changed_since_last_version": len(found.changed),
        "moved_since_last_version": len(found.moved),
        "moved": ", ".join(name for name, *_ in found.moved[:_MAX_MOVED]) or "none",
    }


def _reviewed(reviewed: Reviewed) -> dict[str, Any]:
    """The judge against people's ratings, and what of these could not be read."""
    told: dict[str, Any] = {"rated_by_people": reviewed.rated}
    if reviewed.agreement is not None:
        told["judge_and_people"] = _agreement_table(reviewed.agreement)
    if reviewed.faults:
        shown, left = reviewed.faults[:_MAX_FAULTS], len(reviewed.faults) - _MAX_FAULTS
        told["reviews_not_read"] = "; ".join(shown) + (f"; and {left} more" if left > 0 else "")
    return told


def _agreement_table(found: Agreement) -> dg.TableMetadataValue:
    line = "unknown"
    if found.line is not None:
        line = "{:.2f} + {:.2f} × judge: take them as judge.calibration".format(*found.line)
    rows = (
        ("examples", str(found.n), "judged, and rated by people"),
        ("offset", f"{found.offset:+.2f}", "judge less people, in points of 1 to 5: + is milder"),
        ("within one point", f"{found.within_one:.0%}", "of the examples"),
        ("Spearman", _of_one(found.spearman), "1: same order of the examples, 0: no relation"),
        ("Pearson", _of_one(found.pearson), "1: their points lie on a line"),
        ("people by judge", line, f"what people would give; from {MIN_FIT} examples on"),
    )
    names = ("measure", "value", "meaning")
    records = [dg.TableRecord(dict(zip(names, row, strict=True))) for row in rows]
    return dg.MetadataValue.table(records, dg.TableSchema([dg.TableColumn(n) for n in names]))


def _of_one(correlation: float | None) -> str:
    return "unknown" if correlation is None else f"{correlation:.2f}"
