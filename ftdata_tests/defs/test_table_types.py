"""The dagster-pandas types and column schemas that are made of the documented columns."""

import pyarrow as pa
import pytest

from ftdata import tables
from ftdata.defs.table_types import column_schema, conforms, table_type
from ftdata.tables import COLUMNS, STAGES
from ftdata_tests.validation.given import row


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
    passed, description, metadata = conforms(stage, table(stage))
    assert (passed, description) == (True, "")
    assert {name: value.value for name, value in metadata.items()} == {
        "rows": 2,
        "columns": len(COLUMNS[stage]),
    }
    assert conforms(stage, tables.empty(stage))[0]


@pytest.mark.parametrize("stage", STAGES)
def test_a_missing_column_or_a_null_is_named(stage):
    passed, description, _ = conforms(stage, table(stage).drop_columns(["messages"]))
    assert not passed
    assert "messages" in description
    nulls = pa.array([None, "id-1"], pa.string())
    passed, description, _ = conforms(stage, table(stage).set_column(0, "id", nulls))
    assert not passed
    assert '"id"' in description
    assert "object at 0x" not in description


@pytest.mark.parametrize("stage", ["raw_logs", "cleaned"])
def test_an_optional_column_may_be_empty(stage):
    assert table(stage).column("started_at").null_count == 2
    assert conforms(stage, table(stage))[0]
