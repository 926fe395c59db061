"""Erasures: nothing that is built holds what was erased, and all else is as if it never was."""

import json
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.defs.dataset_steps import assemble, dataset_state
from ftdata.defs.erasing import (
    bring_to_end,
    look_for,
    request,
    take_out_reviews,
    unfinished_erasures,
)
from ftdata.defs.erasure_search import Asked
from ftdata.defs.raw_files import look_at_raw, partition_statuses
from ftdata.defs.steps import build_stage, chain_of
from ftdata.erasures import read_erasures
from ftdata.errors import ReleaseError, StorageError
from ftdata.keys import PartitionKey
from ftdata.project import Project, open_project
from ftdata.release.read import mismatches, read_latest, read_pinned
from ftdata.release.versions import list_versions
from ftdata.storage import PartitionStore
from ftdata.tables import CHAINS
from ftdata_tests.defs.conftest import log_records, write_raw
from ftdata_tests.defs.test_staleness import changed
from ftdata_tests.defs.workshop import workshop_pages
from ftdata_tests.traces import traces

TODAY = "2026-11-21"
USER = "q7-walrus-quartz"
SECRET = "my neighbour keeps eleven walruses in a bathtub of quartz"
TEXTS = (USER, SECRET, "walrus-record", "walrus-talk")


def walrus(day):
    """Two records of one conversation; the first one alone names its user."""
    return [
        {
            "id": f"walrus-record-{day}-{turn}", "conversation_id": f"walrus-talk-{day}",
            "prompt": f"On day {day}, turn {turn}: {SECRET}, what do I do?",
            "response": f"Day {day}, turn {turn}: {SECRET}, so call somebody.",
            "timestamp": f"2025-03-{day:02}T09:0{turn}:00Z", **({} if turn else {"user_id": USER}),
        }
        for turn in (0, 1)
    ]  # fmt: skip


def build(project):
    """Every stage that is not current, as if its checks had passed, then the dataset."""
    for key, files in look_at_raw(project).partitions.items():
        states = partition_statuses(project, look_at_raw(project))[key].states
        is_stale = False
        for stage in chain_of(project, key, files):
            is_stale |= states[stage] != "current"
            if is_stale:
                record, _ = build_stage(project, stage, key, files)
                project.store.set_failed_checks(stage, key, (), record.output)
    return assemble(project, lambda _: True).release.version


def finish(project, runs=lambda keys: 0):
    inventory = look_at_raw(project)
    statuses = partition_statuses(project, inventory)
    return bring_to_end(project, statuses, dataset_state(project, inventory), runs, {})


def erase(project, kind, *ids, source=None):
    return request(project, Asked(kind, ids, source), TODAY)


def stale(project):
    statuses = partition_statuses(project, look_at_raw(project))
    return [str(key) for key, status in statuses.items() if not status.is_current]


def left(project, needles=TEXTS):
    data = Path(str(project.store.data))
    return traces(data, needles, data / "raw")


@pytest.fixture
def built(tmp_path):
    """Three days, two of them with the user, built one after the other: two versions."""
    project = None
    for day in (1, 2, 3):
        own = walrus(day) if day < 3 else []
        write_raw(tmp_path / "data", "web", day, [*own, *log_records(day, 8)])
        project = open_project(tmp_path / "ftdata.yaml")
        if day > 1:
            build(project)
    return project


def test_nothing_is_left_but_in_raw_files(built):
    assert len(left(built)) > 10
    versions = list_versions(built.store.data)
    found = erase(built, "user", USER)
    assert [(one.file, one.lines) for one in found.raw] == [
        ("raw/web/2025-03-01.jsonl", (1, 2)),
        ("raw/web/2025-03-02.jsonl", (1, 2)),
    ]
    assert found.in_dataset == 1  # the other day's is nearly the same
    assert stale(built) == ["2025-03-01|web", "2025-03-02|web"]
    assert finish(built).waits_for
    newest = build(built)
    swept = []
    done = finish(built, lambda keys: swept.append(list(keys)) or 3)
    assert (done.is_done, done.runs, done.removed.versions) == (True, 3, tuple(versions))
    assert [[str(key) for key in keys] for keys in swept] == [["2025-03-01|web", "2025-03-02|web"]]
    assert left(built) == {}
    assert list_versions(built.store.data) == [newest]
    assert mismatches(read_latest(built.store.data).folder) == []
    assert stale(built) == []
    assert finish(built) is None


def test_it_is_counted_where_it_was_left_out(built):
    erase(built, "user", USER)
    build(built)
    record = built.store.read_record("raw_logs", PartitionKey.parse("2025-03-01|web"))
    assert record.reasons["erased"] == 2
    assert record.rows_in == record.rows_out + record.rows_dropped + record.rows_quarantined
    manifest = read_latest(built.store.data).manifest
    assert manifest["content"]["erasures"] == {"user": {"tombstones": 1, "records": 4}}


