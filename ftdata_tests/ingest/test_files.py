"""Reading one file: lines, compression, tables, hashes, and what cannot be read."""

import gzip
import hashlib
import io
import tracemalloc
import zlib

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from upath import UPath

from ftdata.errors import IngestError
from ftdata.ingest.faults import Fault
from ftdata.ingest.files import read_records
from ftdata_tests.ingest.raw_data import memory_folder, put

LIMIT = 4_194_304
TWO = b'{"id": 1}\n{"id": 2}\n'


def read(content, ending=".jsonl", limit=LIMIT):
    data, name = memory_folder(), f"raw/web/2025-03-01{ending}"
    put(data, name, content)
    digest = hashlib.sha256()
    records = list(read_records(data / name, name, limit, digest))
    assert digest.hexdigest() == hashlib.sha256(content).hexdigest()
    return records


def reasons(records):
    return [(n, v.reason if isinstance(v, Fault) else v) for n, v in records]


def zstd(content):
    return pa.compress(content, "zstd", asbytes=True)


def parquet(columns):
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        TWO,
        TWO.rstrip(b"\n"),
        TWO.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + TWO,
    ],
)
def test_lines_end_with_a_newline_a_carriage_return_before_it_or_nothing(content):
    assert read(content) == [(1, {"id": 1}), (2, {"id": 2})]


def test_blank_lines_are_passed_over_and_counted_in_line_numbers():
    assert read(b'\n  \r\n{"id": 1}\n\n\t\n{"id": 2}\n\n') == [(3, {"id": 1}), (6, {"id": 2})]


def test_only_a_newline_cuts_a_line():
    text = '{"t": "a\u2028b\u2029c\u0085d\\u000be"}'
    [(line, value)] = read(text.encode() + b"\n")
    assert (line, value["t"]) == (1, "a\u2028b\u2029c\u0085d\x0be")


@pytest.mark.parametrize("ending", [".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.zst"])
@pytest.mark.parametrize("content", [b"", b"\n"])
def test_an_empty_file_has_no_records(ending, content):
    pack = {"gz": gzip.compress, "zst": zstd}.get(ending[-3:].strip("."), bytes)
    assert read(b"" if not content else pack(content), ending) == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": ', "bad_json"),
        (b'{"id": NaN}', "bad_json"),
        (b'{"id": "\\ud800"}', "bad_json"),
        (b'{"id": 1} {"id": 2}', "bad_json"),
        (b"[" * 5_000, "bad_json"),
        (b'{"id": "\xff"}', "invalid_utf8"),
        (b'{"id": "\xed\xa0\x80"}', "invalid_utf8"),
        (b"[1]", "not_an_object"),
        (b"null", "not_an_object"),
        (b'"text"', "not_an_object"),
    ],
)
def test_a_malformed_line_is_a_fault_and_its_neighbours_are_read(line, reason):
    found = read(b'{"id": 1}\n' + line + b'\n{"id": 3}\n')
    assert reasons(found) == [(1, {"id": 1}), (2, reason), (3, {"id": 3})]


def test_a_fault_never_shows_what_the_line_holds():
    for line in (
        b'{"prompt": "my-secret"',
        b'{"prompt": "my-secret\xff"}',
        b'"my-secret"',
        b"my-secret",
    ):
        [(_, fault)] = read(line)
        assert "secret" not in fault.detail


@pytest.mark.parametrize("pad", [-1, 0, 1])
@pytest.mark.parametrize("end", [b"", b"\n"])
def test_the_longest_line_that_is_read(pad, end):
    line = b'{"id": "%s"}' % (b"x" * (100 - 10 + pad))
    assert len(line) == 100 + pad
    [(_, value)] = read(line + end, limit=100)
    assert isinstance(value, Fault) is (pad > 0)


def test_a_line_that_is_too_long_is_skipped_whole():
    found = read(b'{"id": 1}\n{"id": "' + b"x" * 500_000 + b'"}\n{"id": 3}\n', limit=1_024)
    assert reasons(found) == [(1, {"id": 1}), (2, "line_too_long"), (3, {"id": 3})]


