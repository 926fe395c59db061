"""The store: what is written is read, whole or not at all, locally and on other file systems."""

import io
import json
import stat

import pyarrow.parquet as pq
import pytest

from ftdata.errors import PartitionError, StorageError
from ftdata.keys import PartitionKey
from ftdata.storage import PartitionStore, parquet_bytes, write_atomically
from ftdata.tables import StageResult, conform, drops_table, empty, from_rows

KEY = PartitionKey(date="2025-03-01", source="web")


def result(reason="bad_json"):
    drops = drops_table(
        [
            {"record_id": "a", "stage": "raw_logs", "reason": "error"},
            {"stage": "raw_logs", "reason": reason, "quarantined": True, "file": "f", "line": 3},
        ]
    )
    return StageResult(empty("raw_logs"), drops, rows_in=2, rows_out=0, facts={"files": 1})


def write(store, made=None, stage="raw_logs"):
    return store.write(stage, KEY, made or result(), code_version="v", inputs={"f": "1"})


@pytest.fixture(params=["local", "memory"])
def store(request, tmp_path):
    return PartitionStore(
        str(tmp_path) if request.param == "local" else f"memory://{tmp_path.name}/data"
    )


def test_what_is_written_is_read(store):
    written = write(store)
    assert store.read_record("raw_logs", KEY) == written
    assert written.reasons == {"bad_json": 1, "error": 1}
    assert (written.rows_dropped, written.rows_quarantined) == (1, 1)
    assert store.read_drops("raw_logs", KEY).num_rows == 2
    assert store.keys("raw_logs") == [KEY]
    assert store.keys("cleaned") == []


def test_the_same_result_gives_the_same_files_and_hash(store):
    assert write(store).output == write(store).output
    assert write(store).output != write(store, result("not_an_object")).output


def test_what_was_before_can_be_forgotten(store):
    first = write(store)
    second = write(store, result("not_an_object"))
    assert store.forget_previous("raw_logs", KEY)
    folder = store.root / "raw_logs" / "web" / "2025-03-01"
    assert not (folder / first.drops).exists()
    assert store.read_record("raw_logs", KEY).previous == ()
    assert store.read_output("raw_logs", KEY, second.output) is not None
    assert not store.forget_previous("raw_logs", KEY)


def test_old_files_go_one_write_later(store):
    first = write(store)
    write(store, result("not_an_object"))
    folder = store.root / "raw_logs" / "web" / "2025-03-01"
    assert (folder / first.drops).exists()
    write(store, result("bad_time"))
    assert not (folder / first.drops).exists()


def test_a_write_that_dies_before_the_pointer_leaves_the_old_output(store, monkeypatch):
    before = write(store)
    monkeypatch.setattr(PartitionStore, "_point", lambda *_, **__: (_ for _ in ()).throw(KeyError))
    with pytest.raises(KeyError):
        write(store, result("bad_time"))
    monkeypatch.undo()
    assert store.read_record("raw_logs", KEY) == before
    assert store.read_drops("raw_logs", KEY).num_rows == 2


def test_delete_takes_the_partition_out(store):
    write(store)
    assert store.delete(KEY, ["documents", "cleaned"]) == ()
    assert store.keys("raw_logs") == [KEY]
    assert store.delete(KEY) == ("raw_logs",)
    assert store.read_record("raw_logs", KEY) is None
    assert store.keys("raw_logs") == []


def test_the_drops_of_a_record_are_where_it_says(store):
    record = write(store)
    drops = pq.read_table(io.BytesIO(store.drops_path(record).read_bytes()))
    assert drops.equals(store.read_drops("raw_logs", KEY))


def test_failed_checks_stand_until_the_next_write(store):
    written = write(store)
    assert written.failed_checks is None
    store.set_failed_checks("raw_logs", KEY, ["c"], "of an output that is gone")
    assert store.existing_record("raw_logs", KEY).failed_checks is None
    store.set_failed_checks("raw_logs", KEY, ["b", "a"], written.output)
    assert store.existing_record("raw_logs", KEY).failed_checks == ("a", "b")
    assert store.existing_record("raw_logs", KEY).output == written.output
    assert write(store).failed_checks is None


def test_raw_logs_are_readable_by_their_owner_only(tmp_path):
    store = PartitionStore(str(tmp_path))
    write(store)
    folder = tmp_path / "built" / "raw_logs" / "web" / "2025-03-01"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.iterdir())


def test_a_damaged_record_is_named(tmp_path):
    store = PartitionStore(str(tmp_path))
    write(store)
    pointer = tmp_path / "built" / "raw_logs" / "web" / "2025-03-01" / "partition.json"
    pointer.write_text("{")
    with pytest.raises(StorageError, match=r"partition\.json: damaged.*delete it"):
        store.read_record("raw_logs", KEY)


def test_a_damaged_table_is_named(tmp_path):
    store = PartitionStore(str(tmp_path))
    record = write(store)
    path = tmp_path / "built" / "raw_logs" / "web" / "2025-03-01" / record.table
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(StorageError, match=f"{record.table}.*build raw_logs of 2025-03-01"):
        store.read_table("raw_logs", KEY)


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "built").write_text("a file stands in the way")
    with pytest.raises(StorageError, match="make the data folder readable and writable"):
        write(PartitionStore(str(tmp_path)))


def test_reading_what_was_never_built_says_so(tmp_path):
    with pytest.raises(StorageError, match="not built: materialise it first"):
        PartitionStore(str(tmp_path)).read_table("cleaned", KEY)


def test_a_record_holds_no_path_of_the_machine(tmp_path):
    write(PartitionStore(str(tmp_path)))
    pointer = tmp_path / "built" / "raw_logs" / "web" / "2025-03-01" / "partition.json"
    assert str(tmp_path) not in pointer.read_text()
    assert json.loads(pointer.read_text())["source"] == "web"


def test_a_table_must_hold_its_columns():
    with pytest.raises(ValueError, match="column messages is missing"):
        conform("raw_logs", empty("raw_logs").drop_columns(["messages"]))
    with pytest.raises(ValueError, match="column id holds nulls"):
        from_rows("cleaned", [{}])


def test_parquet_bytes_repeat():
    assert parquet_bytes(empty("cleaned")) == parquet_bytes(empty("cleaned"))


@pytest.mark.parametrize("text", ["web", "2025-03-01", "2025-3-1|web", "2025-03-01|../x", "x|web"])
def test_a_malformed_key_is_refused(text):
    with pytest.raises(PartitionError):
        PartitionKey.parse(text)


def test_keys_sort_by_date_then_source():
    keys = [PartitionKey.parse(k) for k in ("2025-03-02|a", "2025-03-01|b", "2025-03-01|a")]
    assert [str(k) for k in sorted(keys)] == ["2025-03-01|a", "2025-03-01|b", "2025-03-02|a"]


def test_a_file_url_is_a_local_folder(tmp_path):
    store = PartitionStore(tmp_path.as_uri())
    assert store.data == PartitionStore(str(tmp_path)).data
    write_atomically(store.data / "x", b"1")
    assert (tmp_path / "x").read_bytes() == b"1"
