"""What `ftdata erase` answers: what would go, what went, and what holds it still."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ftdata.console import say, warn
from ftdata.show import Answer, Place
from ftdata.show_erasures import counted, derived_values, erasure_values, show_progressed

if TYPE_CHECKING:
    from ftdata.defs.build import BuildReport
    from ftdata.defs.erasure_search import Found, RawHolding
    from ftdata.defs.erasure_sweep import Derived
    from ftdata.erasures import Kind

_MAX_SHOWN = 20


def dry_run_answer(kind: Kind, found: Found, derived: Derived) -> Answer:
    """What would go, and which raw files hold it."""

    def show() -> None:
        for line in lines_of(kind, found, derived):
            say(line)
        _show_raw(found.raw)
        _show_problems(found)

    return Answer(
        {"dry_run": True, **_found_values(kind, found), "derived": derived_values(derived)}, show
    )


def declined_answer() -> Answer:
    """Somebody was asked, and did not want it."""
    return Answer({"declined": True}, lambda: say("Nothing is erased."), 1)


def erase_answer(
    place: Place, kind: Kind, found: Found, report: BuildReport | None, *, is_done: bool
) -> Answer:
    """What went, what holds it still, and what is left to do."""
    progressed = report.erasures if report is not None else None
    is_failed = report is not None and not is_done

    def show() -> None:
        _show_asked(kind, found)
        if report is not None:
            for message in report.messages:
                warn(message, "red")
        show_progressed(progressed)
        if report is not None and report.dataset.version is not None:
            say(f"The newest dataset is {report.dataset.version}.")
        _show_raw(found.raw)
        _show_problems(found)
        if not is_done:
            say(f"Next: {place.command('build')}")

    values = {
        **_found_values(kind, found),
        "finished": is_done,
        "messages": list(report.messages) if report is not None else [],
        "erasures": erasure_values(progressed),
        "dataset": report.dataset.version if report is not None else None,
    }
    return Answer(values, show, 1 if is_failed else 0)


def lines_of(kind: Kind, found: Found, derived: Derived) -> list[str]:
    """What would go, in words that name no id."""
    held = len(found.tombstones) - found.held_by_nothing
    lines = [f"{counted(held, kind)} found in {counted(len(found.partitions), 'partition')}"]
    if found.held_by_nothing:
        lines.append(f"{counted(found.held_by_nothing, kind)} that nothing built holds now")
    lines += [f"  {key}" for key in found.partitions[:_MAX_SHOWN]]
    if len(found.partitions) > _MAX_SHOWN:
        lines.append(f"  … and {len(found.partitions) - _MAX_SHOWN} more")
    if found.in_dataset:
        lines.append(f"{counted(found.in_dataset, 'example')} of the newest dataset")
    if derived.versions:
        lines.append(f"dataset versions, to be removed: {', '.join(derived.versions)}")
    if derived.reduced:
        lines.append(f"dataset version {derived.reduced} is pinned: its splits would stay")
    for count, noun in ((derived.answers, "answer"), (derived.vectors, "embedding")):
        if count:
            lines.append(
                f"of {counted(count, noun)} in the cache those that nothing asks for again"
            )
    return lines


def _show_asked(kind: Kind, found: Found) -> None:
    if found.held_by_nothing:
        say(
            f"{counted(found.held_by_nothing, kind)}: nothing built holds it now. It is left out of"
            " whatever comes later."
        )
    if found.partitions:
        say(f"{counted(len(found.partitions), 'partition')} held it.")


def _show_raw(raw: Sequence[RawHolding]) -> None:
    if not raw:
        return
    say("Your own files still hold it; no build takes it from there:")
    for one in raw[:_MAX_SHOWN]:
        lines = ", ".join(map(str, one.lines[:_MAX_SHOWN]))
        more = ", …" if len(one.lines) > _MAX_SHOWN else ""
        say(f"  {one.file}" + (f" line {lines}{more}" if lines else ""))
    if len(raw) > _MAX_SHOWN:
        say(f"  … and {len(raw) - _MAX_SHOWN} more files: --json lists them all")


def _show_problems(found: Found) -> None:
    if found.repeating:
        warn(
            f"{counted(found.repeating, 'record')} of the same conversations repeat its messages,"
            " and stay: erase the conversations with --conversation to take these out as well"
        )
    for problem in found.problems:
        warn(f"not looked through: {problem}")


def _found_values(kind: Kind, found: Found) -> dict[str, Any]:
    return {
        "kind": kind,
        "asked": len(found.tombstones),
        "held_by_nothing": found.held_by_nothing,
        "partitions": [str(key) for key in found.partitions],
        "examples": found.in_dataset,
        "raw": [{"file": one.file, "lines": list(one.lines)} for one in found.raw],
        "repeating": found.repeating,
        "problems": list(found.problems),
    }