@pytest.mark.parametrize(
    ("kind", "ids", "gone"),
    [
        ("record", ["walrus-record-1-0"], {"walrus-record-1-0"}),
        ("conversation", ["walrus-talk-1"], {"walrus-record-1-0", "walrus-record-1-1"}),
        ("conversation", ["web-2-3", "web-2-4"], {"web-2-3", "web-2-4"}),
    ],
)
def test_the_rest_stays(built, kind, ids, gone):
    def held():
        keys = [PartitionKey.parse(f"2025-03-0{day}|web") for day in (1, 2, 3)]
        lists = [built.store.read_table("raw_logs", key)["record_ids"].to_pylist() for key in keys]
        return {one for rows in lists for row in rows for one in row}

    before = held()
    erase(built, kind, *ids)
    build(built)
    assert before - held() == gone


def test_what_comes_later_is_left_out_too(built):
    erase(built, "user", USER)
    build(built)
    finish(built)
    write_raw(built.store.data, "web", 4, [*walrus(4), *log_records(4, 8)])
    write_raw(built.store.data, "web", 5, log_records(5, 8))
    assert stale(built) == ["2025-03-04|web", "2025-03-05|web"]
    build(built)
    assert left(built) == {}
    assert stale(built) == []
    later = built.store.read_record("raw_logs", PartitionKey.parse("2025-03-04|web"))
    assert (later.reasons["erased"], bool(later.inputs["erasures"])) == (2, True)
    other = built.store.read_record("raw_logs", PartitionKey.parse("2025-03-05|web"))
    assert "erasures" not in other.inputs


def test_a_request_for_what_is_not_there_is_kept(built):
    found = erase(built, "user", "nobody-yet")
    assert (found.held_by_nothing, found.partitions, stale(built)) == (1, (), [])
    assert unfinished_erasures(built)[0] == 0
    assert read_erasures(built.store.data).is_erased("user", "nobody-yet")


def test_what_raw_files_hold_no_more_is_found_in_what_is_built(built):
    for day in (1, 2):
        write_raw(built.store.data, "web", day, log_records(day, 8))
    found = look_for(built, Asked("user", (USER,)), TODAY)
    assert [str(key) for key in found.partitions] == ["2025-03-01|web", "2025-03-02|web"]
    assert found.raw == ()
    assert not (built.store.data / "erasures").exists()


def test_the_list_of_what_is_test_is_named_where_it_names_it(built):
    (built.store.data / "held.txt").write_text("# ours\nweb-1-3\nwalrus-talk-1\n")
    holding = changed(built.settings, "splits", {"holdout": "held.txt"})
    found = look_for(
        Project(holding, built.store), Asked("conversation", ("walrus-talk-1",)), TODAY
    )
    assert [(one.file, one.lines) for one in found.raw] == [
        ("held.txt", (3,)),
        ("raw/web/2025-03-01.jsonl", (1, 2)),
    ]


def test_no_dataset_is_made_of_partitions_that_hold_it(built):
    erase(built, "user", USER)
    for to in ("raw_logs", "formatted"):
        for key in (PartitionKey.parse(f"2025-03-0{day}|web") for day in (1, 2)):
            files = look_at_raw(built).partitions[key]
            for stage in CHAINS["logs"][: CHAINS["logs"].index(to)]:
                build_stage(built, stage, key, files)
        with pytest.raises(ReleaseError, match="before something in them was erased: 2025-03-01"):
            assemble(built, lambda _: True)
    assert finish(built).waits_for


def test_asking_again_takes_no_version_that_was_made_without_it(built):
    erase(built, "user", USER)
    build(built)
    finish(built)
    write_raw(built.store.data, "web", 4, log_records(4, 8))
    build(built)
    versions = list_versions(built.store.data)
    assert len(versions) == 2
    erase(built, "user", USER)
    assert finish(built) is None  # the same request, word for word
    request(built, Asked("user", (USER,)), "2026-11-22")
    assert stale(built) == []
    assert finish(built).removed.versions == ()
    erase(built, "conversation", "web-1-3")
    build(built)
    assert finish(built).removed.versions == tuple(versions)


def test_a_partition_whose_raw_files_are_gone_goes_whole(built):
    (built.store.data / "raw" / "web" / "2025-03-01.jsonl").unlink()
    (built.store.data / "raw" / "web" / "2025-03-02.jsonl").unlink()
    assert len(erase(built, "conversation", "walrus-talk-1", "walrus-talk-2").partitions) == 2
    build(built)
    assert finish(built).is_done
    assert left(built) == {}