@pytest.mark.parametrize("ending", [".jsonl", ".jsonl.gz"])
def test_a_line_of_200_mb_is_never_held(tmp_path, ending):
    name = f"2025-03-01{ending}"
    write = gzip.open if ending.endswith(".gz") else open
    with write(tmp_path / name, "wb") as file:
        file.write(b'{"id": "')
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n{"id": 2}\n')
    tracemalloc.start()
    try:
        found = list(read_records(UPath(str(tmp_path / name)), name, LIMIT, hashlib.sha256()))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert reasons(found) == [(1, "line_too_long"), (2, {"id": 2})]
    assert peak < 30_000_000


@pytest.mark.parametrize(("ending", "pack"), [(".jsonl.gz", gzip.compress), (".jsonl.zst", zstd)])
def test_compressed_files_of_one_piece_or_several(ending, pack):
    assert read(pack(TWO), ending) == read(TWO)
    assert len(read(pack(TWO) + pack(TWO), ending)) == 4


@pytest.mark.parametrize("cut", [1, 5, 0.5, -5, -1])
@pytest.mark.parametrize(
    ("ending", "pack"),
    [(".jsonl.gz", gzip.compress), (".csv.gz", gzip.compress), (".jsonl.zst", zstd)],
)
def test_a_truncated_compressed_file_fails_as_a_whole(ending, pack, cut):
    packed = pack(b"".join(b'{"id": %d}\n' % (i * 7919) for i in range(20_000)))
    cut = int(len(packed) * cut) if isinstance(cut, float) else cut
    with pytest.raises(
        IngestError, match=r"raw/web/2025-03-01.*(truncated|corrupt).*upload it again"
    ):
        read(packed[:cut], ending)


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (gzip.compress(TWO, mtime=0) + b"rubbish", ".jsonl.gz"),
        (zstd(TWO) + b"rubbish", ".jsonl.zst"),
        (TWO, ".jsonl.gz"),
        (TWO, ".jsonl.zst"),
        (
            gzip.compress(TWO, mtime=0)[:12] + b"\xff" * 8 + gzip.compress(TWO, mtime=0)[20:],
            ".jsonl.gz",
        ),
        (parquet({"id": [1]})[:-9], ".parquet"),
        (b"rubbish", ".parquet"),
    ],
)
def test_a_corrupt_file_fails_as_a_whole(content, ending):
    with pytest.raises(IngestError, match=r"raw/web/2025-03-01.*upload it again"):
        read(content, ending)


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 100,
        gzip.compress(TWO, mtime=0),
        zlib.compress(TWO * 100),
        TWO.decode().encode("utf-16"),
        b"\0" * 1_000,
        parquet({"id": [1]}),
    ],
)
@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".jsonl.gz"])
def test_a_binary_file_is_named_as_such(content, ending):
    packed = gzip.compress(content, mtime=0) if ending.endswith(".gz") else content
    with pytest.raises(IngestError, match=r"raw/web/2025-03-01.*not a text file.*upload it again"):
        read(packed, ending)


def test_a_stray_nul_among_good_lines_is_one_bad_line():
    found = read(b'\0\0\n{"id": 2}\n')
    assert reasons(found) == [(1, "bad_json"), (2, {"id": 2})]


def test_a_file_that_went_away_is_named():
    with pytest.raises(IngestError, match=r"gone\.jsonl: gone since the folder was listed"):
        list(read_records(memory_folder() / "gone.jsonl", "gone.jsonl", LIMIT, hashlib.sha256()))


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path):
    with pytest.raises(IngestError, match=r"a\.jsonl: cannot be read"):
        list(read_records(UPath(str(tmp_path)), "a.jsonl", LIMIT, hashlib.sha256()))


