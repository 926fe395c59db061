import json

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.generation.examples import generate_examples, opening
from ftdata.generation.reuse import Known
from ftdata.generation.rows import SCHEMA
from ftdata.generation.sections_table import sections_of_table
from ftdata.settings_documents import Generation
from ftdata.tables import NO_EXAMPLE
from ftdata_tests.generation.test_mix import PIECES
from ftdata_tests.generation.written import documents_table, section_of_pieces


def sections(document, count):
    for number in range(count):
        path = ("Widgets", f"Install widget {number}")
        section = section_of_pieces(path, *PIECES, name=f"{document}{number}")
        yield section.__class__(**{**vars(section), "document": document, "order": number})


TABLE = documents_table([*sections("a.md", 3), *sections("b.md", 4)])
OPTIONS = Generation()


def test_sections_come_back_from_their_table():
    assert list(sections_of_table(TABLE))[:3] == list(sections("a.md", 3))
    assert list(sections_of_table(TABLE.slice(3))) == list(sections("b.md", 4))
    assert list(sections_of_table(TABLE.slice(0, 0))) == []


def test_rows():
    table = generate_examples(TABLE, OPTIONS).table
    assert table.schema.equals(SCHEMA)
    row = table.to_pylist()[0]
    assert row["conversation_id"] == "a.md0"
    assert row["id"].startswith("a.md0-")
    assert row["record_ids"] == [row["id"]]
    assert row["origins"] == ["raw/docs/2026-01-01/a.md:7"]
    assert [m["role"] for m in row["messages"]] == ["user", "assistant"]
    assert row["turn_records"] == [0, 0]
    assert json.loads(row["metadata"]) == {
        "document": "a.md",
        "generator": "rules",
        "heading_path": ["Widgets", "Install widget 0"],
        "section": "a.md0",
    }
    assert row["provenance"] == "generated/rules"
    assert row["category"] == "Widgets"
    assert dict(row["tags"])["instruction_kind"] == row["kind"]
    assert table.column("position").to_pylist() == list(range(table.num_rows))


def test_every_candidate_is_accounted_for():
    result = generate_examples(TABLE, Generation(max_kind_share=0.2))
    assert result.rows_in == result.rows_out + result.drops.num_rows
    assert result.drops.num_rows
    assert len(set(result.table.column("id").to_pylist())) == result.rows_out
    assert result.facts["sections_without_example"] == 0


@given(st.lists(st.sampled_from([PIECES, ("Thanks.",), ("TODO",)]), min_size=1, max_size=5))
def test_every_section_has_an_example_or_a_drop_that_names_it(contents):
    table = documents_table(
        section_of_pieces(("Widgets", f"Install widget {number}"), *pieces, name=f"s{number}")
        for number, pieces in enumerate(contents)
    )
    result = generate_examples(table, OPTIONS)
    asked = [row for row in result.table.to_pylist() if row["kind"] != "out_of_scope"]
    taught = {row["conversation_id"] for row in asked}
    drops = [drop for drop in result.drops.to_pylist() if drop["reason"] == NO_EXAMPLE]
    assert len(drops) == result.facts["sections_without_example"]
    assert taught.isdisjoint(drop["record_id"] for drop in drops)
    assert taught | {drop["record_id"] for drop in drops} == {*table.column("id").to_pylist()}
    assert result.rows_in == result.rows_out + result.drops.num_rows


def test_a_section_without_an_example_is_named_by_file_line_and_headings():
    table = documents_table(
        [
            section_of_pieces(("Widgets", "Thanks"), "TODO", name="s1"),
            section_of_pieces((), "TODO", name="s2"),
        ]
    )
    drops = generate_examples(table, OPTIONS).drops.to_pylist()
    assert [
        (drop["record_id"], drop["detail"], drop["file"], drop["line"])
        for drop in drops
        if drop["reason"] == NO_EXAMPLE
    ] == [
        ("s1", "Widgets › Thanks", "raw/docs/2026-01-01/guide.md", 7),
        ("s2", "Widget", "raw/docs/2026-01-01/guide.md", 7),
    ]


def test_sections_without_an_example_are_the_same_where_a_document_is_taken_over():
    idle = section_of_pieces(("Widgets", "Thanks"), "TODO", name="s9")
    table = pa.concat_tables([TABLE, documents_table([idle])])
    before = generate_examples(table, Generation(max_kind_share=1))
    known = Known(table, before.table, before.drops)
    again = generate_examples(table, Generation(max_kind_share=1), known)
    assert again.facts["documents_reused"] > 0
    assert again.drops.equals(before.drops)
    assert "s9" in again.drops.column("record_id").to_pylist()


def test_an_empty_partition():
    result = generate_examples(TABLE.slice(0, 0), OPTIONS)
    assert (result.rows_in, result.rows_out) == (0, 0)


@pytest.mark.parametrize("share", [0.2, 0.35, 1.0])
def test_what_is_known_is_taken_over_and_the_result_is_the_same(share):
    options = Generation(max_kind_share=share)
    before = generate_examples(TABLE, options)
    newer = documents_table(
        [*sections("a.md", 3), *sections("b.md", 4)], file="raw/docs/2026-02-02/", date="2026-02-02"
    )
    again = generate_examples(newer, options, Known(TABLE, before.table, before.drops))
    fresh = generate_examples(newer, options)
    assert again.table.equals(fresh.table)
    assert again.rows_in == fresh.rows_in
    key = [("record_id", "ascending")]
    assert again.drops.sort_by(key).equals(fresh.drops.sort_by(key))
    if share == 1:
        assert again.facts["documents_reused"] == 2


def test_a_changed_document_is_made_anew_and_the_other_is_taken_over():
    before = generate_examples(TABLE, Generation(max_kind_share=1))
    newer = pa.concat_tables(
        [
            documents_table(sections("a.md", 3)),
            documents_table(sections("b.md", 2), sha256="bb"),
        ]
    )
    known = Known(TABLE, before.table, before.drops)
    again = generate_examples(newer, Generation(max_kind_share=1), known)
    assert again.facts["documents_reused"] == 1
    assert again.table.equals(generate_examples(newer, Generation(max_kind_share=1)).table)


def test_another_document_changes_nothing_of_one():
    alone = generate_examples(TABLE.slice(0, 3), Generation(max_kind_share=1)).table
    together = generate_examples(TABLE, Generation(max_kind_share=1)).table
    assert together.slice(0, alone.num_rows).equals(alone)


def test_openings():
    assert opening("How do I, please, log in?") == "how do i"
