"""What is found below raw, what is out of place, and what is said about it."""

import datetime as dt
import os
from types import SimpleNamespace

import pytest
from upath import UPath

from ftdata.ingest.inventory import Inventory, RawFile, scan_raw
from ftdata.ingest.listing import list_folder
from ftdata.keys import PartitionKey
from ftdata.settings import Partitions, Settings, Source
from ftdata_tests.ingest.raw_data import memory_folder, put


@pytest.fixture(params=["local", "memory"])
def data(request, tmp_path):
    return UPath(str(tmp_path)) if request.param == "local" else memory_folder()


def scan(data, **settings):
    return scan_raw(data, Settings(**settings))


def problems(inventory):
    return {problem.path: problem.message for problem in inventory.problems}


def test_no_raw_folder_and_an_empty_one_give_an_empty_inventory(data):
    assert scan(data) == Inventory({}, {}, ())
    (data / "raw").mkdir(parents=True)
    assert scan(data) == Inventory({}, {}, ())


def test_partitions_come_in_canonical_order_with_their_files_by_name(data):
    for path in (
        "raw/web/2025-03-02.jsonl.gz",
        "raw/web/2025-03-01/b.csv",
        "raw/web/2025-03-01/a.parquet",
        "raw/web/2025-03-01.jsonl",
        "raw/app/2025-03-02.NDJSON.zst",
    ):
        put(data, path, b"{}\n")
    inventory = scan(data)
    assert [str(key) for key in inventory.partitions] == [
        "2025-03-01|web",
        "2025-03-02|app",
        "2025-03-02|web",
    ]
    files = inventory.partitions[PartitionKey(date="2025-03-01", source="web")]
    assert [file.path for file in files] == [
        "raw/web/2025-03-01.jsonl",
        "raw/web/2025-03-01/a.parquet",
        "raw/web/2025-03-01/b.csv",
    ]
    assert {file.size for file in files} == {3}
    assert inventory.sources == {"app": "logs", "web": "logs"}
    assert inventory.problems == ()


def test_a_rewritten_file_looks_different(data):
    put(data, "raw/web/2025-03-01.jsonl", b"{}\n")
    before = scan(data)
    put(data, "raw/web/2025-03-01.jsonl", b"[]\n")
    if isinstance(data, os.PathLike):
        os.utime(data / "raw/web/2025-03-01.jsonl", ns=(1, 2_000_000_001))
    assert scan(data).partitions != before.partitions


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("raw/stray.jsonl", "move it to raw/<source>/<date>.jsonl"),
        ("raw/guide.pdf", "move it into raw/<source>/<date>/"),
        ("raw/photo.png", "records at raw/<source>/<date>.jsonl, or documents into raw/<source>/"),
        ("raw/web/today.jsonl", "no date in the name"),
        ("raw/web/2025-03-01-a.jsonl", "go into a folder raw/web/2025-03-01/"),
        ("raw/web/2025-02-30.jsonl", "no day of the calendar"),
        ("raw/web/2024-12-31.jsonl", "set partitions.start (now 2025-01-01)"),
        ("raw/web/2025-03-02.xlsx", "unknown ending"),
        ("raw/web/2025-03-02.parquet.gz", "unknown ending"),
        ("raw/web/2025-03-02.json", "one JSON object per line"),
        ("raw/web/readme.md", "a source folder of their own"),
        ("raw/web/2025-03-03/notes.docx", "a source folder of their own"),
    ],
)
def test_a_file_out_of_place_is_a_problem_with_its_fix_and_hides_nothing(data, path, says):
    put(data, "raw/web/2025-03-01.jsonl", b"{}\n")
    put(data, path, b"{}\n")
    inventory = scan(data)
    assert says in problems(inventory)[path]
    assert [str(key) for key in inventory.partitions] == ["2025-03-01|web"]


@pytest.mark.parametrize("name", ["..x", "two words", "-dash", "é", "a" * 65, ".hidden", "a.b"])
def test_a_folder_whose_name_is_no_source_name_is_a_problem(data, name):
    put(data, f"raw/{name}/2025-03-01.jsonl", b"{}\n")
    inventory = scan(data)
    assert "rename the folder" in problems(inventory)[f"raw/{name}"]
    assert not inventory.partitions
    assert not inventory.sources


