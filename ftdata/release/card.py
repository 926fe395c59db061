"""`README.md` of a version: the dataset card, with the front matter that Hugging Face reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata import jsonl
from ftdata.release.contamination import HITS, contamination_note
from ftdata.release.documents import shares_table
from ftdata.release.erased import erased_note
from ftdata.release.exports import EXPORTERS
from ftdata.release.files import EXAMPLES
from ftdata.release.front_matter import front_matter
from ftdata.release.largest_group import largest_group_note
from ftdata.release.licences import licences_section
from ftdata.release.markdown import escape, share, table
from ftdata.release.plan import ReleaseContext
from ftdata.release.report import left_out, reasons_table, stage_facts
from ftdata.release.tally import Tally, by_split
from ftdata.release.target_reports import REFUSED, TargetReport, counted, target_reports
from ftdata.tables import SPLITS

_SETTINGS = (
    "extraction.group_turns", "extraction.start", "extraction.end", "extraction.min_rating",
    "extraction.keep_unrated", "cleaning.pii.enabled", "cleaning.pii.engine",
    "cleaning.pii.names", "cleaning.language.keep", "cleaning.refusals.max_share",
    "cleaning.dedup.enabled", "cleaning.dedup.key", "cleaning.dedup.shingle",
    "cleaning.dedup.shingle_size", "cleaning.dedup.threshold", "cleaning.dedup.min_words",
    "cleaning.dedup.keep", "cleaning.dedup.semantic", "dataset.contamination.action",
    "formatting.train_on", "formatting.min_trained_rating", "formatting.max_tokens",
    "generation.writer", "augmentation.writer", "augmentation.max_share", "splits.ratios.train",
    "splits.ratios.validation", "splits.ratios.test", "splits.strata", "splits.leak_threshold",
    "splits.derived_in_validation", "splits.seed", "splits.pin",
)  # fmt: skip

_BECOMES = {
    "tag": "a tag",
    "number": "a tag with a number",
    "surrogate": "a surrogate",
    "hash": "a keyed hash",
    "mask": "asterisks",
    "drop": "its conversation was dropped",
    "report": "left as it was",
}


def card(manifest: dict[str, Any], tally: Tally, context: ReleaseContext) -> str:
    """The card as Markdown."""
    content = manifest["content"]
    name = context.settings.dataset.name
    sections = [
        front_matter(name, content, tally),
        f"# {escape(name)}",
        f"Version `{manifest['version']}`, made by ftdata from {_origin(content, tally)}.",
        "## What is in it",
        _contents(content, tally),
        "## Files",
        _files(content, context),
        "## How it was made",
        _making(context),
        "## What was dropped and why",
        "![From raw files to splits](funnel.svg)\n\nMore in `report.md`; each row in"
        " `drops.parquet`.",
        reasons_table(content),
        "## Where the examples come from",
        _provenance(tally),
        "## Licences",
        licences_section(content["licences"]),
        "## Privacy",
        _privacy(context) + erased_note(content["erasures"]),
        "## Limits",
        _limits(content, tally, context),
        "## Left out",
        left_out(context.left_out),
        "## How to verify it",
        _verification(manifest),
    ]
    return "\n\n".join(sections) + "\n"


def _origin(content: dict[str, Any], tally: Tally) -> str:
    first, last = tally.dates or ("", "")
    files = len(content["inputs"])
    return f"{files:,} raw file{'s' * (files != 1)} dated {first} to {last}"


def _contents(content: dict[str, Any], tally: Tally) -> str:
    splits = content["dataset"]["splits"]
    columns = ("examples", "tokens", "trained_tokens", "groups")
    rows = [(split, *(splits[split][column] for column in columns)) for split in SPLITS]
    parts = [table(("split", "examples", "tokens", "trained tokens", "groups"), rows)]
    lengths = tally.lengths()
    if lengths:
        parts.append(
            f"An example has {lengths['median']:,} tokens in the median, {lengths['p95']:,} at the"
            f" 95th percentile and {lengths['longest']:,} at most, counted with"
            f" {escape(', '.join(sorted(tally.tokenizers)))}. A group is a set of examples that"
            " belong together (one conversation, near-duplicates, variants): it has one split."
        )
    parts.append(_by_split("source", by_split(tally.sources)))
    categories = [(value or "(none)", counts) for value, counts in by_split(tally.categories)]
    parts.append(_by_split("category", categories[:20]))
    if len(categories) > 20:
        parts.append(f"and {len(categories) - 20:,} rarer categories.")
    parts += [
        shares_table(name.replace("_", " "), counts)
        for name, counts in tally.tags.items()
        if counts
    ]
    if tally.pairs:
        parts.append(
            "Beside them are preference pairs: an example with a rejected last reply, which is one"
            " of the log that was rated worse (`log`) or was made worse by a rule or a model. They"
            " are in no count above, and in no file but those of their targets and"
            f" `{EXAMPLES}`."
        )
        parts.append(_by_split("rejected reply", by_split(tally.pairs)))
    return "\n\n".join(parts)


def _by_split(title: str, rows: list[tuple[str, dict[str, int]]]) -> str:
    body = [(value, *(counts[split] for split in SPLITS)) for value, counts in rows]
    return table((title, *SPLITS), body)


def _files(content: dict[str, Any], context: ReleaseContext) -> str:
    reports = target_reports(content)
    files = [
        ("train.jsonl, validation.jsonl, test.jsonl", "OpenAI messages, one example a line"),
        (EXAMPLES, "the same examples with id, split, source, group, parent, tags and tokens"),
        ("lineage.parquet", "the raw file and line of each record that an example was made from"),
        ("drops.parquet", "every row that was dropped on the way, with stage and reason"),
        ("manifest.json", "inputs, settings, counts and hashes"),
    ]
    if context.evaluations:
        files.insert(4, (HITS, "every example that contains an evaluation item, and how much"))
    if any(report.refused for report in reports):
        files.insert(4, (REFUSED, "every example that a target refuses, with rule and place"))
    if any(name.endswith("/recipe.yaml") for name in content["outputs"]):
        files.insert(4, ("exports/…/recipe.yaml", "settings for that trainer, with their reasons"))
    shown = table(("file", "holds"), files)
    if not reports:
        return shown
    columns = ("target", "status", "where", "rows", "refused", "lost")
    targets = table(columns, [_target(report) for report in reports])
    notes = "\n".join(f"- {line}" for report in reports for line in _target_notes(report))
    return f"{shown}\n\n{targets}\n\nWhat a target cannot carry, and what it asks for:\n\n{notes}"


def _target(report: TargetReport) -> tuple[object, ...]:
    target = EXPORTERS[report.name]
    return (
        report.name,
        report.status,
        f"{target.folder}/" if target.folder else "top level",
        sum(report.rows.values()),
        counted(report.refused) or "none",
        counted(report.losses) or "nothing",
    )


def _target_notes(report: TargetReport) -> Iterator[str]:
    yield f"{report.name}: {escape(EXPORTERS[report.name].loss, limit=1_000)}"
    if report.status == "retired":
        yield f"{report.name} is retired: nobody takes its rows any more."
    yield from (f"{report.name}: {escape(limit)}." for limit in report.limits)


def _making(context: ReleaseContext) -> str:
    rows = []
    for path in _SETTINGS:
        section: Any = context.settings
        *parents, name = path.split(".")
        for parent in parents:
            section = getattr(section, parent)
        value = section.model_dump(mode="json")[name]
        shown = ", ".join(value) if isinstance(value, list) else jsonl.dumps(value).decode()
        meaning = type(section).model_fields[name].description or ""
        rows.append((path, shown, meaning))
    return (
        "Records are read and joined into conversations (`raw_logs`), documents are cut into"
        " sections (`documents`) and those into instructions with answers from them"
        " (`generated_examples`). All of them are normalised, filtered, redacted and freed of"
        " duplicates (`cleaned`), turned into chat examples (`formatted`),"
        " joined by derived variants (`augmented`), gated and dealt to splits (`validated_splits`),"
        " and settled across all partitions (`dataset`). The settings that shape the outcome; all"
        " of them are in `manifest.json`:\n\n" + table(("setting", "value", "meaning"), rows)
    )


def _provenance(tally: Tally) -> str:
    rows = by_split(tally.provenance)
    return _by_split("provenance", rows) + (
        "\n\n`log` is an example as it was logged, `generated` one made from a document; anything"
        " else names what derived it from a parent. `rules` means that no model was asked."
    )


def _privacy(context: ReleaseContext) -> str:
    pii = context.settings.cleaning.pii
    if not pii.enabled:
        return "**Redaction was switched off: personal data in the logs is in this dataset.**"
    counts, kinds = (
        stage_facts(context, "cleaned", "redactions"),
        sorted({*pii.entities, *pii.deny}),
    )
    rows = [(kind, counts.get(kind, 0), _BECOMES[pii.mode_of(kind)]) for kind in kinds]
    kept = [kind for kind in kinds if pii.mode_of(kind) == "report"]
    warning = (
        f"\n\n**Only reported, and still in this dataset: {', '.join(kept)}.**" if kept else ""
    )
    return (
        "Found in the cleaned conversations, with what stands for it now; ids and file names that"
        " hold personal data became hashes:\n\n"
        + table(("kind", "found", "became"), rows)
        + warning
        + "\n\nRules found these kinds and no others. They miss some, and what people tell about"
        " themselves in words remains."
    )


def _limits(content: dict[str, Any], tally: Tally, context: ReleaseContext) -> str:
    dataset = content["dataset"]
    notes = []
    if "estimate" in tally.tokenizers:
        part = share(tally.tokenizers["estimate"], tally.tokenizers.total())
        notes.append(f"The tokens of {part} of the examples are an estimate (UTF-8 bytes / 4).")
    if dataset["rows_out"] < context.settings.checks.min_examples:
        notes.append(
            f"It is small: {dataset['rows_out']:,} examples, fewer than the"
            f" {context.settings.checks.min_examples:,} of `checks.min_examples`."
        )
    notes.extend(
        f"The {split} split is empty."
        for split in SPLITS
        if not dataset["splits"][split]["examples"]
    )
    giant = largest_group_note(context.largest_group)
    if giant:
        notes.append(giant)
    notes.append("What the logged model said was not checked for truth.")
    notes.append(contamination_note(context))
    return "\n".join(f"- {note}" for note in notes)


def _verification(manifest: dict[str, Any]) -> str:
    return (
        f"The version `{manifest['version']}` is the first 16 hex digits of SHA-256 over the"
        " `content` of `manifest.json` (compact JSON, keys sorted). That content holds bytes, rows"
        " and SHA-256 of every data file, and bytes and SHA-256 of every raw file it was made from."
        " This card, `report.md` and `funnel.svg`, and what `dataset_report` writes beside"
        " them, only tell of the data and are not hashed. The same raw files and settings"
        " make the same version, with the libraries named under"
        " `environment`. `ftdata.release.read.mismatches(folder)` compares the content with the"
        " version, and every data file with its SHA-256; it does not read the raw files."
    )
