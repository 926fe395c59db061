"""The stage `documents`: each file becomes sections or a named rejection, and is read once."""

import re
from dataclasses import dataclass

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.documents.known import document_of, known_documents
from ftdata.documents.read import read_documents
from ftdata.documents.readers import parse_document
from ftdata.documents.rows import SCHEMA
from ftdata.errors import IngestError
from ftdata.keys import PartitionKey
from ftdata.sections import section_of
from ftdata.settings_documents import Documents

KEY = PartitionKey(date="2025-03-01", source="help")
LATER = PartitionKey(date="2025-04-01", source="help")
GUIDE = b"# Guide\n\nEvery file is kept for a year, and then for a day.\n\n## Empty\n"
NOTE = b"A note on files that are kept for longer than a year.\n"
FILES = {
    "guide/keeping.md": GUIDE,
    "note.txt": NOTE,
    "blank.md": b" \n",
    "broken.pdf": b"%PDF-1.4 and no more",
    "picture.png": b"\x89PNG",
}


@dataclass(frozen=True)
class Listed:
    path: str
    size: int
    mtime_ns: int = 7


def read(files, key=KEY, known=None, **options):
    folder = f"raw/{key.source}/{key.date}/"
    listed = [Listed(folder + name, len(data)) for name, data in files.items()]
    loaded = []

    def load(path):
        loaded.append(path)
        return files[path.removeprefix(folder)]

    result, facts = read_documents(key, listed, load, Documents(**options), known or {})
    assert result.rows_in == result.rows_out + result.drops.num_rows
    assert result.table.schema == SCHEMA
    assert result.table.column("position").to_pylist() == list(range(result.rows_out))
    return result, facts, loaded


def test_every_file_becomes_sections_or_a_drop_by_name():
    result, facts, _ = read(FILES)
    assert result.table.column("document").to_pylist() == ["guide/keeping.md", "note.txt"]
    drops = [
        (row["file"].partition("2025-03-01/")[2], row["line"], row["reason"], row["quarantined"])
        for row in result.drops.to_pylist()
    ]
    assert drops == [
        ("blank.md", None, "empty_document", True),
        ("broken.pdf", None, "unreadable", True),
        ("guide/keeping.md", 5, "short_section", False),
        ("picture.png", None, "unreadable", True),
    ]
    assert [fact["path"] for fact in facts] == sorted(fact["path"] for fact in facts)
    assert all(len(fact["sha256"]) == 64 and fact["mtime_ns"] == 7 for fact in facts)
    assert result.facts == {
        "documents": 5,
        "rejected": {"empty_document": 1, "unreadable": 2},
        "reused": 0,
        "sections": 2,
        "words": 24,
        "formats": {"md": 2, "other": 1, "pdf": 1, "txt": 1},
        "languages": {"en": 2},
    }


def test_a_row_is_the_section_again():
    row = read({"guide.md": GUIDE})[0].table.to_pylist()[0]
    section = section_of(row)
    assert (section.title, section.language, section.line) == ("Guide", "en", 1)
    assert section.text == "Every file is kept for a year, and then for a day."
    (span,) = section.blocks[0].spans
    assert GUIDE.decode()[span.start : span.end] == section.text
    assert row["file"] == "raw/help/2025-03-01/guide.md"


def test_a_file_that_is_too_large_is_not_loaded():
    result, facts, loaded = read({"big.md": b"word " * 1_000}, max_file_bytes=1_024)
    assert loaded == []
    assert facts[0]["sha256"] == ""
    (drop,) = result.drops.to_pylist()
    assert drop["reason"] == "too_large"
    assert "documents.max_file_bytes is 1,024" in drop["detail"]


def test_the_order_of_files_changes_nothing():
    first = read(FILES)[0]
    second = read(dict(reversed(FILES.items())))[0]
    assert second.table.equals(first.table)
    assert second.drops.equals(first.drops)


def known_of(files, key=KEY):
    result, facts, _ = read(files, key)
    return result, known_documents(key, result.table, result.drops, facts, {})


def test_what_is_known_is_taken_over_and_gives_the_same(monkeypatch):
    before, known = known_of(FILES)
    monkeypatch.setattr("ftdata.documents.read.parse_document", lambda *_: pytest.fail("parsed"))
    again = read(FILES, known=known)[0]
    assert again.facts["reused"] == 5
    assert again.facts | {"reused": 0} == before.facts
    assert again.table.equals(before.table)
    assert again.drops.equals(before.drops)