def test_a_pinned_version_keeps_its_sides_and_no_text(built):
    pinned = list_versions(built.store.data)[0]
    before = read_pinned(built.store.data, pinned)
    splits = changed(built.settings, "splits", {"pin": pinned})
    project = Project(splits, built.store)
    erase(project, "user", USER)
    build(project)
    assert finish(project).removed.reduced == pinned
    assert left(project) == {}
    after = read_pinned(project.store.data, pinned)
    assert after.items() < before.items()
    assert len(before) - len(after) == 1
    newest = read_pinned(project.store.data, build(project))
    assert {id_: newest[id_] for id_ in newest if id_ in after} == {
        id_: after[id_] for id_ in newest if id_ in after
    }


def test_reviews_of_it_are_taken_out_before_it_is_built_again(built):
    folder = read_latest(built.store.data).folder
    columns = ["id", "record_ids", "source", "date"]
    rows = pq.read_table(folder / "examples.parquet", columns=columns).to_pylist()
    lines = [
        {"id": row["id"], "source": row["source"], "date": row["date"], "rating": 4,
         "note": row["record_ids"][0]}
        for row in rows
    ]  # fmt: skip
    own = [line for line in lines if "walrus" in line["note"]]
    assert own
    path = Path(str(built.store.data)) / "reviews" / "ours.jsonl"
    path.parent.mkdir()
    path.write_text("".join(json.dumps(line) + "\n" for line in lines) + "no JSON\n")
    build(built)
    erase(built, "user", USER)
    assert take_out_reviews(built) == {"reviews/ours.jsonl": len(own)}
    assert take_out_reviews(built) == {}
    kept = path.read_text().splitlines()
    assert kept == [json.dumps(line) for line in lines if line not in own] + ["no JSON"]
    build(built)
    assert finish(built).is_done
    assert stale(built) == []


def test_an_edit_of_a_conversation_that_loses_a_record_goes_too(built):
    folder = read_latest(built.store.data).folder
    table = pq.read_table(folder / "examples.parquet")
    [row] = [r for r in table.to_pylist() if "walrus-record-1-0" in r["record_ids"]]
    path = Path(str(built.store.data)) / "reviews" / "ours.jsonl"
    path.parent.mkdir()
    path.write_text(json.dumps({"id": row["id"], "rating": 5, "note": SECRET}) + "\n")
    erase(built, "record", "walrus-record-1-1")
    assert take_out_reviews(built) == {"reviews/ours.jsonl": 1}
    assert path.read_bytes() == b""


def test_where_nothing_is_left_no_version_is_either(tmp_path):
    write_raw(tmp_path / "data", "web", 1, walrus(1))
    project = open_project(tmp_path / "ftdata.yaml")
    build(project)
    erase(project, "user", USER)
    with pytest.raises(ReleaseError, match="no example is left"):
        build(project)
    assert finish(project).is_done
    assert left(project) == {}
    assert read_latest(project.store.data) is None


def test_a_damaged_tombstone_stops_every_build(built):
    erase(built, "user", USER)
    [path] = (built.store.data / "erasures").glob("2026*")
    path.write_bytes(path.read_bytes()[:-5])
    for work in (stale, build, finish):
        with pytest.raises(StorageError, match="Nothing is built without it"):
            work(built)


def test_a_request_that_comes_during_a_reading_is_honoured(built, monkeypatch):
    from ftdata.defs import steps

    reading = steps.read_files

    def read(project, stage, key, *rest):
        made = reading(project, stage, key, *rest)
        if not read_erasures(project.store.data):
            erase(project, "user", USER)
        return made

    monkeypatch.setattr(steps, "read_files", read)
    key = PartitionKey.parse("2025-03-01|web")
    record, _ = build_stage(built, "raw_logs", key, look_at_raw(built).partitions[key])
    assert record.reasons["erased"] == 2


def test_a_request_that_comes_during_a_build_is_not_taken_for_done(built):
    inventory = look_at_raw(built)
    before = partition_statuses(built, inventory)
    erase(built, "user", USER)
    state = replace(dataset_state(built, inventory), is_current=True)
    waits = bring_to_end(built, before, state, lambda keys: 0, {}).waits_for
    assert waits[0] == "2025-03-01|web: somebody asked while it was being built"
    assert unfinished_erasures(built)[0] == 1


def put_pages(data, day, pages):
    folder = Path(data) / "raw" / "help" / f"2025-03-{day:02}"
    folder.mkdir(parents=True)
    for name, text in pages.items():
        (folder / name).write_text(text)


