"""Reviews of erased examples go, in every form of file, and no other line."""

import gzip

import pyarrow as pa
import pytest

from ftdata.errors import IngestError
from ftdata.ingest.erased_reviews import remove_reviews
from ftdata_tests.ingest.raw_data import memory_folder, put

LINES = b'{"id": "a", "rating": 1}\nno JSON\n\n{"id": 7}\n["a"]\n{"id": "b"}\r\n{"id": "a"}'
KEPT = b'no JSON\n\n{"id": 7}\n["a"]\n{"id": "b"}\r\n'


def are_gone(ids):
    return [one == "a" for one in ids]


def zstd(data):
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return bytes(sink.getvalue())


def unzstd(data):
    return pa.CompressedInputStream(pa.BufferReader(data), "zstd").read()


@pytest.mark.parametrize(
    ("name", "pack", "unpack"),
    [
        ("ada.jsonl", bytes, bytes),
        ("ada.ndjson.gz", gzip.compress, gzip.decompress),
        ("ada.jsonl.zst", zstd, unzstd),
    ],
)
def test_the_other_lines_stay_byte_by_byte(name, pack, unpack):
    data = memory_folder()
    put(data, f"reviews/{name}", pack(LINES))
    assert remove_reviews(data, are_gone) == {f"reviews/{name}": 2}
    assert unpack((data / "reviews" / name).read_bytes()) == KEPT
    assert remove_reviews(data, are_gone) == {}


def test_a_file_that_loses_nothing_is_not_touched():
    data = memory_folder()
    for name in ("b.jsonl", "a.csv", ".hidden.jsonl", "empty.jsonl.gz"):
        put(data, f"reviews/{name}", b'{"id":"b"}\n' if name[0] == "b" else b"")
    assert remove_reviews(data, are_gone) == {}
    assert (data / "reviews" / "b.jsonl").read_bytes() == b'{"id":"b"}\n'


def test_a_damaged_file_is_named():
    data = memory_folder()
    put(data, "reviews/ada.jsonl.gz", gzip.compress(LINES)[:-9])
    with pytest.raises(IngestError, match=r"reviews/ada\.jsonl\.gz: is damaged"):
        remove_reviews(data, are_gone)


def test_there_may_be_no_folder():
    assert remove_reviews(memory_folder(), are_gone) == {}