def test_a_newer_snapshot_reads_what_changed_and_keeps_the_other_ids(monkeypatch):
    before, known = known_of(FILES)
    parsed = []
    monkeypatch.setattr(
        "ftdata.documents.read.parse_document",
        lambda document, *rest: parsed.append(document) or parse_document(document, *rest),
    )
    newer = FILES | {"note.txt": NOTE.replace(b"longer", b"more"), "a-new.md": GUIDE}
    after = read(newer, LATER, known)[0]
    assert parsed == ["a-new.md", "note.txt"]
    assert after.facts["reused"] == 4
    alone = read(newer, LATER)[0]
    assert after.table.equals(alone.table)
    assert after.drops.equals(alone.drops)
    assert set(after.table.column("date").to_pylist()) == {"2025-04-01"}
    kept = before.table.column("id")[0].as_py()
    assert kept in after.table.column("id").to_pylist()


def stored(drops, names):
    """The drops as they are stored: files named after people under other names."""
    rows = [{**row, "file": names.get(row["file"], row["file"])} for row in drops.to_pylist()]
    return pa.Table.from_pylist(rows, schema=drops.schema)


@given(st.sets(st.sampled_from(sorted(FILES))))
def test_what_is_known_of_files_with_other_names_gives_the_same(hidden):
    names = {f"raw/help/2025-03-01/{name}": f"raw/help/2025-03-01/{name[::-1]}" for name in hidden}
    before, facts, _ = read(FILES)
    drops = stored(before.drops, names)
    for known in (
        known_documents(KEY, before.table, drops, facts, names),
        known_documents(KEY, before.table, drops, facts, {}),  # names that were hidden otherwise
    ):
        for key in (KEY, LATER):
            again, alone = read(FILES, key, known)[0], read(FILES, key)[0]
            assert again.table.equals(alone.table)
            assert again.drops.equals(alone.drops)


def test_the_same_bytes_under_another_name_are_another_document():
    _, known = known_of({"a.md": GUIDE})
    after = read({"b.md": GUIDE}, known=known)[0]
    assert after.facts["reused"] == 0


@pytest.mark.parametrize(
    "place", ["documents.markdown.read_markdown", "documents.read.sections_of"]
)
def test_a_fault_of_ours_costs_one_file_and_shows_nothing_of_it(monkeypatch, place):
    def fail(first, *rest):
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(f"ftdata.{place}", fail)
    files = {"a.md": b"a secret"}
    if "markdown" in place:
        files["note.txt"] = NOTE
    result = read(files)[0]
    (drop,) = result.drops.to_pylist()
    assert (drop["reason"], drop["quarantined"]) == ("reader_failed", True)
    assert re.match(r"ZeroDivisionError at test_read\.py:\d+: .*please report it", drop["detail"])
    assert "secret" not in drop["detail"]
    assert result.facts["rejected"] == {"reader_failed": 1}
    assert result.rows_out == len(files) - 1


def test_a_file_that_takes_too_much_memory_is_no_fault_of_ours(monkeypatch):
    def fail(data, options):
        raise MemoryError

    monkeypatch.setattr("ftdata.documents.markdown.read_markdown", fail)
    (drop,) = read({"a.md": NOTE})[0].drops.to_pylist()
    assert (drop["reason"], "memory" in drop["detail"]) == ("unreadable", True)


def test_a_file_whose_bytes_cannot_be_had_stops_the_stage_by_name():
    def load(path):
        raise PermissionError(13, "Permission denied", path)

    with pytest.raises(IngestError, match=r"raw/help/a.md cannot be read \(Permission denied\)"):
        read_documents(KEY, [Listed("raw/help/a.md", 3)], load, Documents(), {})


def test_no_files_make_an_empty_table():
    result, facts, _ = read({})
    assert (result.rows_in, facts) == (0, ())


@pytest.mark.parametrize(
    ("file", "document"),
    [
        ("raw/help/2025-03-01/guide/x.md", "guide/x.md"),
        ("raw/help/2025-03-01/2025-03-01/x.md", "2025-03-01/x.md"),
        ("raw/help/2025-03-01.md", "2025-03-01.md"),
    ],
)
def test_a_document_is_named_below_its_snapshot(file, document):
    assert document_of(KEY, file) == document