def test_a_folder_in_a_date_folder_is_nested_too_deep(data):
    put(data, "raw/web/2025-03-01/a.jsonl", b"{}\n")
    put(data, "raw/web/2025-03-01/more/b.jsonl", b"{}\n")
    inventory = scan(data)
    assert problems(inventory) == {
        "raw/web/2025-03-01/more": "nested too deep: move its files up to raw/web/2025-03-01"
    }
    assert len(inventory.partitions[PartitionKey(date="2025-03-01", source="web")]) == 1


def test_a_date_where_a_source_belongs_is_told_so(data):
    put(data, "raw/2025-03-01/guide.md", b"# Returns\n")
    put(data, "raw/2025-03-02/web/a.jsonl", b"{}\n")
    put(data, "raw/2025-02-30/web.jsonl", b"{}\n")
    inventory = scan(data)
    assert not inventory.sources
    assert problems(inventory) == {
        f"raw/{date}": f"a date where a source belongs: move its files to raw/<source>/{date}/"
        for date in ("2025-02-30", "2025-03-01", "2025-03-02")
    }


def test_a_source_that_the_settings_list_may_be_called_like_a_date(data):
    put(data, "raw/2025-03-01/2025-03-02.jsonl", b"{}\n")
    inventory = scan(data, sources={"2025-03-01": Source(kind="logs")})
    assert [str(key) for key in inventory.partitions] == ["2025-03-02|2025-03-01"]


def test_an_empty_folder_says_what_belongs_there(tmp_path):
    data = UPath(str(tmp_path))
    put(data, "raw/web/2025-03-01.jsonl", b"{}\n")
    put(data, "raw/help/2025-03-01/guide.md", b"# Returns\n")
    for name in ("raw/web/2025-03-02", "raw/help/2025-03-02", "raw/new/2025-03-02"):
        (tmp_path / name).mkdir(parents=True)
    found = problems(scan(data))
    assert "put record files (.jsonl" in found["raw/web/2025-03-02"]
    assert "put .md" in found["raw/help/2025-03-02"]
    assert "named <date>.jsonl" in found["raw/new"]
    assert "or documents (.md" in found["raw/new"]


def test_a_record_file_among_documents_goes_to_a_source_of_its_own(data):
    put(data, "raw/help/2025-03-01.jsonl", b"{}\n")
    inventory = scan(data, sources={"help": Source(kind="documents")})
    assert "a source folder of their own" in problems(inventory)["raw/help/2025-03-01.jsonl"]


def test_hidden_and_unfinished_files_are_passed_over_in_silence(data):
    put(data, "raw/web/2025-03-01.jsonl", b"{}\n")
    for name in (
        ".DS_Store", "web/.2025-03-02.jsonl", "web/2025-03-02.jsonl.tmp", "web/2025-03-02.csv.part",
        "web/2025-03-02.jsonl.crdownload", "web/2025-03-02.jsonl~", "web/2025-03-01/.x.jsonl",
    ):  # fmt: skip
        put(data, f"raw/{name}", b"{}\n")
    inventory = scan(data)
    assert [str(key) for key in inventory.partitions] == ["2025-03-01|web"]
    assert len(next(iter(inventory.partitions.values()))) == 1
    assert not inventory.problems


def test_the_first_date_is_that_of_the_settings(data):
    put(data, "raw/web/2024-12-31.jsonl", b"{}\n")
    inventory = scan(data, partitions=Partitions(start=dt.date(2024, 12, 31)))
    assert len(inventory.partitions) == 1


def test_a_folder_of_documents_is_a_snapshot_as_deep_as_it_is(data):
    for path in ("2025-03-01/guide.PDF", "2025-03-01/a/b/guide.rst", "2025-04-01/guide.markdown"):
        put(data, f"raw/handbook/{path}", b"# Returns\n")
    inventory = scan(data)
    assert inventory.sources == {"handbook": "documents"}
    assert inventory.problems == ()
    found = {str(key): [f.path for f in files] for key, files in inventory.partitions.items()}
    assert found == {
        "2025-03-01|handbook": [
            "raw/handbook/2025-03-01/a/b/guide.rst", "raw/handbook/2025-03-01/guide.PDF",
        ],
        "2025-04-01|handbook": ["raw/handbook/2025-04-01/guide.markdown"],
    }  # fmt: skip


