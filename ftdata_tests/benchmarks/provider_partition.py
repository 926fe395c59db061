"""One partition of a help centre with a model as writer, in a process that may be killed.

python -m ftdata_tests.benchmarks.provider_partition SETTINGS
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import build_stage
from ftdata.project import open_project

SETTINGS = """\
llm: {model: writer-1, concurrency: 4}
generation: {writer: model}
"""
_PAGE = """\
# {title}

{title} are kept for ten years, with every change that was made to them.

## How do I find one of the {name}?

Sign in, open the page *{title}* and type its number into the field at the top.

## Changing {name}

1. Open the page *{title}*.
2. Choose the one to be changed and press **Edit {name}**.
3. Write the new values and press **Save**.

## Troubleshooting {name}

If it does not show, reload the page. If it still does not, ask the {name} desk by telephone.
"""
_NAMES = (
    "orders",
    "deliveries",
    "invoices",
    "vouchers",
    "accounts",
    "reviews",
    "parcels",
    "labels",
)


def make_help_centre(folder: Path) -> Path:
    """A project of seven pages; returns its settings file."""
    pages = folder / "data" / "raw" / "help" / "2025-03-01"
    pages.mkdir(parents=True)
    for name in _NAMES:
        page = _PAGE.format(name=name, title=name.capitalize())
        (pages / f"{name}.md").write_text(page, encoding="utf-8")
    (folder / "ftdata.yaml").write_text(SETTINGS, encoding="utf-8")
    return folder / "ftdata.yaml"


def tables(folder: Path) -> dict[str, str]:
    """The hash of each stored table, by its place."""
    built = folder / "data" / "built"
    return {
        str(path.relative_to(built)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(built.rglob("*.parquet"))
    }


def main(settings: str) -> None:
    """Build the partition."""
    project = open_project(Path(settings))
    for key, files in look_at_raw(project).partitions.items():
        build_stage(project, "documents", key, files)
        build_stage(project, "generated_examples", key, files)


if __name__ == "__main__":
    main(sys.argv[1])
