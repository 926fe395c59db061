"""How a record is called in a message for people: where it stands, without personal data."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from ftdata.cleaning.pii.paths import hide_paths
from ftdata.cleaning.pii.rows import Redactor
from ftdata.settings_pii import Pii


def name_record(row: pa.Table, options: Pii, key: bytes | None, names: Mapping[str, str]) -> str:
    """`record log_7f (raw/web/2025-03-01.jsonl:12)`: the first one of a conversation.

    `row` is that of the conversation in `raw_logs`, `names` what stands for files whose own names
    hold personal data.
    """
    if options.enabled:
        row = Redactor(options, key).redact(row).table
    ids = row.column("record_ids").to_pylist()[0]
    origins = hide_paths(row.column("origins"), names).to_pylist()[0]
    return f"record {ids[0]} ({origins[0]})"