@pytest.mark.parametrize("form", ["{name}", "help/2025-03-02/{name}", "raw/help/2025-03-02/{name}"])
def test_a_document_is_erased_by_its_path(tmp_path, form):
    pages = workshop_pages()
    name = sorted(pages)[0]
    for day in (1, 2):
        put_pages(tmp_path / "data", day, pages)
    project = open_project(tmp_path / "ftdata.yaml")
    build(project)
    found = erase(project, "record", form.format(name=name))
    days = ["2025-03-02|help"] if "/" in form else ["2025-03-01|help", "2025-03-02|help"]
    assert [str(key) for key in found.partitions] == days == stale(project)
    build(project)
    assert finish(project).is_done
    assert stale(project) == []
    for key in map(PartitionKey.parse, days):
        record = project.store.read_record("documents", key)
        assert record.reasons["erased"] == 1
        assert record.rows_in == record.rows_out + record.rows_dropped + record.rows_quarantined
    if "/" not in form:
        assert [path for path in left(project, [name]) if "erasures" not in path] == []


def test_all_documents_of_a_snapshot_can_be_erased(tmp_path):
    pages = workshop_pages()
    put_pages(tmp_path / "data", 1, pages)
    write_raw(tmp_path / "data", "web", 1, log_records(1, 8))
    project = open_project(tmp_path / "ftdata.yaml")
    build(project)
    erase(project, "record", *pages)
    build(project)
    assert finish(project).is_done
    assert stale(project) == []


def in_memory(folder, day_records):
    """The project with its data in an object store."""
    store = PartitionStore(f"memory://erasing-{folder.name}/data")
    for day, records in day_records.items():
        path = store.data / "raw" / "web" / f"2025-03-0{day}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes("".join(json.dumps(one) + "\n" for one in records).encode())
    return replace(open_project(folder / "ftdata.yaml"), store=store)


def test_object_stores_are_swept_too(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    day_records = {1: [*walrus(1), *log_records(1, 8)], 2: log_records(2, 8)}
    project = in_memory(tmp_path, day_records)
    build(project)
    erase(project, "conversation", "walrus-talk-1")
    newest = build(project)
    assert finish(project).is_done
    assert list_versions(project.store.data) == [newest]
    data = project.store.data
    built = [path for path in data.rglob("*") if path.is_file() and "/raw/" not in str(path)]
    assert built
    assert not [path for path in built if SECRET.encode() in path.read_bytes()]


PROMPTS = st.lists(st.sampled_from([f"w{n}" for n in range(9)]), min_size=5, max_size=8)
RECORDS = st.lists(st.tuples(PROMPTS.map(" ".join), st.integers(0, 2)), min_size=2, max_size=5)


def write_days(data, days, gone=()):
    """Records of users 0, 1, 2; blank lines in place of those of users in `gone`."""
    for day, records in enumerate(days, start=1):
        path = data / "raw" / "web" / f"2025-03-0{day}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [
            {"id": f"{day}-{n}", "prompt": prompt, "response": f"Yes, {n}.", "user_id": f"u{user}",
             "conversation_id": f"c{day}-{n // 2}"}
            for n, (prompt, user) in enumerate(records)
        ]  # fmt: skip
        texts = ["" if one["user_id"] in gone else json.dumps(one) for one in lines]
        path.write_text("\n".join(texts) + "\n")


def outcome(project):
    """The tables of every stage, and the examples of the dataset."""
    keys = look_at_raw(project).partitions
    tables = {
        (stage, str(key)): project.store.read_table(stage, key).to_pylist()
        for key, files in keys.items()
        for stage in chain_of(project, key, files)
    }
    try:
        build(project)
    except ReleaseError:
        return tables, None
    folder = read_latest(project.store.data).folder
    return tables, pq.read_table(folder / "examples.parquet").to_pylist()


def built_of(folder, days, gone=()):
    (folder / "ftdata.yaml").write_text("cleaning: {dedup: {threshold: 0.6}}\n")
    write_days(folder / "data", days, gone)
    project = open_project(folder / "ftdata.yaml")
    with suppress(ReleaseError):  # no example may be left
        build(project)
    return project


@settings(max_examples=4, deadline=None)
@given(
    st.lists(RECORDS, min_size=2, max_size=3), st.sets(st.sampled_from(["u0", "u1"]), min_size=1)
)
def test_it_is_as_if_they_had_never_been_there(days, gone):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        erased = built_of(Path(one), days)
        erase(erased, "user", *sorted(gone))
        with suppress(ReleaseError):
            build(erased)
        assert outcome(erased) == outcome(built_of(Path(other), days, gone))
        for key in erased.store.keys("raw_logs"):
            record = erased.store.read_record("raw_logs", key)
            assert record.rows_in == record.rows_out + record.rows_dropped + record.rows_quarantined
