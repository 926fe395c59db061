"""Files cut into pieces: nothing lost, no line cut, whatever the file is packed in."""

import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.checking.pieces import PIECE_BYTES, STDIN, read_pieces
from ftdata.errors import IngestError, UsageError
from ftdata_tests.checking.rows import encoded, row

LIMIT = 3 * PIECE_BYTES
LONG = b"x" * (PIECE_BYTES + 7)
CONTENT = b"a\n\n" + LONG + b"\nb\n" + b"c" * 100 + b"\n"


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return str(path)


def pieces(path, limit=LIMIT):
    return list(read_pieces(path, limit))


@pytest.mark.parametrize(
    "pack",
    [bytes, gzip.compress, lambda content: pa.Codec("zstd").compress(content, asbytes=True)],
    ids=["plain", "gzip", "zstd"],
)
def test_the_pieces_of_a_file_are_the_file(tmp_path, pack):
    found = pieces(write(tmp_path, "any.name", pack(CONTENT)))
    assert b"".join(piece.data for piece in found) == CONTENT
    assert all(piece.data.endswith(b"\n") for piece in found)


def test_the_same_file_is_cut_the_same_way(tmp_path):
    path = write(tmp_path, "a.jsonl", CONTENT * 3)
    assert pieces(path) == pieces(path)


@given(st.lists(st.binary(max_size=30).map(lambda text: text.replace(b"\n", b"")), min_size=1))
def test_a_last_line_without_an_end_says_so(tmp_path_factory, lines):
    content = b"\n".join(lines)
    found = pieces(write(tmp_path_factory.mktemp("p"), "a", b"{}\n" + content))
    assert b"".join(piece.data for piece in found) == b"{}\n" + content
    assert found[-1].ends_file == (bool(content) and not content.endswith(b"\n"))


def test_a_line_that_is_too_long_is_not_held(tmp_path):
    content = b"a\n" + b"x" * (20 * PIECE_BYTES) + b"\nb\n"
    found = pieces(write(tmp_path, "a.jsonl", content), limit=2 * PIECE_BYTES)
    assert [(piece.data, piece.is_too_long) for piece in found] == [
        (b"a\n", False), (b"", True), (b"b\n", False),
    ]  # fmt: skip


def test_standard_input(monkeypatch):
    given = io.TextIOWrapper(io.BufferedReader(io.BytesIO(gzip.compress(CONTENT))))
    monkeypatch.setattr("sys.stdin", given)
    assert b"".join(piece.data for piece in pieces(STDIN)) == CONTENT


def test_parquet_cannot_come_from_standard_input(monkeypatch):
    given = io.TextIOWrapper(io.BufferedReader(io.BytesIO(b"PAR1")))
    monkeypatch.setattr("sys.stdin", given)
    with pytest.raises(UsageError, match="name the file"):
        pieces(STDIN)


def test_the_rows_of_a_table_come_in_order(tmp_path):
    rows = [row(f"Hi {n}", "Hello.") for n in range(2_500)]
    path = str(tmp_path / "a.parquet")
    pq.write_table(pa.Table.from_pylist(rows), path)
    found = pieces(path)
    assert len(found) == 3
    assert all(piece.is_table for piece in found)
    read = [one for piece in found for one in pa.ipc.open_stream(piece.data).read_all().to_pylist()]
    assert read == rows


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (gzip.compress(CONTENT * 9)[:-300], "is cut off"),
        (gzip.compress(CONTENT)[:-8] + bytes(8), "cannot be read to its end"),
        (pa.Codec("zstd").compress(CONTENT, asbytes=True)[:-9], "cannot be read to its end"),
        (b"PAR1 and no table", "cannot be read to its end"),
    ],
    ids=["gzip cut off", "gzip changed", "zstd cut off", "parquet"],
)
def test_a_damaged_file_is_named(tmp_path, content, told):
    path = write(tmp_path, "a.jsonl", content)
    with pytest.raises(IngestError, match=f"a.jsonl: {told}"):
        pieces(path)


@pytest.mark.parametrize("name", ["absent.jsonl", "."])
def test_what_is_no_file_is_misuse(tmp_path, name):
    with pytest.raises(UsageError, match="name a file that can be read"):
        pieces(str(tmp_path / name))


def test_an_empty_file_has_no_piece(tmp_path):
    assert pieces(write(tmp_path, "a.jsonl", b"")) == []
    assert pieces(write(tmp_path, "b.jsonl", encoded([]))) == []
    assert json.loads(pieces(write(tmp_path, "c.jsonl", b"{}"))[0].data) == {}