def test_what_is_no_document_is_counted_and_left_alone(data):
    for name in ("guide.md", "img/a.PNG", "img/b.png", "Makefile"):
        put(data, f"raw/handbook/2025-03-01/{name}", b"x")
    put(data, "raw/handbook/guide.md", b"# Lost\n")
    put(data, "raw/handbook/2025-03-02/photo.jpg", b"x")
    put(data, "raw/handbook/drafts/guide.md", b"# Lost\n")
    inventory = scan(data)
    assert [str(key) for key in inventory.partitions] == ["2025-03-01|handbook"]
    told = [(problem.path, problem.message) for problem in inventory.problems]
    assert [path for path, _ in told] == [
        "raw/handbook/2025-03-01", "raw/handbook/2025-03-02", "raw/handbook/2025-03-02",
        "raw/handbook/drafts", "raw/handbook/guide.md",
    ]  # fmt: skip
    assert told[0][1].startswith("holds files that are not read: 2 .png, 1 without ending; read")
    assert told[1][1].startswith("holds files that are not read: 1 .jpg")
    assert told[2][1].startswith("holds nothing to read: put .md")
    assert told[3][1].startswith("no date in the name")
    assert "into a folder raw/handbook/2025-03-01/" in told[4][1]


def test_folders_of_documents_that_never_end_are_reported(data):
    deep = "/".join("abcdefghi")
    put(data, f"raw/handbook/2025-03-01/{deep}/guide.md", b"# Deep\n")
    put(data, "raw/handbook/2025-03-01/guide.md", b"# Top\n")
    assert [p.path for p in scan(data).problems] == [f"raw/handbook/2025-03-01/{deep}"]


def test_records_decide_over_documents(data):
    put(data, "raw/web/readme.md", b"x")
    put(data, "raw/web/2025-03-01/a.csv", b"id\n")
    inventory = scan(data)
    assert inventory.sources == {"web": "logs"}
    assert len(inventory.partitions) == 1


def test_the_settings_decide_over_the_files(data):
    put(data, "raw/experts/2025-03-01.jsonl", b"{}\n")
    put(data, "raw/pages/2025-03-01.jsonl", b"{}\n")
    sources = {"experts": Source(kind="examples"), "pages": Source(kind="documents")}
    inventory = scan(data, sources=sources)
    assert inventory.sources == {"experts": "examples", "pages": "documents"}
    assert [key.source for key in inventory.partitions] == ["experts"]


def test_a_source_without_records_or_documents_says_what_is_expected(data):
    put(data, "raw/web/photo.png", b"x")
    inventory = scan(data)
    assert "put record files named <date>.jsonl" in problems(inventory)["raw/web"]
    assert not inventory.sources


def test_a_source_of_the_settings_without_a_folder_says_where_its_files_go(data):
    sources = {
        "web": Source(),
        "handbook": Source(kind="documents"),
        "made_up": Source(kind="synthetic"),
    }
    found = problems(scan(data, sources=sources))
    assert sorted(found) == ["raw/handbook", "raw/web"]
    assert "raw/web/<date>.jsonl" in found["raw/web"]
    assert "raw/handbook/<date>/" in found["raw/handbook"]


def test_a_file_where_the_raw_folder_belongs(tmp_path):
    (tmp_path / "raw").write_bytes(b"")
    assert "a file where a folder belongs" in problems(scan(UPath(str(tmp_path))))["raw"]


def test_links_are_followed_inside_the_data_folder_alone(tmp_path):
    outside, data = tmp_path / "outside", tmp_path / "data"
    put(outside, "2025-03-01.jsonl", b"{}\n")
    put(data, "store/2025-03-02.jsonl", b"{}\n")
    web = data / "raw" / "web"
    web.mkdir(parents=True)
    (web / "2025-03-01.jsonl").symlink_to(outside / "2025-03-01.jsonl")
    (web / "2025-03-02.jsonl").symlink_to(data / "store" / "2025-03-02.jsonl")
    (web / "2025-03-03.jsonl").symlink_to(data / "nowhere")
    (data / "raw" / "away").symlink_to(outside)
    (web / "2025-03-04.jsonl").symlink_to("2025-03-04.jsonl")
    os.mkfifo(web / "2025-03-05.jsonl")
    inventory = scan(UPath(str(data)))
    found = problems(inventory)
    assert [str(key) for key in inventory.partitions] == ["2025-03-02|web"]
    assert inventory.sources == {"web": "logs"}
    assert "leads outside the data folder" in found["raw/web/2025-03-01.jsonl"]
    assert "leads outside the data folder" in found["raw/away"]
    assert "a link to nothing" in found["raw/web/2025-03-03.jsonl"]
    assert "cannot be looked at" in found["raw/web/2025-03-04.jsonl"]
    assert "neither a file nor a folder" in found["raw/web/2025-03-05.jsonl"]


