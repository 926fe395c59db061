"""What each command answers: one JSON object, and the same for a person to read."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftdata.console import print_table, say, warn
from ftdata.freshness import PartitionStatus, State
from ftdata.ingest.inventory import Inventory, RawProblem
from ftdata.keys import PartitionKey
from ftdata.message_words import LAYOUT, indent_some
from ftdata.project import DATA_DIR_VARIABLE, SETTINGS_VARIABLE
from ftdata.settings_file import DEFAULT_NAME
from ftdata.show_batches import batch_values, show_batches
from ftdata.show_erasures import erasure_values, show_progressed, show_unfinished
from ftdata.show_targets import show_targets
from ftdata.show_warnings import show_warnings
from ftdata.tables import SPLITS, STAGES, Stage

if TYPE_CHECKING:
    from ftdata.defs.batches import WaitingPartition
    from ftdata.defs.build import BuildReport
    from ftdata.defs.dataset_steps import DatasetState
    from ftdata.defs.duplicate_index import IndexState
    from ftdata.defs.rejections import Rejected
    from ftdata.release.read import LoadedRelease

MAX_SHOWN = 20
MAX_REASONS = 10


@dataclass(frozen=True)
class Answer:
    """What a command found out or did."""

    values: Mapping[str, object]  # JSON
    show: Callable[[], None]  # for a person
    exit_code: int = 0


@dataclass(frozen=True)
class Place:
    """The project as the command line named it; paths are absolute."""

    settings: Path
    data_dir: str | None  # where it was given

    def command(self, name: str) -> str:
        """The `ftdata` command that works on this project from here."""
        options = []
        if self.settings != Path.cwd() / DEFAULT_NAME:
            options += ["--settings", near(self.settings)]
        if self.data_dir is not None:
            options += ["--data-dir", near(self.data_dir)]
        return shlex.join(["ftdata", name, *options])

    @property
    def viewer(self) -> str:
        """The command that shows this project in the browser."""
        home = self.settings.parent
        steps = f"cd {shlex.quote(near(home))} && " if home != Path.cwd() else ""
        if self.settings.name != DEFAULT_NAME:
            steps += f"{SETTINGS_VARIABLE}={shlex.quote(str(self.settings))} "
        if self.data_dir is not None:
            steps += f"{DATA_DIR_VARIABLE}={shlex.quote(self.data_dir)} "
        return f"{steps}dagster dev"


def near(path: object) -> str:
    """A path as short as it can be said: relative where it lies below the present folder."""
    text = str(path)
    if "://" in text or not Path(text).is_relative_to(Path.cwd()):
        return text
    return os.path.relpath(text)


def init_answer(place: Place, written: Sequence[Path]) -> Answer:
    """What `ftdata init` wrote, and the next step."""
    folder = near(place.settings.parent)
    data = near(place.data_dir) if place.data_dir else str(Path(folder, "data"))

    def show() -> None:
        say(f"Wrote {', '.join(path.name for path in written)} in {folder}.")
        say("Next:")
        say(f"  put records at {data}/raw/<source>/<date>.jsonl (.csv, .parquet; .gz, .zst)")
        say(f"  or documents into {data}/raw/<source>/<date>/ (.md, .html, .rst, .docx, .pdf, …)")
        say(f"  {Place(place.settings, None).command('build')}")

    return Answer({"folder": folder, "written": [str(path) for path in written]}, show)


def sources_answer(inventory: Inventory, registered: Sequence[str]) -> Answer:
    """Every source with its kind, its partitions, and whether Dagster knows it."""
    days: dict[str, list[str]] = {name: [] for name in inventory.sources}
    for key in inventory.partitions:
        days[key.source].append(key.date)
    found = {
        name: {"kind": kind, "partitions": len(days[name]), "registered": name in registered}
        for name, kind in inventory.sources.items()
    }

    def show() -> None:
        rows = [
            (
                name,
                inventory.sources[name],
                len(dates),
                min(dates, default="-"),
                max(dates, default="-"),
                "yes" if name in registered else "no",
            )
            for name, dates in days.items()
        ]
        if rows:
            print_table(("source", "kind", "partitions", "first", "last", "registered"), rows)
        else:
            say(f"There are no sources: {LAYOUT}")
        _show_problems(inventory.problems)

    values = {
        "sources": found,
        "registered": list(registered),
        "problems": _problems(inventory.problems),
    }
    return Answer(values, show)


def status_answer(
    place: Place,
    inventory: Inventory,
    statuses: Mapping[PartitionKey, PartitionStatus],
    rejected: Sequence[Rejected],
    dataset: DatasetState,
    index: IndexState,
    batches: Sequence[WaitingPartition],
    unfinished: int,
) -> Answer:
    """How many partitions of each stage are current, which are not, and what to do next.

    `unfinished` is the number of erasures that have not come to their end.
    """
    found = {
        stage: Counter(own.states[stage] for own in statuses.values() if stage in own.states)
        for stage in STAGES
    }
    states = {stage: dict(counts) for stage, counts in found.items() if counts}
    waiting = {key: status for key, status in statuses.items() if not status.is_current}

    def show() -> None:
        if statuses:
            _show_raw(statuses, states)
        _show_some([f"{key}: {status.reason}" for key, status in waiting.items()])
        show_batches(batches)
        _show_rejected(rejected)
        _show_problems(inventory.problems)
        _show_gone(dataset.gone)
        for damage in index.damage:
            warn(damage, "red")
        show_unfinished(unfinished)
        _show_release(dataset.release, "current" if dataset.is_current else "not current")
        is_done = dataset.is_current and not waiting and not unfinished
        _show_next(place, is_done=is_done, is_empty=not statuses)

    values = {
        "partitions": len(statuses),
        "stages": states,
        "not_current": {str(key): status.states for key, status in waiting.items()},
        "batches": batch_values(batches),
        "rejected": [asdict(own) for own in rejected],
        "problems": _problems(inventory.problems),
        "dataset": {"version": dataset.version, "current": dataset.is_current},
        "gone": [str(key) for key in dataset.gone],
        "kept_from_earlier_snapshots": _earlier_documents(dataset.release),
        "duplicate_index": index_values(index),
        "unfinished_erasures": unfinished,
    }
    return Answer(values, show)


def index_values(index: IndexState) -> dict[str, object]:
    """How the duplicate index stands, as JSON."""
    return {
        "partitions": index.partitions,
        "behind": [str(key) for key in index.behind],
        "damage": list(index.damage),
    }


def build_answer(place: Place, report: BuildReport) -> Answer:
    """What was built and dropped, where the dataset lies, and what could not be built."""

    def show() -> None:
        say(_built(report))
        if report.refreshed and report.dataset.release is not None:
            _show_contents(report.dataset.release)
            release = report.dataset.release
            show_targets(release.manifest["content"], near(release.folder))
            show_warnings(report.warnings, near(release.folder))
        # Of a partition that failed a message names the files already.
        failed = {key.source for key in report.unbuilt}
        _show_rejected([own for own in report.rejected if own.source not in failed])
        _show_problems(report.problems)
        _show_gone(report.gone)
        show_batches(report.waiting)
        show_progressed(report.erasures)
        for message in report.messages:
            warn(message, "red")
        if report.unbuilt:
            names = ", ".join(str(key) for key in report.unbuilt[:MAX_SHOWN])
            more = ", …" if len(report.unbuilt) > MAX_SHOWN else ""
            warn(f"{_partitions(len(report.unbuilt))} not built: {names}{more}", "red")
        if report.dataset.release is not None:
            _show_release(report.dataset.release, _fate(report))
            say(f"To look at it in the browser: {place.viewer}")

    values = {
        "partitions": report.partitions,
        "built": [str(key) for key in report.built],
        "unbuilt": [str(key) for key in report.unbuilt],
        "batches": batch_values(report.waiting),
        "messages": list(report.messages),
        "rejected": [asdict(own) for own in report.rejected],
        "problems": _problems(report.problems),
        "gone": [str(key) for key in report.gone],
        "warnings": list(report.warnings),
        "erasures": erasure_values(report.erasures),
        "dataset": _dataset_values(report),
    }
    return Answer(values, show, 0 if report.succeeded else 1)


def _fate(report: BuildReport) -> str:
    """What became of the dataset: `Dataset 1f… is …`."""
    if report.refreshed:
        return "built"
    return "unchanged" if report.dataset.is_current else "the one from before, and not current"


def _built(report: BuildReport) -> str:
    if not report.partitions:
        return f"There is nothing to build: {LAYOUT}"
    if not report.built and not report.unbuilt and not report.waiting:
        return f"Nothing to build: {_partitions(report.partitions)}, built before and current."
    return f"{len(report.built)} of {report.partitions} partitions built."


def _partitions(count: int) -> str:
    return f"{count:,} {'partition' if count == 1 else 'partitions'}"


def _dataset_values(report: BuildReport) -> dict[str, object]:
    release = report.dataset.release
    if release is None:
        return {"version": None, "current": False}
    return {
        "version": release.version,
        "current": report.dataset.is_current,
        "refreshed": report.refreshed,
        "folder": str(release.folder),
        "splits": release.manifest["content"]["dataset"]["splits"],
        "targets": release.manifest["content"].get("targets", {}),
        "stages": release.manifest["content"]["stages"]["totals"],
    }


def _show_contents(release: LoadedRelease) -> None:
    """Rows of every stage, the most frequent reasons of drops, and the splits."""
    content = release.manifest["content"]
    totals: dict[str, Any] = {
        **content["stages"]["totals"],
        "dataset": {"rows_quarantined": 0, **content["dataset"]},
    }
    columns = ("rows_in", "rows_out", "rows_dropped", "rows_quarantined")
    rows = [(s, *(totals[s][c] for c in columns)) for s in (*STAGES, "dataset") if s in totals]
    say()
    print_table(("stage", "in", "out", "dropped", "quarantined"), rows)
    say("raw_logs counts records, cleaned conversations, the others examples.")
    if "documents" in totals:
        say("documents counts sections, and files that could not be read.")
        say("generated_examples counts sections without an example among the dropped.")
    reasons = {(s, r): n for s in totals for r, n in totals[s]["reasons"].items()}
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    if ordered:
        say()
        table = [(stage, reason, n) for (stage, reason), n in ordered[:MAX_REASONS]]
        print_table(("dropped at", "for", "rows"), table)
        if len(ordered) > MAX_REASONS:
            say(f"… and {len(ordered) - MAX_REASONS} rarer reasons, in report.md")
    splits = content["dataset"]["splits"]
    has_pairs = any(splits[name].get("pairs") for name in SPLITS)
    counts = ("examples", "tokens", "groups", *(["pairs"] if has_pairs else []))
    say()
    print_table(("split", *counts), [(s, *(splits[s][c] for c in counts)) for s in SPLITS])
    say()


def _show_raw(
    statuses: Mapping[PartitionKey, PartitionStatus], states: Mapping[Stage, Mapping[State, int]]
) -> None:
    """What there is, and how many partitions of each stage are in which state."""
    dates = [key.date for key in statuses]
    count = len({key.source for key in statuses})
    say(
        f"{count} {'source' if count == 1 else 'sources'}, {_partitions(len(statuses))}"
        f" from {min(dates)} to {max(dates)}"
    )
    say()
    names = sorted({name for counts in states.values() for name in counts})
    rows = [(stage, *(own.get(name, 0) for name in names)) for stage, own in states.items()]
    print_table(("stage", *names), rows)
    say()


def _show_release(release: LoadedRelease | None, state: str) -> None:
    if release is None:
        say("Dataset: none yet")
        return
    splits = release.manifest["content"]["dataset"]["splits"]
    counts = ", ".join(f"{name} {splits[name]['examples']:,}" for name in SPLITS)
    say(f"Dataset {release.version} is {state}: {counts} examples")
    say(f"  {near(release.folder)}")
    earlier = _earlier_documents(release)
    if earlier:
        documents = "document" if earlier == 1 else "documents"
        say(f"  kept from earlier snapshots: {earlier:,} {documents}, not in the newest")
    say("  README.md is its card, report.md says what was dropped and why")


def _earlier_documents(release: LoadedRelease | None) -> int:
    """How many documents stay that the newest snapshot of their source has not."""
    # A version of before has no such list.
    return len(release.manifest["content"].get("earlier_documents", ())) if release else 0


def _show_next(place: Place, *, is_done: bool, is_empty: bool) -> None:
    if is_done:
        say(f"To look at it in the browser: {place.viewer}")
    elif is_empty:
        say(f"Next: {LAYOUT}, below the data folder, then")
        say(f"  {place.command('build')}")
    else:
        say(f"Next: {place.command('build')}")


def _problems(problems: Sequence[RawProblem]) -> list[dict[str, str]]:
    return [{"path": problem.path, "message": problem.message} for problem in problems]


def _show_some(lines: Sequence[str]) -> None:
    for line in lines[:MAX_SHOWN]:
        say(f"  {line}")
    if len(lines) > MAX_SHOWN:
        say(f"  … and {len(lines) - MAX_SHOWN} more")
    if lines:
        say()


def _show_problems(problems: Sequence[RawProblem]) -> None:
    for problem in problems[:MAX_SHOWN]:
        warn(f"{problem.path}: {problem.message}")
    if len(problems) > MAX_SHOWN:
        warn(f"… and {len(problems) - MAX_SHOWN} more such files")


def _show_rejected(rejected: Sequence[Rejected]) -> None:
    for own in rejected:
        files = "1 file" if own.files == 1 else f"{own.files:,} files"
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in own.reasons.items())
        where = f" in {_partitions(own.partitions)}" if own.partitions > 1 else ""
        warn(f"{own.source}: {files} rejected{where} ({reasons})")
        for line in indent_some(own.named, own.files):
            warn(line)
        if own.files > len(own.named):
            warn(f"  All are listed in {near(own.listed_at)}")


def _show_gone(gone: Sequence[PartitionKey]) -> None:
    if gone:
        names = ", ".join(str(key) for key in gone[:MAX_SHOWN])
        more = f" and {len(gone) - MAX_SHOWN} more" if len(gone) > MAX_SHOWN else ""
        warn(f"raw files gone, so taken out of the dataset: {names}{more}")
