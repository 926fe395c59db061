"""Synthetic sources: what is read of their folder, what is asked for, and what becomes of it."""

import json
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.chat import Refused
from ftdata.errors import IngestError
from ftdata.generation.synthetic import Pair, Pairs, synthesise
from ftdata.generation.synthetic_plan import DIFFICULTIES, STYLES, plan
from ftdata.generation.synthetic_task import Seed, Task, read_task
from ftdata.generation.written import Writer
from ftdata.keys import PartitionKey
from ftdata.settings_documents import Synthetic
from ftdata_tests.fake_model import FakeModel

KEY = PartitionKey(date="2026-01-01", source="made")
FOLDER = "raw/made/2026-01-01/"
TASK = Task(
    f"{FOLDER}task.md",
    "Help people who rent canoes from Ana Ruiz.",
    ["Canoes are rented by the hour.", "Ana Ruiz has the keys."],
    [Seed("What is a canoe?", "A boat. Ana Ruiz has some.")],
)


@dataclass(frozen=True)
class File:
    path: str
    size: int = 1
    mtime_ns: int = 2


def read(**contents):
    files = {FOLDER + name.replace("__", "/").replace("_", "."): data for name, data in
             contents.items()}  # fmt: skip
    return read_task(KEY, [File(path) for path in files], files.__getitem__)


def numbered(request):
    """As many examples as asked for, each named by its request."""
    lines = request.user.split("\n")
    [line] = [line for line in lines if line.startswith("Write ")]
    size, number = line.split()[1], line.split()[-1].rstrip(").")
    made = [Pair(prompt=f"Q {number}.{n}?", completion=f"A {n}.") for n in range(int(size))]
    return Pairs(examples=tuple(made))


def made_by(reply, options, task=TASK):
    model = FakeModel(reply)
    result = synthesise(task, Writer(model, lambda text: text.replace("Ana Ruiz", "[N]")), options,
                        KEY)  # fmt: skip
    assert result.rows_in == result.rows_out + result.drops.num_rows
    assert result.rows_out == result.table.num_rows
    return model, result


def test_a_task_is_read():
    seeds = b'{"prompt": " a ", "completion": "b", "more": 1}\n\n{"prompt": "c"}\nno\n[]\n'
    task, facts = read(
        task_md="\ufeffHelp.\n".encode(), a_txt=b"Note.", sub__b_md=b" ", s_jsonl=seeds
    )
    assert (task.file, task.text, task.notes) == (f"{FOLDER}task.md", "Help.", ["Note."])
    assert task.seeds == [Seed("a", "b")]
    assert [(drop["line"], drop["reason"], drop["detail"]) for drop in task.drops] == [
        (3, "malformed_seed", "completion is missing, empty or no text"),
        (4, "malformed_seed", "no JSON"),
        (5, "malformed_seed", "no JSON object"),
    ]
    assert [fact["path"] for fact in facts] == sorted(fact["path"] for fact in facts)
    assert all(len(fact["sha256"]) == 64 for fact in facts)


def test_a_file_that_cannot_be_taken_is_named():
    task, _ = read(task_md=b"Help.", a_pdf=b"%PDF", b_txt=b"\xff\xfe", c_md=b"x" * 10_485_761)
    assert [(drop["file"], drop["reason"], drop["quarantined"]) for drop in task.drops] == [
        (f"{FOLDER}a.pdf", "unknown_format", True),
        (f"{FOLDER}b.txt", "not_utf8", True),
        (f"{FOLDER}c.md", "too_large", True),
    ]


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        ({"a_txt": b"Note."}, r"task\.md: missing or empty: write there what"),
        ({"task_md": b" \n"}, r"task\.md: missing or empty"),
        ({"task_md": b"\xff"}, r"task\.md: byte 0 is no UTF-8: mend it"),
    ],
)
def test_without_a_task_nothing_is_made(contents, words):
    with pytest.raises(IngestError, match=words):
        read(**contents)


def test_a_file_that_cannot_be_read_is_named():
    def load(path):
        raise PermissionError(13, "Permission denied")

    with pytest.raises(IngestError, match=r"task\.md cannot be read \(Permission denied\)"):
        read_task(KEY, [File(f"{FOLDER}task.md")], load)