def test_a_raw_folder_that_is_itself_a_link_is_the_owners_choice(tmp_path):
    put(tmp_path / "disk", "web/2025-03-01.jsonl", b"{}\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "raw").symlink_to(tmp_path / "disk")
    (tmp_path / "disk" / "web" / "2025-03-02.jsonl").symlink_to("2025-03-01.jsonl")
    inventory = scan(UPath(str(tmp_path / "data")))
    assert len(inventory.partitions) == 2
    assert not inventory.problems


def test_a_circle_of_links_ends(tmp_path):
    docs = tmp_path / "raw" / "docs"
    docs.mkdir(parents=True)
    (docs / "again").symlink_to(docs)
    assert "raw/docs" in problems(scan(UPath(str(tmp_path))))


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("docs/2025-03-01/bad\udcff\udcfe.md", "docs/2025-03-01/good.md"),
        ("docs/2025-03-01/caf\udce9/page.md", "docs/2025-03-01/good.md"),
        ("docs/2025-03-01/page.md\udce9", "docs/2025-03-01/good.md"),
        ("web/2025-03-01/a\udce9.jsonl", "web/2025-03-01/b.jsonl"),
        ("caf\udce9/2025-03-01.jsonl", "web/2025-03-01.jsonl"),
    ],
)
def test_a_name_that_is_no_utf8_is_a_problem_and_the_rest_is_taken(tmp_path, path, left):
    put(tmp_path, f"raw/{path}", b"x\n")
    put(tmp_path, f"raw/{left}", b"x\n")
    inventory = scan(UPath(str(tmp_path)))
    assert [file.path for [file] in inventory.partitions.values()] == [f"raw/{left}"]
    [(shown, message)] = problems(inventory).items()
    assert "\\udc" in shown
    assert message == "the name is no UTF-8: rename it"


def test_a_local_time_is_exact(tmp_path):
    put(tmp_path, "raw/web/2025-03-01.jsonl", b"{}\n")
    os.utime(tmp_path / "raw/web/2025-03-01.jsonl", ns=(1, 1_741_132_800_123_456_789))
    [files] = scan(UPath(str(tmp_path))).partitions.values()
    assert files == (RawFile("raw/web/2025-03-01.jsonl", 3, 1_741_132_800_123_456_789),)


@pytest.mark.parametrize(
    "time",
    [
        {"LastModified": dt.datetime(2025, 3, 5, tzinfo=dt.UTC)},  # as s3fs gives it
        {"updated": "2025-03-05T00:00:00.000Z"},  # as gcsfs gives it
        {"mtime": 1_741_132_800.0},
    ],
)
def test_object_stores_are_listed_afresh_without_the_object_that_stands_for_a_folder(time):
    infos = [
        {"name": "bucket/data/raw/web/", "type": "file", "size": 0},
        {"name": "bucket/data/raw/web/2025-03-01.jsonl", "type": "file", "size": 7, **time},
        {"name": "bucket/data/raw/web/2025-03-02/", "type": "directory", "size": None},
    ]
    forgotten = []
    fs = SimpleNamespace(ls=lambda path, detail: infos, invalidate_cache=forgotten.append)
    folder = SimpleNamespace(fs=fs, path="bucket/data/raw/web")
    entries = list_folder(folder, ())
    assert [(e.name, e.is_folder, e.size) for e in entries] == [
        ("2025-03-01.jsonl", False, 7),
        ("2025-03-02", True, 0),
    ]
    assert entries[0].mtime_ns == 1_741_132_800_000_000_000
    assert forgotten == ["bucket/data/raw/web"]


def test_a_listed_source_without_a_kind_is_what_its_files_are(data):
    put(data, "raw/handbook/2025-03-01/guide/page.md", b"# Returns\n")
    put(data, "raw/web/2025-03-01.jsonl", b"{}\n")
    sources = {"handbook": Source(snapshot="all"), "web": Source(fields={"prompt": "question"})}
    inventory = scan(data, sources=sources)
    assert inventory.sources == {"handbook": "documents", "web": "logs"}
    assert len(inventory.partitions) == 2
