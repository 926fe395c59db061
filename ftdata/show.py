"""What each command prints: tables for a person, or one JSON object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ftdata import jsonl
from ftdata.console import ERR, OUT, print_counts, print_table
from ftdata.freshness import PartitionStatus
from ftdata.ingest.inventory import Inventory, RawProblem
from ftdata.keys import PartitionKey
from ftdata.tables import STAGES

if TYPE_CHECKING:
    from ftdata.defs.build import BuildReport
    from ftdata.defs.dataset_steps import DatasetState

MAX_SHOWN = 20
SPLITS = ("train", "validation", "test")


def show_init(as_json: bool, folder: Path, written: Sequence[Path]) -> None:
    """What `ftdata init` wrote, and the next step."""
    if as_json:
        print_json({"folder": str(folder), "written": [str(path) for path in written]})
        return
    OUT.print(f"Wrote {', '.join(path.name for path in written)} in {folder}.")
    OUT.print(f"Next: put records at {folder}/data/raw/<source>/<date>.jsonl, then:")
    OUT.print(f"  cd {folder} && ftdata build")


def show_sources(as_json: bool, inventory: Inventory, registered: Sequence[str]) -> None:
    """Every source with its kind, its partitions, and its place in Dagster's order."""
    dates = Counter(key.source for key in inventory.partitions)
    if as_json:
        found = {
            name: {"kind": kind, "partitions": dates[name], "registered": name in registered}
            for name, kind in sorted(inventory.sources.items())
        }
        print_json({"sources": found, "registered": list(registered)})
        return
    rows = [(n, k, dates[n], n in registered) for n, k in sorted(inventory.sources.items())]
    print_table("Sources", ("source", "kind", "partitions", "registered"), rows)
    _print_problems(inventory.problems)


def show_status(
    as_json: bool,
    inventory: Inventory,
    statuses: Mapping[PartitionKey, PartitionStatus],
    dataset: DatasetState,
) -> None:
    """How many partitions of each stage are current, and which are not."""
    states = {
        stage: dict(Counter(status.states[stage] for status in statuses.values()))
        for stage in STAGES
    }
    waiting = {str(key): status.states for key, status in statuses.items() if not status.is_current}
    if as_json:
        print_json(
            {
                "partitions": len(statuses),
                "stages": states,
                "not_current": waiting,
                "problems": _problems(inventory.problems),
                "dataset": {"version": dataset.version, "current": dataset.is_current},
                "gone": [str(key) for key in dataset.gone],
            }
        )
        return
    names = sorted({name for counts in states.values() for name in counts})
    rows = [(stage, *(states[stage].get(name, 0) for name in names)) for stage in STAGES]
    print_table(f"{len(statuses)} partitions", ("stage", *names), rows)
    for key in list(waiting)[:MAX_SHOWN]:
        stage, state = next((s, v) for s, v in waiting[key].items() if v != "current")
        OUT.print(f"  {key}: {stage} {state}")
    if len(waiting) > MAX_SHOWN:
        OUT.print(f"  … and {len(waiting) - MAX_SHOWN} more")
    _print_problems(inventory.problems)
    _print_gone(dataset.gone)
    fresh = "current" if dataset.is_current else "not current: run `ftdata build`"
    OUT.print(f"dataset {dataset.version or 'never built'} ({fresh})")


def show_build(as_json: bool, report: BuildReport) -> None:
    """What was built and dropped, where the dataset lies, and what could not be built."""
    if as_json:
        print_json(
            {
                "built": [str(key) for key in report.built],
                "unbuilt": [str(key) for key in report.unbuilt],
                "messages": list(report.messages),
                "problems": _problems(report.problems),
                "gone": [str(key) for key in report.gone],
                "dataset": _dataset_json(report),
            }
        )
        return
    _print_dataset(report)
    _print_problems(report.problems)
    _print_gone(report.gone)
    for message in report.messages:
        ERR.print(f"failed: {message}", style="red", markup=False)
    if report.unbuilt:
        names = ", ".join(str(key) for key in report.unbuilt[:MAX_SHOWN])
        ERR.print(f"{len(report.unbuilt)} partitions are not built: {names}", style="red")


def print_json(value: object) -> None:
    """One JSON object on standard output."""
    print(jsonl.pretty(value).decode(), end="")


def _dataset_json(report: BuildReport) -> dict[str, object]:
    release = report.dataset.release
    if release is None:
        return {"version": None, "current": False}
    return {
        "version": release.version,
        "current": report.dataset.is_current,
        "refreshed": report.refreshed,
        "folder": str(release.folder),
        "splits": release.manifest["content"]["dataset"]["splits"],
        "stages": release.manifest["content"]["stages"]["totals"],
    }


def _print_dataset(report: BuildReport) -> None:
    release = report.dataset.release
    if release is None:
        return
    content = release.manifest["content"]
    totals = {
        **content["stages"]["totals"],
        "dataset": {"rows_quarantined": 0, **content["dataset"]},
    }
    columns = ("rows_in", "rows_out", "rows_dropped", "rows_quarantined")
    rows = [(s, *(totals[s][c] for c in columns)) for s in (*STAGES, "dataset") if s in totals]
    header = ("stage", "in", "out", "dropped", "quarantined")
    print_table(f"{len(report.built)} partitions built", header, rows)
    reasons: Counter[str] = Counter()
    for stage, counts in totals.items():
        reasons.update({f"{stage}: {name}": n for name, n in counts["reasons"].items()})
    print_counts("Dropped, by reason", ("reason", "rows"), reasons)
    splits = content["dataset"]["splits"]
    rows_of_splits = [
        (name, splits[name]["examples"], splits[name]["tokens"], splits[name]["groups"])
        for name in SPLITS
    ]
    print_table("Dataset", ("split", "examples", "tokens", "groups"), rows_of_splits)
    OUT.print(f"{'built' if report.refreshed else 'unchanged'}: {release.folder}")
    OUT.print("  README.md is the card, report.md says what was dropped and why")


def _problems(problems: Sequence[RawProblem]) -> list[dict[str, str]]:
    return [{"path": problem.path, "message": problem.message} for problem in problems]


def _print_problems(problems: Sequence[RawProblem]) -> None:
    for problem in problems[:MAX_SHOWN]:
        ERR.print(f"{problem.path}: {problem.message}", style="yellow", markup=False)
    if len(problems) > MAX_SHOWN:
        ERR.print(f"… and {len(problems) - MAX_SHOWN} more files left alone", style="yellow")


def _print_gone(gone: Sequence[PartitionKey]) -> None:
    if gone:
        names = ", ".join(str(key) for key in gone[:MAX_SHOWN])
        OUT.print(f"raw files gone, taken out of the dataset: {names}")
