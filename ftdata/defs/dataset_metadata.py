"""What the web UI shows of the dataset: version, files, counts, reasons, the funnel, the card."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg

from ftdata.defs.dataset_steps import Assembled
from ftdata.defs.metadata import counts_table


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
        "gone": ", ".join(map(str, assembled.gone)) or "none",
        "inputs": len(content["inputs"]),
        **_earlier(content["earlier_documents"]),
        "moved_since_last_version": len(assembled.moved),
        "moved": ", ".join(assembled.moved[:20]) or "none",
    }
    for name, split in dataset["splits"].items():
        shown[f"{name}_examples"] = split["examples"]
        shown[f"{name}_tokens"] = split["tokens"]
    shown["preference_pairs"] = sum(split["pairs"] for split in dataset["splits"].values())
    if release.is_published:
        picture = base64.b64encode((release.folder / "funnel.svg").read_bytes()).decode()
        shown["funnel"] = dg.MetadataValue.md(f"![funnel](data:image/svg+xml;base64,{picture})")
    return shown


def _earlier(documents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Documents that stay though the newest snapshot of their source has them not."""
    return {
        "kept_from_earlier_snapshots": len(documents),
        "examples_kept_from_earlier_snapshots": sum(one["examples"] for one in documents),
    }
