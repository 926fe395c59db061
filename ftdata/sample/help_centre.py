"""The help centre of the sample: two snapshots of one folder of pages, as documents.

The pages lie beside this module, as they are read. `first` is the whole folder; `later` has what
was changed or new one week after. A page `NAME.docx.md` becomes the Word file `NAME.docx`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from ftdata.sample.word_file import docx_bytes

SOURCE = "help_centre"
# Each folder of pages replaces or adds to those before it.
SNAPSHOTS = {"2025-03-01": ("first",), "2025-03-08": ("first", "later")}
_AS_WORD = ".docx.md"


def make_pages(date: str) -> Iterator[tuple[str, bytes]]:
    """(path below data/raw, content) of each page in the snapshot of that date, by path.

    Raises KeyError for a date without a snapshot.
    """
    pages: dict[str, bytes] = {}
    for folder in SNAPSHOTS[date]:
        pages.update(_pages(files("ftdata.sample").joinpath(SOURCE, folder), ""))
    for name in sorted(pages):
        yield f"{SOURCE}/{date}/{name}", pages[name]


def _pages(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{path}{entry.name}"
        if entry.is_dir():
            yield from _pages(entry, f"{name}/")
        elif name.endswith(_AS_WORD):
            text = entry.read_text(encoding="utf-8")
            yield f"{name.removesuffix(_AS_WORD)}.docx", docx_bytes(text)
        else:
            yield name, entry.read_bytes()
