"""The dagster-pandas types and column schemas that are made of the documented columns."""

import pyarrow as pa
import pytest

from ftdata import tables
from ftdata.defs.table_types import column_schema, conforms, table_type
from ftdata.storage import PartitionStore
from ftdata.tables import COLUMNS, STAGES, StageResult
from ftdata_tests.validation.given import WEB, row


def table(stage):
    return tables.from_rows(stage, [row(stage, 0), row(stage, 1)])


@pytest.mark.parametrize("stage", STAGES)
def test_the_schema_documents_every_column(stage):
    shown = column_schema(stage).columns
    assert [column.name for column in shown] == [column.name for column in COLUMNS[stage]]
    assert all(column.description and column.type for column in shown)
    optional = {column.name for column in shown if column.constraints.nullable}
    assert optional == {column.name for column in COLUMNS[stage] if column.nullable}


def test_a_type_is_named_after_its_stage_and_documents_its_columns():
    assert table_type("validated_splits").display_name == "ValidatedSplitsTable"
    assert "`group_id` (string): Id of the earliest" in table_type("validated_splits").description


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_table_is_of_its_type(stage):
    assert conforms(stage, table(stage)) == (True, "")
    assert conforms(stage, tables.empty(stage))[0]


@pytest.mark.parametrize("stage", STAGES)
def test_a_stored_table_is_of_its_type(stage, tmp_path):
    given = table(stage)
    result = StageResult(given, tables.drops_table([]), 2, 2, {})
    store = PartitionStore(str(tmp_path))
    store.write(stage, WEB, result, code_version="1", inputs={})
    assert conforms(stage, store.read_table(stage, WEB)) == (True, "")


@pytest.mark.parametrize("stage", STAGES)
def test_a_missing_column_or_a_null_is_named(stage):
    name = "blocks" if stage == "documents" else "messages"
    passed, description = conforms(stage, table(stage).drop_columns([name]))
    assert (passed, description) == (False, f"column {name} is missing")
    nulls = pa.array([None, "id-1"], pa.string())
    passed, description = conforms(stage, table(stage).set_column(0, "id", nulls))
    assert not passed
    assert '"id"' in description
    assert "object at 0x" not in description


@pytest.mark.parametrize("stage", STAGES)
def test_a_column_of_another_type_place_or_name_is_named(stage):
    whole = table(stage)
    number = whole.set_column(0, "id", pa.array([1, 2]))
    assert conforms(stage, number) == (False, "column id is int64, not string")
    narrow = whole.set_column(3, "position", whole.column("position").cast(pa.int32()))
    assert conforms(stage, narrow) == (False, "column position is int32, not int64")
    swapped = whole.select(["source", "id", *whole.column_names[2:]])
    assert conforms(stage, swapped) == (False, "column 1 is source, not id")
    longer = whole.append_column("extra", whole.column("id"))
    assert conforms(stage, longer) == (False, "column extra is not documented")


@pytest.mark.parametrize("stage", ["raw_logs", "cleaned"])
def test_an_optional_column_may_be_empty(stage):
    assert table(stage).column("started_at").null_count == 2
    assert conforms(stage, table(stage))[0]