@given(
    st.integers(1, 400), st.integers(1, 9), st.integers(0, 7), st.integers(1, 300)
)  # fmt: skip
def test_a_plan_grows_at_its_end_alone(count, per_request, skills, more):
    names = tuple(f"skill {number}" for number in range(skills))
    options = Synthetic(count=count, per_request=per_request, skills=names)
    first = list(plan(options))
    assert sum(wanted.size for wanted in first) == count
    longer = list(plan(options.model_copy(update={"count": count + more})))
    again = longer[: len(first)]
    assert again[:-1] == first[:-1]
    assert again[-1]._replace(size=first[-1].size) == first[-1]


@pytest.mark.parametrize("skills", [(), ("a",), ("a", "b"), ("a", "b", "c", "d", "e", "f", "g")])
def test_a_plan_is_balanced(skills):
    width = max(len(skills), 1)
    cells = list(plan(Synthetic(count=width * 25, per_request=1, skills=skills)))
    assert len({(c.skill, c.difficulty, c.style) for c in cells}) == width * 25
    few = cells[: 5 * width]
    for name, values in (("difficulty", DIFFICULTIES), ("style", STYLES)):
        assert Counter(getattr(c, name) for c in few) == dict.fromkeys(values, width)


def test_rows():
    options = Synthetic(count=12, per_request=5, skills=("renting", "paddling"))
    model, result = made_by(numbered, options)
    assert [len(model.sent), result.rows_out] == [3, 12]
    row = result.table.to_pylist()[7]
    assert [message["content"] for message in row["messages"]] == ["Q 2.2?", "A 2."]
    assert [message["role"] for message in row["messages"]] == ["user", "assistant"]
    assert dict(row["tags"]) == {
        "complexity": "simple", "difficulty": "2", "skill": "paddling", "style": "typos"
    }  # fmt: skip
    assert row["provenance"] == "synthetic/writer-1"
    assert row["origins"] == [f"{FOLDER}task.md:1"]
    assert row["conversation_id"] == row["id"]
    assert row["kind"] == "typos"
    assert json.loads(row["metadata"]) == {"generator": "writer-1", "request": 2}
    assert result.table.column("position").to_pylist() == list(range(12))
    assert len(set(result.table.column("id").to_pylist())) == 12
    assert result.facts["by_skill"] == {"paddling": 5, "renting": 7}


def test_no_two_requests_are_the_same():
    model, _ = made_by(numbered, Synthetic(count=600, per_request=5))
    assert len({request.user for request in model.sent}) == len(model.sent) == 120


def test_nothing_private_is_sent():
    model, _ = made_by(numbered, Synthetic(count=30))
    assert all("Ana" not in request.user for request in model.sent)
    assert all(request.user.count("[N]") == 3 for request in model.sent)


def test_long_notes_and_many_seeds_take_turns():
    notes = ["\n\n".join(f"Note {number}. " + "x" * 500 for number in range(100)), "y" * 30_000]
    seeds = [Seed(f"Q{number}", f"A{number}") for number in range(8)]
    task = Task(TASK.file, TASK.text, notes, seeds)
    model, _ = made_by(numbered, Synthetic(count=60), task)
    sent = "\n".join(request.user for request in model.sent)
    assert all(f"Note {number}." in sent for number in range(100))
    assert sent.count("y" * 9_000)
    assert all(f"prompt: Q{number}\n" in sent for number in range(8))
    assert all(len(request.user) < 15_000 for request in model.sent)


def test_what_is_wanted_and_not_there_is_a_drop():
    def reply(request):
        number = int(request.user.rsplit("(set ", 1)[1].split(")")[0])
        if number == 1:
            return Refused("model_refused", "the model declined", None)
        made = [Pair(prompt="what is a CANOE", completion="x")] if number == 2 else []
        made += [Pair(prompt=f"Q {number // 4}?", completion="y")]
        return Pairs(examples=tuple(made))

    _, result = made_by(reply, Synthetic(count=9, per_request=3))
    drops = Counter((drop["reason"], drop["quarantined"]) for drop in result.drops.to_pylist())
    assert drops == {
        ("model_refused", True): 3,
        ("exact_duplicate", False): 2,
        ("not_written", True): 3,
    }
    assert result.rows_out == 1
    assert {drop["file"] for drop in result.drops.to_pylist()} == {TASK.file}


def test_drops_of_the_task_are_told_beside_those_of_its_examples():
    task, _ = read(task_md=b"Help.", s_jsonl=b"no\n")
    _, result = made_by(numbered, Synthetic(count=2), task)
    assert (result.rows_in, result.rows_out) == (3, 2)
