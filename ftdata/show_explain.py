"""What `ftdata explain` answers, for a person and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ftdata.console import complain, say, warn
from ftdata.show import MAX_SHOWN, Answer, Place

if TYPE_CHECKING:
    from ftdata.defs.explanation import Decision, Erased, Explained, Origin, Trace

_KINDS = (
    "the id of an example, a record, a conversation or a section",
    "a document, by its path below its date or below the data folder",
    "a line of a raw file: raw/<source>/<file>:<line>",
    "a row of a split, counted from 0: train:17",
)
_SHOWN_IN = ("group_id",)
_MAX_WHOLE = 3  # traces shown from beginning to end


def explain_answer(place: Place, found: Explained) -> Answer:
    """The way of what was asked for; a list where it names several; exit code 1 for nothing."""

    def show() -> None:
        for one in found.erased:
            say(_erased(one))
        if not found.traces and not found.erased:
            _show_nothing(found)
        elif len(found.traces) > _MAX_WHOLE:
            _show_list(place, found)
        else:
            for number, trace in enumerate(found.traces):
                if number:
                    say()
                _show_trace(found, trace)

    values = {
        "asked": found.asked,
        "version": found.version,
        "traces": [_values(trace) for trace in found.traces],
        "erased": [asdict(one) for one in found.erased],
        "searched": list(found.searched),
    }
    return Answer(values, show, 0 if found.traces or found.erased else 1)


def _values(trace: Trace) -> dict[str, Any]:
    """The trace as JSON."""
    return {
        **asdict(trace),
        "key": str(trace.key),
        "fate": trace.fate,
        "excerpt": [{"role": role, "text": text} for role, text in trace.excerpt],
    }


def _show_trace(found: Explained, trace: Trace) -> None:
    name = f"Example {trace.id}" if trace.id else f"What stands at {trace.origins[0]}"
    is_in = trace.decisions[-1].outcome == "in"
    say(f"{name} is {trace.fate} of dataset {found.version}" if is_in else f"{name}: {trace.fate}")
    _show_origins(trace)
    say()
    for decision in trace.decisions:
        _show_decision(decision)
    if trace.variants:
        say()
        say("Variants derived from it:")
        for one in trace.variants[:MAX_SHOWN]:
            say(f"  {one.id}  {one.provenance}, {one.fate}")
        _say_more(len(trace.variants))
    if trace.excerpt:
        say()
        say("It begins (redacted):")
        for role, text in trace.excerpt:
            say(f"  {role}: {text}")


def _show_origins(trace: Trace) -> None:
    """Where it comes from: its parents, its records with file and line."""
    for parent in trace.parents:
        say(f"  derived from example {parent}")
    for origin in trace.origins[:MAX_SHOWN]:
        say(f"  {_told_origin(trace.made_from, origin)}")
    _say_more(len(trace.origins))
    if trace.conversation_id is not None and trace.made_from == "record":
        say(f"  conversation {trace.conversation_id} of {trace.key.source}, {trace.key.date}")


def _told_origin(made_from: str, origin: Origin) -> str:
    name = f" {origin.record_id}" if origin.record_id and made_from == "record" else ""
    private = " (a name that is personal: this stands for it)" if origin.is_private else ""
    return f"{made_from}{name} at {origin}{private}"


def _show_decision(decision: Decision) -> None:
    reason = f" for {decision.reason}" if decision.reason else ""
    detail = f" ({decision.detail})" if decision.detail and decision.reason else ""
    told = f": {decision.detail}" if decision.detail and not decision.reason else ""
    shown = _SHOWN_IN if decision.outcome == "in" else decision.facts
    facts = "; ".join(_fact(name, decision.facts[name]) for name in shown if name in decision.facts)
    say(f"  {decision.stage:<18} {_outcome(decision)}{reason}{detail}{told}{_apart(facts)}")
    for origin in decision.refers_to_origins[:3]:
        say(f"  {'':<18} {decision.refers_to} stands at {origin}")
    if decision.setting:
        say(f"  {'':<18} decided by {decision.setting} in ftdata.yaml")


def _outcome(decision: Decision) -> str:
    if decision.outcome == "in":
        return _line(decision.facts)
    if decision.outcome == "derived":
        return f"derived from {decision.refers_to}"
    return "" if decision.outcome == "unknown" else decision.outcome


def _line(facts: Mapping[str, Any]) -> str:
    """The line that an editor opens: it counts them from 1."""
    split, row = facts["split"], facts["file_row"]
    return f"in {split}" + (f": line {row + 1:,} of {split}.jsonl" if row is not None else "")


def _apart(facts: str) -> str:
    return f"  {facts}" if facts else ""


def _fact(name: str, value: object) -> str:
    if isinstance(value, Mapping):
        return f"{name} " + ", ".join(f"{key} {count}" for key, count in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"{name} " + ", ".join(map(str, value))
    return f"{name} {value}"


def _show_list(place: Place, found: Explained) -> None:
    say(f"{found.asked} names {len(found.traces):,}:")
    for trace in found.traces[:MAX_SHOWN]:
        where = f" from {trace.origins[0]}" if trace.origins else ""
        say(f"  {trace.id or '-'}{where}: {trace.fate}")
    _say_more(len(found.traces))
    other = next((trace.id for trace in found.traces if trace.id not in (None, found.asked)), None)
    if other:
        say(f"To see one of them whole: {place.command('explain')} {other}")


def _say_more(count: int) -> None:
    if count > MAX_SHOWN:
        say(f"  … and {count - MAX_SHOWN:,} more, which --json lists")


def _show_nothing(found: Explained) -> None:
    complain(f"{found.asked}: nothing here has that name. Looked in {', '.join(found.searched)}")
    warn("What can be asked for:")
    for kind in _KINDS:
        warn(f"  {kind}")


def _erased(one: Erased) -> str:
    return f"Erased as {one.kind}, asked for on {one.date}: tombstone {one.tombstone}"