@given(
    st.lists(st.dictionaries(st.text(max_size=3), st.text(max_size=20), max_size=3), max_size=20)
)
def test_records_come_back_as_they_were_written(records):
    content = b"".join(orjson.dumps(record) + b"\n" for record in records)
    assert [value for _, value in read(content)] == records
    assert read(gzip.compress(content, mtime=0), ".jsonl.gz") == read(content)


# CSV


def read_csv(text, limit=LIMIT):
    content = text if isinstance(text, bytes) else text.encode()
    return reasons(read(content, ".csv", limit))


def test_csv_rows_are_records_with_null_for_empty_cells():
    assert read_csv('id,prompt,response\r\n1,"a, ""b""",\r\n\r\n2,c,d\r\n') == [
        (2, {"id": "1", "prompt": 'a, "b"', "response": None}),
        (4, {"id": "2", "prompt": "c", "response": "d"}),
    ]


def test_csv_lines_are_those_on_which_records_start():
    assert read_csv('\ufeffid,prompt\n1,"two\nlines"\n2,"x\n\ny"\n3,z\n') == [
        (2, {"id": "1", "prompt": "two\nlines"}),
        (4, {"id": "2", "prompt": "x\n\ny"}),
        (7, {"id": "3", "prompt": "z"}),
    ]


def test_csv_rows_that_do_not_fit_are_faults():
    text = b'id,prompt\n1\n2,"a"b\n3,\xff\n4,x,y\n5,ok\n6,"never closed\n'
    assert read_csv(text) == [
        (2, "bad_csv"),
        (3, "bad_csv"),
        (4, "invalid_utf8"),
        (5, "bad_csv"),
        (6, {"id": "5", "prompt": "ok"}),
        (7, "bad_csv"),
    ]


def test_a_csv_record_is_bounded_on_one_line_and_over_many():
    long_line = "1," + "x" * 5_000
    many_lines = '2,"' + "xxxxxxxx\n" * 500 + '"'
    found = read_csv(f"id,prompt\n{long_line}\n9,ok\n{many_lines}\n", limit=2_000)
    assert found[:3] == [
        (2, "line_too_long"),
        (3, {"id": "9", "prompt": "ok"}),
        (4, "line_too_long"),
    ]
    assert all(isinstance(value, str) for _, value in found[3:])


def test_a_csv_cell_may_be_longer_than_the_csv_modules_own_limit():
    [(_, record)] = read_csv("id,prompt\n1," + "x" * 200_000 + "\n")
    assert len(record["prompt"]) == 200_000


@pytest.mark.parametrize("text", ["", "\n", "id,prompt\n"])
def test_a_csv_file_without_rows(text):
    assert read_csv(text) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [("id,id\n1,2\n", "'id' stands twice"), (",\n1,2\n", "no column"), ('"id\n', "cannot be read")],
)
def test_a_csv_header_that_cannot_be_used(text, says):
    with pytest.raises(IngestError, match=says):
        read_csv(text)


# Parquet


def test_parquet_rows_are_numbered_over_all_batches():
    found = read(parquet({"id": list(range(1_000))}), ".parquet")
    assert found == [(i + 1, {"id": i}) for i in range(1_000)]
    assert read(parquet({"id": pa.array([], pa.int64())}), ".parquet") == []
    assert read(b"", ".parquet") == []


def test_a_parquet_map_is_an_object():
    column = pa.array([[("region", "eu")]], pa.map_(pa.string(), pa.string()))
    assert read(parquet({"metadata": column}), ".parquet") == [(1, {"metadata": {"region": "eu"}})]


def test_parquet_values_that_cannot_be_held_are_faults_of_their_row():
    times = pa.array([0, 10**18, 1], pa.timestamp("us"))
    texts = pa.array([b"a", b"b", b"\xff"]).view(pa.string())
    found = reasons(read(parquet({"timestamp": times, "prompt": texts}), ".parquet"))
    assert [value for _, value in found[1:]] == ["bad_parquet", "invalid_utf8"]
    assert found[0][1]["prompt"] == "a"
