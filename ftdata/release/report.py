"""`report.md`: what was dropped, where and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ftdata.release.contamination import contamination_section
from ftdata.release.documents import documents_sections, where
from ftdata.release.largest_group import largest_group_section
from ftdata.release.markdown import escape, share, table
from ftdata.release.plan import ReleaseContext
from ftdata.release.tally import Tally, by_split, most_first
from ftdata.tables import NO_EXAMPLE, Stage


def report(
    manifest: dict[str, Any],
    tally: Tally,
    samples: Sequence[dict[str, Any]],
    context: ReleaseContext,
) -> str:
    """The report as Markdown. `samples` are rows of the drops, some for each stage and reason."""
    content = manifest["content"]
    sections = [
        f"# {escape(context.settings.dataset.name)}: what was dropped and why",
        f"Version `{manifest['version']}`. Every dropped row is in `drops.parquet`, with its file"
        " and line where it has one.",
        "![From raw files to splits](funnel.svg)",
        "## Stage by stage",
        _stages(content),
        "## By reason",
        reasons_table(content),
        "## By source",
        _sources(content, tally),
        "## Partitions that lost most",
        _partitions(content),
        "## Some of the dropped",
        _samples(samples),
        "## What cleaning noticed and kept",
        _noticed(context),
        *documents_sections(content, stage_facts(context, "generated_examples", "kinds"), samples),
        "## Contamination",
        contamination_section(context),
        "## The largest group",
        largest_group_section(context.largest_group),
        "## Left out",
        left_out(context.left_out),
    ]
    return "\n\n".join(sections) + "\n"


def stage_facts(context: ReleaseContext, stage: Stage, fact: str) -> dict[str, int]:
    """The counts that a fact of a stage holds by name, over all partitions."""
    counts: Counter[str] = Counter()
    for record in context.stage_records:
        if record.stage == stage:
            counts.update(record.facts.get(fact, {}))
    return dict(counts)


def _noticed(context: ReleaseContext) -> str:
    told = {"flags": "flag", "refusals": "kind of refusal", "languages": "language"}
    tables = []
    for fact, name in told.items():
        counts = stage_facts(context, "cleaned", fact)
        if counts:
            tables.append(table((name, "conversations"), most_first(counts)))
    return "\n\n".join(tables) or "Nothing was noticed."


def reasons_table(content: dict[str, Any]) -> str:
    """Rows by stage and reason, with their share of what that stage was given."""
    stages = {**content["stages"]["totals"], "dataset": content["dataset"]}
    rows = [
        (stage, reason, count, share(count, counts["rows_in"]))
        for stage, counts in stages.items()
        for reason, count in most_first(counts["reasons"])
    ]
    if not rows:
        return "Nothing was dropped."
    return table(("stage", "reason", "rows", "of its input"), rows)


def left_out(sentences: Sequence[str]) -> str:
    """What is not in the dataset though it could be, as a list."""
    if not sentences:
        return "No partition was left out."
    return "\n".join(f"- {escape(sentence, limit=1_000)}" for sentence in sentences)


def _stages(content: dict[str, Any]) -> str:
    rows = [
        (
            stage,
            counts["rows_in"],
            counts["rows_out"],
            counts["rows_dropped"],
            counts.get("rows_quarantined", 0),
        )
        for stage, counts in {**content["stages"]["totals"], "dataset": content["dataset"]}.items()
    ]
    note = (
        "`documents` counts sections, `raw_logs` records, `cleaned` conversations, the others"
        " examples; `generated_examples` counts sections without an example among the dropped;"
        " quarantined are lines and files that could not be read."
    )
    return table(("stage", "in", "out", "dropped", "quarantined"), rows) + "\n\n" + note


def _sources(content: dict[str, Any], tally: Tally) -> str:
    read: dict[str, int] = {}
    for stage in ("documents", "raw_logs"):
        for key, counts in content["stages"]["partitions"].get(stage, {}).items():
            source = key.partition("|")[2]
            read[source] = read.get(source, 0) + counts["rows_in"]
    kept = {source: sum(splits.values()) for source, splits in by_split(tally.sources)}
    rows = [(name, read.get(name, 0), kept.get(name, 0)) for name in sorted(read.keys() | kept)]
    return table(("source", "records or sections read", "examples kept"), rows)


def _partitions(content: dict[str, Any]) -> str:
    """The twenty losses of a stage in a partition that took the largest number of rows."""
    lost = [
        (counts["rows_dropped"] + counts["rows_quarantined"], counts["rows_in"], stage, key)
        for stage, partitions in content["stages"]["partitions"].items()
        for key, counts in partitions.items()
    ]
    worst = sorted((row for row in lost if row[0]), key=lambda row: (-row[0], row[2], row[3]))
    if not worst:
        return "No stage dropped anything."
    rows = [(key, stage, rows_in, out, share(out, rows_in)) for out, rows_in, stage, key in worst]
    return table(("partition", "stage", "in", "dropped", "share"), rows[:20])


def _samples(samples: Sequence[dict[str, Any]]) -> str:
    """Some rows of each reason; sections without an example have a table of their own."""
    rows = [
        (
            drop["stage"],
            drop["reason"],
            drop["record_id"] or "",
            where(drop),
            drop["detail"] or "",
        )
        for drop in samples
        if drop["reason"] != NO_EXAMPLE
    ]
    if not rows:
        return "Nothing was dropped."
    return table(("stage", "reason", "id", "where", "detail"), rows)
