"""Acceptance of every export target over real logs, documents and tool calls.

What the files hold is compared with the examples of the same version, and shown to validators that
others made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

import orjson
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.release.examples import Example, Message, read_rows
from ftdata.release.exports import EXPORTERS
from ftdata.release.exports.exporter import Exporter, Problem, features_of
from ftdata.release.openai_types import invalid_rows
from ftdata.release.plan import Release
from ftdata.settings_exports import TargetName
from ftdata.tables import SPLITS
from ftdata_tests.release.exports import test_gemini, test_mistral, test_nova
from ftdata_tests.release.exports.conversations import (
    HELLO,
    TWO_TURNS,
    WEATHER,
    example,
    rules,
    said,
)
from ftdata_tests.release.exports.test_together import checked
from ftdata_tests.release.exports.toolcalls import dialogues, function_calls

NAMES = list(EXPORTERS)


class Written(NamedTuple):
    """One target's files of the shared dataset, and the examples that were there to write."""

    exporter: Exporter
    report: Mapping[str, Any]
    examples: Mapping[str, list[Example]]  # by split; of its kind, pairs or not
    refused: frozenset[str]  # ids
    rows: Mapping[str, list[Any]]  # by split

    def taken(self, split: str) -> list[Example]:
        return [one for one in self.examples[split] if one.id not in self.refused]

    def pairs(self) -> Iterator[tuple[Example, list[Any]]]:
        """Each example that is taken, with its rows in the file."""
        for split in SPLITS:
            rows = iter(self.rows[split])
            for one in self.taken(split):
                yield one, [next(rows) for _ in made_rows(self.exporter, one)]


def made_rows(exporter: Exporter, told: Example) -> list[Any]:
    return [row for row in exporter.rows(told) if not isinstance(row, Problem)]


def read_file(path: Path) -> list[Any]:
    if not path.exists():
        return []
    if path.suffix == ".parquet":
        return list(pq.read_table(path).to_pylist())
    lines = path.read_bytes().split(b"\n")
    assert lines.pop() == b""
    return [orjson.loads(line) for line in lines]


@pytest.fixture(params=NAMES)
def written(request: pytest.FixtureRequest, shared_release: Release) -> Written:
    name = request.param
    return files_of(name, Path(str(shared_release.folder)), shared_release)


def files_of(name: str, folder: Path, release: Release) -> Written:
    exporter = EXPORTERS[name]
    told = all_examples(folder)
    refused = read_file(folder / "refused.jsonl")
    return Written(
        exporter,
        release.manifest["content"]["targets"][name],
        {
            split: [
                one
                for one in told
                if one.split == split and (one.rejected is not None) == (exporter.holds == "pairs")
            ]
            for split in SPLITS
        },
        frozenset(one["example"] for one in refused if one["target"] == name),
        {split: read_file(folder / exporter.file(split)) for split in SPLITS},
    )


@cache
def all_examples(folder: Path) -> list[Example]:
    return list(read_rows(pq.read_table(folder / "examples.parquet")))


def test_the_dataset_has_what_targets_differ_in(shared_release: Release) -> None:
    told = all_examples(Path(str(shared_release.folder)))
    assert {feature for one in told for feature in features_of(one)} >= {
        "tools", "tool_calls", "weights", "history",
    }  # fmt: skip
    assert sum(one.rejected is not None for one in told) >= 10
    assert len({one.id for one in told}) == len(told) > 100


def test_rows_are_examples_less_refusals(written: Written) -> None:
    counts = {
        split: sum(len(made_rows(written.exporter, one)) for one in written.taken(split))
        for split in SPLITS
    }
    assert {split: len(rows) for split, rows in written.rows.items()} == counts
    assert written.report["rows"] == counts
    assert sum(written.report["refused"].values()) == len(written.refused)
    assert written.taken("train")


def test_no_row_breaks_a_rule(written: Written) -> None:
    for rows in written.rows.values():
        assert [rules(written.exporter.problems(row)) for row in rows] == [[] for _ in rows]


def test_a_refused_example_breaks_a_rule(written: Written) -> None:
    for split in SPLITS:
        for one in written.examples[split]:
            if one.id in written.refused:
                has_feature = set(features_of(one)) & written.exporter.refuses
                assert has_feature or broken(written.exporter, one)


