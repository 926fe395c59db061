"""What `ftdata versions`, `diff`, `verify` and `prune` answer, for a person and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ftdata.console import print_table, say, warn
from ftdata.show import Answer, Place
from ftdata.tables import SPLITS

if TYPE_CHECKING:
    from ftdata.release.diff import VersionDiff
    from ftdata.release.read import DescribedVersion

_MAX_VALUE = 60  # characters of a setting
_MAX_ROWS = 20


def versions_answer(place: Place, found: Sequence[DescribedVersion]) -> Answer:
    """Every version with its examples by split, its size and why it stays."""

    def show() -> None:
        if not found:
            say(f"There is no dataset version yet: {place.command('build')}")
            return
        rows = [
            (one.version, *(one.examples[split] for split in SPLITS), _size(one.bytes), one.role)
            for one in found
        ]
        print_table(("version", *SPLITS, "size", ""), rows)

    return Answer({"versions": [asdict(one) for one in found]}, show)


def diff_answer(found: VersionDiff, listed: str | None, limit: int) -> Answer:
    """What differs: numbers first, then settings, inputs and ids that were asked for."""
    ids: dict[str, Any] = asdict(found.examples)
    numbers = {name: len(ids[name]) for name in ids}

    def show() -> None:
        say(f"{found.before} → {found.after}")
        print_table(tuple(numbers), [tuple(numbers.values())])
        changed = [(name, a, b, f"{b - a:+,}") for name, a, b in found.counts if a != b]
        _table(("count", "before", "after", "change"), changed)
        _table(("dropped", "before", "after"), found.reasons)
        _table(
            ("setting", "before", "after"), [(n, _cut(a), _cut(b)) for n, a, b in found.settings]
        )
        _table(("raw file", ""), found.inputs)
        _table(("library", "before", "after"), found.libraries)
        if listed:
            columns = ("id", "from", "to") if listed == "moved" else (listed,)
            _table(columns, _rows(ids[listed]), limit)
        elif any(numbers.values()):
            say("--list added, removed, changed, retagged or moved shows their ids.")

    shown = (
        {name: each[:limit] for name, each in ids.items()}
        if listed is None
        else {listed: ids[listed][:limit]}
    )
    values = {**asdict(found), "examples": shown, "numbers": numbers}
    return Answer(values, show)


def verify_answer(version: str, found: Sequence[str]) -> Answer:
    """Whether the version is as its manifest says; exit code 1 where it is not."""

    def show() -> None:
        for sentence in found:
            warn(sentence)
        say(f"{version}: {len(found) or 'nothing'} of it differs from its manifest.")

    return Answer({"version": version, "mismatches": list(found)}, show, exit_code=int(bool(found)))


def prune_answer(gone: Sequence[str], *, dry_run: bool) -> Answer:
    """Which versions were removed, or would be."""
    what = "would be removed" if dry_run else "removed"
    told = f"{', '.join(gone)} {what}" if gone else "No version is old enough to be removed."
    return Answer({"removed": list(gone), "dry_run": dry_run}, lambda: say(told))


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]], limit: int | None = None) -> None:
    most = _MAX_ROWS if limit is None else limit
    if rows:
        print_table(columns, [tuple(row) for row in rows[:most]])
        if len(rows) > most:
            more = "--json shows all" if limit is None else "--limit shows more"
            say(f"and {len(rows) - most:,} more ({more})")


def _rows(ids: Sequence[Any]) -> list[tuple[Any, ...]]:
    return [tuple(one) if isinstance(one, tuple | list) else (one,) for one in ids]


def _cut(value: object) -> str:
    text = str(value)
    return text if len(text) <= _MAX_VALUE else f"{text[: _MAX_VALUE - 1]}…"


def _size(count: int) -> str:
    """In the largest unit that leaves a whole number: `3 MB`."""
    steps = min((len(str(count)) - 1) // 3, 3)
    return f"{count / 1000**steps:,.0f} {('B', 'kB', 'MB', 'GB')[steps]}"
