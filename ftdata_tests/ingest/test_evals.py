"""Evaluation sets: every item is read, or the file and line that is none is named."""

import gzip
import hashlib
import os

import pytest
from upath import UPath

from ftdata.errors import IngestError
from ftdata.ingest.evals import evaluations_state, read_evaluations
from ftdata_tests.ingest.raw_data import jsonl, memory_folder, put

LIMIT = 4_096


def read(files, limit=LIMIT):
    data = memory_folder()
    for name, content in files.items():
        put(data, f"evals/{name}", content)
    return read_evaluations(data, limit)


def refusal(content, name="a.jsonl"):
    with pytest.raises(IngestError) as caught:
        read({name: content})
    return str(caught.value)


def test_no_folder_and_an_empty_one_hold_no_sets(tmp_path):
    assert read_evaluations(UPath(tmp_path), LIMIT).files == ()
    (tmp_path / "evals").mkdir()
    assert read_evaluations(UPath(tmp_path), LIMIT).items == ()
    assert evaluations_state(UPath(tmp_path)) == []


def test_items_keep_their_place_and_id():
    content = jsonl(
        {"task_id": "HumanEval/0", "prompt": "def f():"},
        b"",
        {"question": "Who?", "id": 7},
        {"text": "A text\nof two lines"},
    )
    (file,) = (found := read({"set.jsonl": content})).files
    assert (file.path, file.items, file.bytes) == ("evals/set.jsonl", 3, len(content))
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert [(i.file, i.line, i.id, i.texts) for i in found.items] == [
        ("evals/set.jsonl", 1, "HumanEval/0", ("def f():",)),
        ("evals/set.jsonl", 3, "7", ("Who?",)),
        ("evals/set.jsonl", 4, "4", ("A text\nof two lines",)),
    ]


def test_a_line_with_two_texts_is_found_by_either():
    found = read({"a.jsonl": jsonl({"prompt": "Answer: why?", "question": "why?", "text": "why?"})})
    assert [item.texts for item in found.items] == [("Answer: why?",), ("why?",)]
    assert found.files[0].items == 1


@pytest.mark.parametrize(
    "choices",
    [
        {"choices": ["red", "blue"]},
        {"options": {"A": "red", "B": "blue"}},
        {"choices": {"text": ["red", "blue"], "label": ["A", "B"]}},
        {"options": ["red", None, " ", 3, "blue"]},
    ],
)
def test_choices_follow_the_question(choices):
    found = read({"a.jsonl": jsonl({"question": "Which colour?", **choices})})
    assert found.items[0].texts == ("Which colour?", "red", "blue")


@pytest.mark.parametrize(
    "bad_id", ["", "x" * 201, "two\nlines", True, 1.5, ["a"]], ids=["", "long", "n", "b", "f", "l"]
)
def test_what_is_no_name_is_no_id(bad_id):
    found = read({"a.jsonl": jsonl({"id": bad_id, "prompt": "p"})})
    assert found.items[0].id == "1"


def test_files_come_by_name_in_every_compression():
    line = jsonl({"prompt": "p"})
    found = read({"b.ndjson": line, "a.jsonl.gz": gzip.compress(line), "C.JSONL": line})
    assert [file.path for file in found.files] == [
        "evals/C.JSONL", "evals/a.jsonl.gz", "evals/b.ndjson",
    ]  # fmt: skip


def test_what_belongs_beside_a_set_is_left_alone():
    files = {"README.md": b"about", "LICENSE": b"MIT", ".gitkeep": b"", "a.jsonl": b'{"text":"t"}'}
    assert [file.path for file in read(files).files] == ["evals/a.jsonl"]