def broken(exporter: Exporter, told: Example) -> bool:
    made = list(exporter.rows(told))
    found = [row for row in made if isinstance(row, Problem)]
    found += [one for row in made if isinstance(row, dict) for one in exporter.problems(row)]
    return not made or any(problem.level == "error" for problem in found)


# Targets of which a row is a text, or a few: who said what is read back as far as that tells it.
FLAT = ("prompt_completion",)


def test_what_is_read_back_is_what_was_said(written: Written) -> None:
    exporter = written.exporter
    compared = 0
    for told, rows in written.pairs():
        if not set(features_of(told)) <= exporter.carries | {"weights"}:
            continue
        readings = [exporter.read(row) for row in rows]
        compared += 1
        if exporter.name in FLAT:
            trained = [m.content for m in told.messages if m.is_trained and not m.tool_calls]
            replies = [read.messages[-1].content for read in readings]
            assert [text for text in trained if text not in replies] == []
            continue
        for read in readings:
            assert plain(read.messages) == plain(told.messages[: len(read.messages)])
            if "tools" in exporter.carries:
                assert read.tools == told.tools
        assert longest(readings) >= last_trained(told, exporter)
        if exporter.holds == "pairs":
            ends = {read.rejected for read in readings if read.rejected is not None}
            whole = [one for one in readings if len(one.messages) == len(told.messages)]
            ends |= {one.messages[-1].content for one in whole}
            assert ends == {told.messages[-1].content, told.rejected}
    assert compared


def longest(readings: Sequence[Any]) -> int:
    return max(len(read.messages) for read in readings)


def last_trained(told: Example, exporter: Exporter) -> int:
    """How many messages have to come back: where weights are carried, all to the last trained."""
    if "weights" not in exporter.carries and "weights" in set(features_of(told)):
        return 1
    return max(at for at, m in enumerate(told.messages, start=1) if m.is_trained)


def plain(messages: Sequence[Message]) -> list[Any]:
    """Roles, texts, and calls as values, with ids numbered in the order in which they come."""
    ids: dict[str | None, int] = {None: 0}
    return [
        (
            m.role,
            m.content or "",
            [
                (ids.setdefault(one["id"], len(ids)), one["function"]["name"], arguments(one))
                for one in m.tool_calls or ()
            ],
            ids.get(m.tool_call_id),
        )
        for m in messages
    ]


def arguments(one: Mapping[str, Any]) -> Any:
    return orjson.loads(one["function"]["arguments"])


def test_calls_are_those_of_the_raw_files(written: Written, shared_release: Release) -> None:
    """Names and arguments of calls, from the shared data to the row and back."""
    if "tool_calls" not in written.exporter.carries or written.exporter.name in FLAT:
        pytest.skip("does not carry calls")
    raw = raw_calls()
    records = record_of(Path(str(shared_release.folder)))
    compared = 0
    for told, rows in written.pairs():
        wanted = raw.get(records[told.id], [])
        if wanted and "weights" not in set(features_of(told)):
            (*_, read) = (written.exporter.read(row) for row in rows)
            found = [
                (one["function"]["name"], arguments(one))
                for m in read.messages
                for one in m.tool_calls or ()
            ]
            assert found == wanted
            compared += 1
    assert compared >= (1 if written.exporter.holds == "pairs" else 30)


@cache
def raw_calls() -> dict[str, list[Any]]:
    """By record."""
    return {
        record["id"]: [
            (one["function"]["name"], arguments(one))
            for message in record["messages"]
            for one in message.get("tool_calls", ())
        ]
        for record in [*dialogues(60), *function_calls(40)]
    }


@cache
def record_of(folder: Path) -> dict[str, str]:
    """The raw record of each example that is of one alone."""
    table = pq.read_table(folder / "examples.parquet", columns=["id", "record_ids"])
    ids = table.column("id").to_pylist()
    return {
        one: records[0] if len(records) == 1 else ""
        for one, records in zip(ids, table.column("record_ids").to_pylist(), strict=True)
    }


def boto(rows: Sequence[Any], _: Path) -> None:
    assert [test_nova.invalid(row) for row in rows] == [""] * len(rows)


def genai(rows: Sequence[Any], _: Path) -> None:
    for row in rows:
        test_gemini.validate(row)


