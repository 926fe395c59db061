"""Rows of the owner's own form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from pydantic import ValidationError

from ftdata.errors import SettingsError
from ftdata.release.examples import Example
from ftdata.release.exports.custom import CUSTOM, custom_exporter, files_identity
from ftdata.release.exports.exporter import Exporter, Problem
from ftdata.settings_exports import Custom
from ftdata_tests.release.exports.conversations import (
    HELLO,
    TEXTS,
    TWO_TURNS,
    WEATHER,
    conversations,
    example,
    plain,
    said,
)

TAGGED = HELLO._replace(source="web", tags=(("category", "smalltalk"),), tokens=7)
CHAT = """\
{
  "dialogue": [
    {%- for message in messages if message.role != "system" %}
    {"who": {{ message.role | tojson }}, "says": {{ message.content | default("") | tojson }}}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
  ],
  "topic": {{ tags.category | tojson }}
}
"""
SCHEMA = {
    "type": "object",
    "required": ["dialogue"],
    "properties": {"dialogue": {"items": {"properties": {"who": {"enum": ["user", "assistant"]}}}}},
}


def of_template(folder: Path, text: str) -> Exporter:
    (folder / "row.jinja").write_text(text, encoding="utf-8")
    return custom_exporter(Custom(template="row.jinja").beside(str(folder)))


def of_schema(folder: Path, schema: object) -> Exporter:
    (folder / "row.schema.json").write_bytes(orjson.dumps(schema))
    return custom_exporter(Custom(json_schema="row.schema.json").beside(str(folder)))


def the_row(exporter: Exporter, told: Example) -> Any:
    (row,) = exporter.rows(told)
    return row


def test_fields_are_found_by_their_paths() -> None:
    fields = {
        "question": "prompt", "answer": "completion", "topic": "tags.category", "from": "source",
        "first": "messages.0.content", "last": "messages.-1.role", "length": "tokens",
    }  # fmt: skip
    assert the_row(custom_exporter(Custom(fields=fields)), TAGGED) == {
        "question": "Hi", "answer": "Hello.", "topic": "smalltalk", "from": "web",
        "first": "Hi", "last": "assistant", "length": 7,
    }  # fmt: skip


def test_a_field_without_a_value_is_left_out() -> None:
    assert the_row(custom_exporter(Custom(fields={"id": "id", "tools": "tools"})), HELLO) == {
        "id": "e"
    }


@pytest.mark.parametrize("path", ["tags.topic", "messages.9.content", "messages.x", "prompt.x"])
def test_a_field_that_an_example_has_not_refuses_it(path: str) -> None:
    problem = the_row(custom_exporter(Custom(fields={"a": "id", "topic": path})), TAGGED)
    assert isinstance(problem, Problem)
    assert (problem.rule, problem.where) == ("custom_field", "dataset.custom.fields.topic")


@pytest.mark.parametrize("path", ["question", "messages.", "", "ids"])
def test_a_path_begins_with_something_that_there_is(path: str) -> None:
    with pytest.raises(ValidationError):
        Custom(fields={"a": path})


def test_fields_beside_a_template_are_refused() -> None:
    with pytest.raises(ValidationError, match="nothing heeds it"):
        Custom(fields={"a": "id"}, template="row.jinja")


@given(told=conversations(several=True))
def test_by_default_the_conversation_is_read_back(told: Example) -> None:
    found = CUSTOM.read(the_row(CUSTOM, told))
    assert plain(found.messages, weights=True) == plain(told.messages, weights=True)
    assert found.tools == told.tools


def test_a_template_writes_this_row(tmp_path: Path) -> None:
    told = TWO_TURNS._replace(tags=TAGGED.tags)
    assert the_row(of_template(tmp_path, CHAT), told) == {
        "dialogue": [
            {"who": "user", "says": "Hi"},
            {"who": "assistant", "says": "Hello."},
            {"who": "user", "says": "Bye"},
            {"who": "assistant", "says": "See you."},
        ],
        "topic": "smalltalk",
    }


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_awkward_texts_survive(tmp_path: Path, text: str) -> None:
    told = example(said("user", text), said("assistant", f"{text}."), tags=TAGGED.tags)
    (asked, answered) = the_row(of_template(tmp_path, CHAT), told)["dialogue"]
    assert (asked["says"], answered["says"]) == (text, f"{text}.")


def test_a_row_of_another_form_cannot_be_read(tmp_path: Path) -> None:
    exporter = of_template(tmp_path, CHAT)
    assert exporter.read(the_row(exporter, TAGGED)).messages == []


@pytest.mark.parametrize(
    ("text", "rule", "where"),
    [
        ("{\n{{ tags.topic }}}", "custom_template", "row.jinja:2"),
        ("{{ nothing }}", "custom_template", "row.jinja:1"),
        ("\n\n{{ 1 / 0 }}", "custom_template", "row.jinja:3"),
        ("{{ prompt * 9 }}", "custom_template", "row.jinja:1"),
        ("{{ 9 ** 9 }}", "custom_template", "row.jinja:1"),
        ("{% set a = 9 * 10000000000000000000 %}{{ a * a }}", "custom_template", "row.jinja:1"),
        ("{{ prompt | truncate(-5) }}", "custom_template", "row.jinja:1"),
        ("{{ '%99999s' % prompt }}", "custom_template", "row.jinja:1"),
        ("{{ prompt.__class__ }}", "custom_template", "row.jinja:1"),
        ("{{ messages.append }}", "custom_template", "row.jinja:1"),
        ("{{ prompt['__class__'] }}", "custom_template", "row.jinja:1"),
        ("{{ messages | map(attribute='__class__') | join }}", "custom_template", "row.jinja:1"),
        ("{{ range }}", "custom_template", "row.jinja:1"),
        ('{"a": {{ prompt }}}', "custom_no_json", "row.jinja"),
        ("[1]", "row_no_object", "row.jinja"),
        ("", "custom_no_json", "row.jinja"),
    ],
)
def test_what_goes_wrong_with_an_example_names_the_line(
    tmp_path: Path, text: str, rule: str, where: str
) -> None:
    problem = the_row(of_template(tmp_path, text), TAGGED)
    assert isinstance(problem, Problem)
    assert (problem.rule, problem.where) == (rule, where)


def test_a_row_has_an_end(tmp_path: Path) -> None:
    text = "{% for a in prompt %}{% for b in prompt %}{{ prompt }}{% endfor %}{% endfor %}"
    told = example(said("user", "x" * 400), said("assistant", "No."))
    problem = the_row(of_template(tmp_path, text), told)
    assert isinstance(problem, Problem)
    assert "characters" in problem.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{% macro m() %}{{ m() }}{% endmacro %}", "row.jinja:1: .*macros"),
        ("\n{% include 'x' %}", "row.jinja:2: .*other files"),
        ("{{ prompt.upper() }}", "row.jinja:1: .*calls"),
        ("{% for m in messages recursive %}{% endfor %}", "row.jinja:1: .*recursive loops"),
        ("{% for a in tags %}" * 4 + "{% endfor %}" * 4, "more than 3 loops"),
        ("{{ prompt | random }}", "No filter named 'random'"),
        ("{{ prompt | center(9999999) }}", "No filter named 'center'"),
        ("\n\n{% if %}", "row.jinja:3: dataset.custom.template"),
        ("{{ prompt", "row.jinja:1"),
    ],
)
def test_what_is_no_template_names_file_line_and_field(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        of_template(tmp_path, text)


def test_files_that_cannot_be_read_name_their_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none.jinja: dataset.custom.template: cannot be read"):
        custom_exporter(Custom(template="none.jinja").beside(str(tmp_path)))
    (tmp_path / "latin.json").write_bytes(b"\xff")
    with pytest.raises(SettingsError, match=r"latin.json: .*not UTF-8 at byte 0"):
        custom_exporter(Custom(json_schema="latin.json").beside(str(tmp_path)))


def test_the_schema_is_the_rule(tmp_path: Path) -> None:
    exporter = of_schema(tmp_path, SCHEMA)
    assert not list(exporter.problems({"dialogue": [{"who": "user"}]}))
    (problem,) = exporter.problems({"dialogue": [{"who": "user"}, {"who": "human"}]})
    assert (problem.rule, problem.where) == ("schema", "dialogue[1].who")
    assert [p.rule for p in exporter.problems({})] == ["schema"]
    assert [p.rule for p in exporter.problems([])] == ["row_no_object"]


def test_a_reference_out_of_the_schema_is_not_followed(tmp_path: Path) -> None:
    exporter = of_schema(tmp_path, {"$ref": "https://example.com/row.json"})
    assert [problem.rule for problem in exporter.problems({})] == ["schema_reference"]


@pytest.mark.parametrize(
    ("schema", "words"),
    [(b"{", "row.json:1: dataset.custom.json_schema: no JSON"), (b'{"type": 1}', "no JSON Schema")],
)
def test_what_is_no_schema_is_refused(tmp_path: Path, schema: bytes, words: str) -> None:
    (tmp_path / "row.json").write_bytes(schema)
    with pytest.raises(SettingsError, match=words):
        custom_exporter(Custom(json_schema="row.json").beside(str(tmp_path)))


def test_the_identity_is_that_of_the_files_content(tmp_path: Path) -> None:
    options = Custom(template="row.jinja").beside(str(tmp_path))
    seen = set()
    for text in ("{}", "{ }", "{}"):
        (tmp_path / "row.jinja").write_text(text)
        seen.add(files_identity(options))
    assert len(seen) == 2
    assert files_identity(Custom()) == ""


def test_calls_are_told_as_in_the_datasets_own_rows(tmp_path: Path) -> None:
    text = '{"calls": {{ messages | selectattr("tool_calls", "defined") | list | tojson }}}'
    (called,) = the_row(of_template(tmp_path, text), WEATHER)["calls"]
    assert called["tool_calls"] == WEATHER.messages[1].tool_calls
