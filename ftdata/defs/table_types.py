"""The stage tables as dagster-pandas types and column schemas, both made of `tables.COLUMNS`.

The schema shows each column's type and documentation in the UI. The type says whether a table is
what the stage promises: its columns are there, and hold no nulls where none are allowed. That they
have their Arrow types is compared beside it: a data frame would not show them.
"""

import functools
import warnings

import dagster as dg
import dagster_pandas as dp
import numpy as np
import pandas as pd
import pyarrow as pa

from ftdata.tables import COLUMNS, Stage, schema


def column_schema(stage: Stage) -> dg.TableSchema:
    """Name, type, documentation and nullability of every column of the stage's table."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=column.name,
                type=str(column.type),
                description=column.text,
                constraints=dg.TableColumnConstraints(nullable=column.nullable),
            )
            for column in COLUMNS[stage]
        ]
    )


@functools.cache
def table_type(stage: Stage) -> dg.DagsterType:
    """The stage's table as a dagster-pandas type: `CleanedTable` for `cleaned`."""
    with warnings.catch_warnings():
        # dagster-pandas calls its constructors beta; a test pins what is used of them.
        warnings.simplefilter("ignore", dg.BetaWarning)
        columns = [
            dp.PandasColumn.exists(column.name, non_nullable=not column.nullable)  # type: ignore[no-untyped-call]
            for column in COLUMNS[stage]
        ]
        made: dg.DagsterType = dp.create_dagster_pandas_dataframe_type(  # type: ignore[no-untyped-call]
            name="".join(word.capitalize() for word in stage.split("_")) + "Table",
            description="\n".join(f"- `{c.name}` ({c.type}): {c.text}" for c in COLUMNS[stage]),
            columns=columns,
        )
    return made


def conforms(stage: Stage, table: pa.Table) -> tuple[bool, str]:
    """Whether the table is of the stage's type, and what is amiss where it is not."""
    difference = _difference(schema(stage), table.schema)
    if difference:
        return False, difference
    # The check reads no context, and `dg.check_dagster_type` would set up an instance to make one.
    check = table_type(stage).type_check(None, _presence(table))  # type: ignore[arg-type]
    # What follows names the offending rows, as the address of a Python object.
    described, _, _ = (check.description or "").partition("The offending")
    return check.success, described


def _difference(promised: pa.Schema, found: pa.Schema) -> str:
    """The first column that is not as promised, in words; empty where all are."""
    for place, field in enumerate(promised):
        if field.name not in found.names:
            return f"column {field.name} is missing"
        if found.names[place] != field.name:
            return f"column {place + 1} is {found.names[place]}, not {field.name}"
        if found.types[place] != field.type:
            return f"column {field.name} is {found.types[place]}, not {field.type}"
    more = found.names[len(promised) :]
    return f"column {more[0]} is not documented" if more else ""


def _presence(table: pa.Table) -> pd.DataFrame:
    """1 for each value and NaN for each null: all that the type looks at, and a tenth of the cost.

    The messages as Python objects would cost more than everything else that is done with a table.
    """
    columns = {
        name: np.where(column.is_valid().to_numpy(), 1.0, np.nan)
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    return pd.DataFrame(columns)
