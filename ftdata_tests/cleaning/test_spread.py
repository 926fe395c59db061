"""Blocks and processes change nothing."""

import gc

import pytest

from ftdata.cleaning import prepare, spread
from ftdata.cleaning.pii.rows import Redactor
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_pii import Pii
from ftdata.tables import from_rows
from ftdata_tests.cleaning.raw import raw_row, turns


@pytest.fixture
def rows():
    said = ["Write to bob@corp.org", "N/A", "I am sorry, I cannot help with that.", "", "Call me."]
    table = [raw_row(n, turns(f"{said[n % 5]} {n}", said[n % 4])) for n in range(60)]
    return from_rows("raw_logs", table)


def flat(blocks):
    tables = [row for block in blocks for row in block.table.to_pylist()]
    return tables, [drop for block in blocks for drop in block.drops]


def test_processes_and_blocks_change_nothing(rows, monkeypatch):
    options = Cleaning(max_workers=2)
    whole = flat(spread.prepare_partition(rows, options))
    monkeypatch.setattr(spread, "BLOCK", 25)
    cut = flat(spread.prepare_partition(rows, options))
    monkeypatch.setattr(spread, "SPREAD_FROM", 1)
    spread_out = flat(spread.prepare_partition(rows, options))
    assert whole == cut == spread_out
    assert whole[1]


def test_an_empty_partition_has_one_empty_block(rows):
    blocks = spread.prepare_partition(rows.slice(0, 0), Cleaning())
    assert flat(blocks) == ([], [])


def test_no_text_outlives_its_partition(rows):
    def remembered():
        known = ("Write to bob@corp.org 0", False)
        return any(type(kept) is dict and known in kept for kept in gc.get_objects())

    prepare.prepare_rows(rows, Cleaning())
    assert remembered()  # from one block to the next
    spread.prepare_partition(rows, Cleaning())
    assert not remembered()


def test_an_engine_is_opened_anew_where_its_configuration_was_edited(rows, tmp_path, monkeypatch):
    opened = []

    def open_redactor(options, key):
        opened.append((tmp_path / "presidio.yaml").read_text())
        return Redactor(options.model_copy(update={"engine": "rules"}), key)

    monkeypatch.setattr(prepare, "Redactor", open_redactor)
    monkeypatch.setattr(prepare, "_redactors", {})
    config = tmp_path / "presidio.yaml"
    options = Cleaning(pii=Pii(engine="presidio", presidio_config=str(config)))
    for written in ("a", "a", "b"):
        config.write_text(written)
        spread.prepare_partition(rows, options)
    assert opened == ["a", "b"]