@pytest.mark.parametrize(
    ("content", "where", "what"),
    [
        (b'{"prompt": "a"}\n{"prompt": \n', "a.jsonl:2", "bad_json"),
        (b'{"prompt": "a"}\n["b"]\n', "a.jsonl:2", "not_an_object"),
        (b'{"prompt": "a"}\n{"prompt": "\xff\xfe"}\n', "a.jsonl:2", "invalid_utf8"),
        (jsonl({"prompt": "x" * LIMIT}), "a.jsonl:1", "extraction.max_line_bytes"),
        (jsonl({"input": "a"}), "a.jsonl:1", "prompt, question, text"),
        (jsonl({"prompt": "", "question": " \n", "text": None}), "a.jsonl:1", "empty"),
        (jsonl({"prompt": [{"role": "user"}]}), "a.jsonl:1", "prompt is no text"),
        (jsonl({"prompt": "a", "text": 3}), "a.jsonl:1", "text is no text"),
        (b"", "a.jsonl", "no evaluation item"),
        (b"\n \n", "a.jsonl", "no evaluation item"),
        ('{"prompt": "a"}'.encode("utf-16"), "a.jsonl", "not a text file"),
        (b"\x1f\x8b" + b"\0" * 50, "a.jsonl", "not a text file"),
    ],
)
def test_what_is_no_item_is_named(content, where, what):
    message = refusal(content)
    assert message.startswith(f"evals/{where}:")
    assert what in message


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.json", "a.jsonl.part", "a.jsonl~", "a.zip"])
def test_what_is_no_set_is_named(name):
    assert refusal(b"x", name).startswith(f"evals/{name}: ")


def test_a_truncated_file_is_named():
    assert "truncated" in refusal(gzip.compress(jsonl({"prompt": "p"}))[:-6], "a.jsonl.gz")


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path):
    (tmp_path / "evals" / "mmlu").mkdir(parents=True)
    with pytest.raises(IngestError, match=r"evals/mmlu: a folder: .* evals/ itself"):
        read_evaluations(UPath(tmp_path), LIMIT)
    assert "a folder" in evaluations_state(UPath(tmp_path))[0][1]


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "evals").write_text("{}")
    with pytest.raises(IngestError, match=r"move it to evals/<name>\.jsonl"):
        read_evaluations(UPath(tmp_path), LIMIT)


def test_a_link_out_of_the_data_folder_is_refused(tmp_path):
    secret = tmp_path / "elsewhere.jsonl"
    secret.write_text('{"prompt": "p"}')
    evals = tmp_path / "data" / "evals"
    evals.mkdir(parents=True)
    (evals / "a.jsonl").symlink_to(secret)
    with pytest.raises(IngestError, match=r"evals/a.jsonl: a link that leads outside"):
        read_evaluations(UPath(tmp_path / "data"), LIMIT)
    (evals / "a.jsonl").unlink()
    (evals / "b.jsonl").symlink_to(tmp_path / "nothing")
    with pytest.raises(IngestError, match="a link to nothing"):
        read_evaluations(UPath(tmp_path / "data"), LIMIT)


def test_the_folder_itself_may_be_a_link(tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "a.jsonl").write_text('{"prompt": "p"}')
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "evals").symlink_to(shared)
    assert len(read_evaluations(UPath(tmp_path / "data"), LIMIT).items) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path):
    path = tmp_path / "evals" / "a.jsonl"
    path.parent.mkdir()
    path.write_text('{"prompt": "p"}')
    path.chmod(0)
    assert "cannot be read" in evaluations_state(UPath(tmp_path))[0][1]
    with pytest.raises(IngestError, match="make it readable"):
        read_evaluations(UPath(tmp_path), LIMIT)


def test_the_state_is_that_of_the_bytes(tmp_path):
    path = tmp_path / "evals" / "a.jsonl"
    path.parent.mkdir()
    path.write_text('{"prompt": "p"}\n')
    state = evaluations_state(UPath(tmp_path))
    (file,) = read_evaluations(UPath(tmp_path), LIMIT).files
    assert state == [[file.path, file.sha256]]
    path.write_text('{"prompt": "q"}\n')
    assert evaluations_state(UPath(tmp_path)) != state
    path.write_text("{")  # malformed, and yet a state: building tells what is wrong
    assert evaluations_state(UPath(tmp_path)) != state