def mistral_common(rows: Sequence[Any], _: Path) -> None:
    for row in rows:
        test_mistral.validate(row)


def together(rows: Sequence[Any], folder: Path) -> None:
    """Its check knows no tools: rows without them alone."""
    plain_rows = [row for row in rows if b'"tool' not in orjson.dumps(row)]
    assert plain_rows
    assert checked(folder / "rows.jsonl", *plain_rows) == ""


def openai_types(rows: Sequence[Any], folder: Path) -> None:
    from upath import UPath

    path = UPath(folder / "rows.jsonl")
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    assert invalid_rows(path) == []


VALIDATORS: dict[str, Callable[[Sequence[Any], Path], None]] = {
    "openai": openai_types,
    "nova": boto,
    "gemini": genai,
    "gemini_preference": genai,
    "mistral": mistral_common,
    "together": together,
    "together_preference": together,
    "fireworks": openai_types,
}


@pytest.mark.parametrize("name", VALIDATORS)
def test_others_take_every_row(name: str, shared_release: Release, tmp_path: Path) -> None:
    written = files_of(name, Path(str(shared_release.folder)), shared_release)
    VALIDATORS[name]([row for rows in written.rows.values() for row in rows], tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_a_target_is_told_in_full(name: str) -> None:
    exporter = EXPORTERS[name]
    assert exporter.name == name
    assert exporter.folder in ("", f"exports/{name}")
    assert exporter.loss.endswith(".")
    assert not exporter.carries & exporter.refuses


def test_every_target_has_a_name_in_the_settings() -> None:
    assert set(get_args(TargetName)) == set(NAMES)


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False),
        st.text(max_size=5), st.sampled_from(["user", "assistant", "tool", "model", "{}"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=3,
)  # fmt: skip


@cache
def good_rows(name: str) -> list[Any]:
    exporter = EXPORTERS[name]
    told = [HELLO, TWO_TURNS, WEATHER]
    if exporter.holds == "pairs":
        told = [one._replace(rejected="No.") for one in told]
    taken = [one for one in told if not set(features_of(one)) & exporter.refuses]
    return [row for one in taken for row in made_rows(exporter, one)]


def changed(data: st.DataObject, value: Any) -> Any:
    """The value with something else at a place in it."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 3)):
        key = data.draw(st.sampled_from(sorted(value)))
        if not data.draw(st.integers(0, 3)):
            return {other: value[other] for other in value if other != key}
        return {**value, key: changed(data, value[key])}
    if isinstance(value, list) and value and data.draw(st.integers(0, 3)):
        place = data.draw(st.integers(0, len(value) - 1))
        return [*value[:place], changed(data, value[place]), *value[place + 1 :]]
    return data.draw(JSON)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40)
@given(data=st.data())
def test_rules_never_fail_and_what_passes_can_be_read(name: str, data: st.DataObject) -> None:
    exporter = EXPORTERS[name]
    row = data.draw(st.sampled_from(good_rows(name)))
    for _ in range(data.draw(st.integers(1, 2))):
        row = changed(data, row)
    problems = list(exporter.problems(row))
    assert all(problem.rule and problem.message for problem in problems)
    if not rules(problems):
        exporter.read(row)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("tools", [["f"], [None, 1], [{"type": "function", "function": []}], [{}]])
def test_tools_of_any_shape_do_not_stop_a_build(name: str, tools: list[Any]) -> None:
    exporter = EXPORTERS[name]
    told = example(said("user", "Hi"), said("assistant", "Hello."), tools=tools)
    if exporter.holds == "pairs":
        told = told._replace(rejected="What?")
    for row in made_rows(exporter, told):
        assert all(problem.rule for problem in exporter.problems(row))


@pytest.mark.parametrize("name", [name for name in NAMES if EXPORTERS[name].schema is None])
def test_datasets_loads_every_row(name: str, shared_release: Release, tmp_path: Path) -> None:
    from datasets import Dataset, disable_progress_bars

    disable_progress_bars()
    folder = Path(str(shared_release.folder))
    written = files_of(name, folder, shared_release)
    for split, rows in written.rows.items():
        if rows:
            path = str(folder / written.exporter.file(split))
            loaded = Dataset.from_json(path, cache_dir=str(tmp_path), keep_in_memory=True)
            assert len(loaded) == len(rows)
