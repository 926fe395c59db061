"""What the web UI shows of a partition: counts, drops by reason, a redacted preview, a plot.

Texts are redacted again and shown in tables, which the UI renders as plain text, or escaped on a
page: nothing that a record contains is read as Markdown or HTML.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import dagster as dg
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ftdata.cleaning.pii.ids import CERTAIN, redact_id
from ftdata.cleaning.pii.preview import redact_preview
from ftdata.cleaning.pii.rows import Redactor
from ftdata.defs.audit_page import audit_page
from ftdata.defs.screening_page import screening_page
from ftdata.sections import section_of
from ftdata.settings_pii import Pii
from ftdata.storage import StoredPartition
from ftdata.tables import StageResult

PREVIEW_ROWS = 3
PREVIEW_CHARS = 160
BINS = 24
Shown = dg.MarkdownMetadataValue | dg.TableMetadataValue
Lengths = npt.NDArray[np.int64]
Metadata = Mapping[str, dg.MetadataValue[Any] | int | float | str]


def partition_metadata(record: StoredPartition, result: StageResult, pii: Pii) -> Metadata:
    """Counts, drops, preview, plot and pages of one partition's output."""
    table = result.table
    shown: dict[str, Any] = {
        "rows_in": record.rows_in,
        "rows_out": record.rows_out,
        "rows_dropped": record.rows_dropped,
        "rows_quarantined": record.rows_quarantined,
        "dagster/partition_row_count": table.num_rows,
        "drops_by_reason": counts_table(record.reasons, "reason"),
        **{name: PAGES[name](value) for name, value in result.shown.items()},
        **(_of_sections(table) if record.stage == "documents" else _of_messages(table, pii)),
    }
    return shown | {name: _plain(value) for name, value in record.facts.items()}


def _model_table(told: Mapping[str, int | float | str]) -> dg.TableMetadataValue:
    name, count = "what the model was asked and paid", "count"
    schema = dg.TableSchema([dg.TableColumn(name), dg.TableColumn(count)])
    records = [dg.TableRecord({name: what, count: str(value)}) for what, value in told.items()]
    return dg.MetadataValue.table(records, schema)


PAGES: Mapping[str, Callable[[Any], Shown]] = {
    "screening": screening_page,
    "duplicates": audit_page,
    "model": _model_table,
}


def _of_messages(table: pa.Table, pii: Pii) -> dict[str, Any]:
    return {"lengths": lengths_plot(text_lengths(table)), "preview": preview(table, pii)}


def _of_sections(table: pa.Table) -> dict[str, Any]:
    """Lengths of the sections, and of the first ones the headings and how they begin, redacted."""
    sections = [section_of(row) for row in table.slice(0, PREVIEW_ROWS).to_pylist()]
    blocks = table.column("blocks").to_pylist()
    lengths = np.array([sum(len(b["text"]) for b in own) for own in blocks], dtype=np.int64)
    schema = dg.TableSchema([dg.TableColumn(name) for name in ("section", "text")])
    records = [
        dg.TableRecord(
            {
                "section": redact_preview(" › ".join(section.heading_path), PREVIEW_CHARS),
                "text": redact_preview(section.text, PREVIEW_CHARS),
            }
        )
        for section in sections
    ]
    return {"lengths": lengths_plot(lengths), "preview": dg.MetadataValue.table(records, schema)}


def counts_table(counts: Mapping[str, int], name: str) -> dg.TableMetadataValue:
    """Counts, largest first, as a table of two columns."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    schema = dg.TableSchema([dg.TableColumn(name, "string"), dg.TableColumn("rows", "int")])
    return dg.MetadataValue.table(
        [dg.TableRecord({name: key, "rows": value}) for key, value in ordered], schema
    )


def preview(table: pa.Table, pii: Pii) -> dg.TableMetadataValue:
    """The first rows' prompt and reply, redacted and cut."""
    rows = _private(table.slice(0, PREVIEW_ROWS), pii).select(["id", "messages"]).to_pylist()
    schema = dg.TableSchema([dg.TableColumn(name) for name in ("id", "prompt", "reply")])
    records = [
        dg.TableRecord(
            {
                "id": redact_id(row["id"], CERTAIN).text,
                "prompt": _first(row["messages"], "user"),
                "reply": _first(row["messages"], "assistant"),
            }
        )
        for row in rows
    ]
    return dg.MetadataValue.table(records, schema)


def _private(table: pa.Table, pii: Pii) -> pa.Table:
    """Raw rows as conversations: a name that a field of the log tells is hidden in the texts."""
    if "user_id" not in table.column_names:
        return table
    return Redactor(Pii(fields=pii.fields, deny=pii.deny)).redact(table).table


def text_lengths(table: pa.Table) -> Lengths:
    """Characters of every row's messages together."""
    lists = table.column("messages").combine_chunks()
    if not len(lists):
        return np.zeros(0, dtype=np.int64)
    content = pc.struct_field(lists.flatten(), "content")
    chars = np.asarray(pc.fill_null(pc.utf8_length(content), 0), dtype=np.int64)
    ends = np.cumsum(chars)
    totals = np.concatenate([[0], ends])
    offsets = np.asarray(lists.offsets, dtype=np.int64) - lists.offsets[0].as_py()
    lengths: Lengths = totals[offsets[1:]] - totals[offsets[:-1]]
    return lengths


def lengths_plot(lengths: Lengths) -> dg.MarkdownMetadataValue:
    """A histogram over characters a row, in steps of equal ratio, as an inline picture."""
    if not len(lengths):
        return dg.MetadataValue.md("no rows")
    low, high = max(1, int(lengths.min())), max(2, int(lengths.max()) + 1)
    edges = np.geomspace(low, high, BINS + 1)
    counts, _ = np.histogram(np.clip(lengths, low, high), edges)
    svg = _bars(counts.tolist(), f"{low:,}", f"{high - 1:,}", int(np.median(lengths)))
    data = base64.b64encode(svg.encode()).decode()
    return dg.MetadataValue.md(f"![lengths](data:image/svg+xml;base64,{data})")


def _bars(counts: Sequence[int], low: str, high: str, median: int) -> str:
    # One path and few attributes: the UI shows Markdown in place up to 1,000 characters only.
    top, width = max(counts) or 1, 312 // len(counts)
    steps = "".join(f"V{90 - round(80 * n / top)}h{width}" for n in counts)
    texts = (
        (10, "start", low),
        (166, "middle", f"characters, median {median:,}"),
        (322, "end", high),
    )
    labels = "".join(
        f"<text x='{x}' y='105' text-anchor='{a}'>{text}</text>" for x, a, text in texts
    )
    return (
        "<svg xmlns='http://www.w3.org/2000/svg' width='340' height='110' font-size='11'"
        f" font-family='sans-serif' fill='#7a8190'><path fill='#4c7bd9' d='M10 90{steps}V90'/>"
        f"{labels}</svg>"
    )


def _first(messages: Sequence[Mapping[str, Any]], role: str) -> str:
    text = next((m["content"] for m in messages if m["role"] == role and m["content"]), "")
    return redact_preview(text, PREVIEW_CHARS)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a JSON value of any kind goes in
    if isinstance(value, dict):
        return counts_table(value, "name")
    return value if isinstance(value, int | float | str) else str(value)
