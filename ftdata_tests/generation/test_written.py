"""The model as writer: what it is sent, which answers stay, what is dropped and why."""

import json
import re

import pytest

from ftdata.chat import Refused
from ftdata.generation.examples import generate_examples
from ftdata.generation.reuse import Known
from ftdata.generation.written import Exchange, Instruction, Writer
from ftdata.prompt_files import prompts_identity, read_prompt
from ftdata.settings_documents import Generation
from ftdata_tests.fake_model import FakeModel
from ftdata_tests.generation.written import documents_table, section_of_pieces

BODY = (
    "A widget must be restarted after 14 days, since its cache grows. Ask Ana Ruiz at"
    " ana@corp.example before the restart.",
    "1. Stop the widget with `widget stop`.\n2. Empty the cache.\n3. Start the widget again.",
)
SECTION = section_of_pieces(("Widgets", "Restart the widget"), *BODY)
TABLE = documents_table([SECTION])
OPTIONS = Generation(writer="model", out_of_scope_share=0, max_kind_share=1)
BOTH = OPTIONS.model_copy(update={"answers": "model"})
RULES = generate_examples(TABLE, OPTIONS.model_copy(update={"writer": "rules"}))


def redact(text):
    return re.sub(r"Ana Ruiz|\S+@\S+", "[PRIVATE]", text)


def asking(*instructions):
    left = list(instructions) * 10
    return FakeModel(lambda _: Instruction(instruction=left.pop(0)))


def saying(answer, instruction="How do I restart a widget?"):
    return FakeModel(lambda _: Exchange(instruction=instruction, answer=answer))


def written(model, options=OPTIONS, known=None):
    result = generate_examples(TABLE, options, known, Writer(model, redact))
    assert result.rows_in == result.rows_out + result.drops.num_rows
    return result


def drop_of(result):
    drop = result.drops.to_pylist()[0]
    return drop["reason"], drop["detail"]


def test_the_model_asks_for_the_answer_that_rules_took():
    asked = [f"How do I restart widget {word}?" for word in ("now", "here", "again", "then")]
    rows = written(asking(*asked)).table.to_pylist()
    by_rules = RULES.table.to_pylist()
    assert [row["messages"][0]["content"] for row in rows] == asked[: len(rows)]
    assert [row["messages"][1] for row in rows] == [row["messages"][1] for row in by_rules]
    assert [row["spans"] for row in rows] == [row["spans"] for row in by_rules]
    assert [row["kind"] for row in rows] == [row["kind"] for row in by_rules]
    assert {row["provenance"] for row in rows} == {"generated/writer-1"}
    assert json.loads(rows[0]["metadata"])["generator"] == "writer-1"
    assert len({row["id"] for row in rows} - {row["id"] for row in by_rules}) == len(rows)


@pytest.mark.parametrize("options", [OPTIONS, BOTH])
def test_nothing_private_leaves(options):
    model = FakeModel(lambda _: Refused("model_refused", "x", None))
    written(model, options)
    assert model.sent
    for request in model.sent:
        assert "Ana" not in request.user
        assert "corp.example" not in request.user
        assert "[PRIVATE]" in request.user


def test_a_part_of_a_section_is_sent_as_the_whole_is_redacted():
    # Read by itself, no part would be redacted: it lacks the words that tell.
    model = FakeModel(lambda _: Refused("model_refused", "x", None))
    telling = "Ask Ana Ruiz"

    def redact_in_context(text):
        return text.replace("Ana Ruiz", "[N]") if telling in text and "Widgets" in text else text

    list(generate_examples(TABLE, OPTIONS, None, Writer(model, redact_in_context)).table)
    assert any("<answer>" in request.user for request in model.sent)
    assert all("Ana" not in request.user for request in model.sent)


def test_an_answer_of_the_model_has_no_spans():
    answer = "1. Stop the widget with `widget stop`.\n2. Empty its cache.\n3. Start it again."
    row = written(saying(answer), BOTH).table.to_pylist()[0]
    assert row["messages"][1]["content"] == answer
    assert row["spans"] == []
    assert row["provenance"] == "generated/writer-1"


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        ("Restart the widget after 30 days.", "the answer says 30"),
        ("Stop the widget with `widget halt`.", "the answer says `widget halt`"),
        ("Stop the widget, see https://corp.example/x", "the answer says https://corp.example/x"),
        (
            "Widgets profit enormously whenever administrators schedule nightly reboots.",
            "0.12 of the answer's words stand in the section",
        ),
    ],
)
def test_an_answer_that_its_section_does_not_hold_is_dropped(answer, detail):
    assert drop_of(written(saying(answer), BOTH)) == ("not_grounded", detail)


@pytest.mark.parametrize(
    ("instruction", "reason", "detail"),
    [
        ("Must I restart a widget after 30 days?", "not_grounded", "the instruction says 30"),
        (
            "Where do otters sleep?",
            "not_grounded",
            "no word of the instruction stands in the section",
        ),
        (
            "How do I restart a widget as described above?",
            "unclear_instruction",
            "refers to something: as described above",
        ),
    ],
)
def test_an_instruction_that_does_not_hold_is_dropped(instruction, reason, detail):
    assert drop_of(written(asking(instruction))) == (reason, detail)


def test_an_instruction_that_comes_twice_stays_once():
    result = written(asking("How do I restart a widget?"))
    assert result.rows_out == 1
    assert RULES.rows_out > 1
    assert {drop["reason"] for drop in result.drops.to_pylist()} == {"repeated_instruction"}


def test_what_the_model_does_not_write_is_quarantined_and_asked_again():
    refused = written(FakeModel(lambda _: Refused("truncated_answer", "cut off", None)))
    assert refused.rows_out == 0
    for drop in refused.drops.to_pylist():
        assert (drop["reason"], drop["quarantined"]) == ("truncated_answer", True)
        assert (drop["file"], drop["line"]) == ("raw/docs/2026-01-01/guide.md", 7)
    known = Known(TABLE, refused.table, refused.drops)
    again = asking("How do I restart a widget?")
    assert written(again, known=known).rows_out == 1
    made = written(again)
    settled = Known(TABLE, made.table, made.drops)
    model = asking("never asked")
    assert written(model, known=settled).rows_out == 1
    assert model.sent == []


def test_faulty_and_outside_drafts_are_not_sent():
    options = OPTIONS.model_copy(update={"out_of_scope_share": 0.5})
    model = asking("How do I restart a widget?")
    result = written(model, options)
    outside = [row for row in result.table.to_pylist() if row["kind"] == "out_of_scope"]
    assert outside
    assert {row["provenance"] for row in outside} == {"generated/rules"}
    assert len(model.sent) == RULES.rows_out


@pytest.mark.parametrize("name", ["instruction", "exchange", "synthetic"])
def test_a_prompt_has_its_version_and_its_content_in_its_name(name):
    prompt = read_prompt("generation", name)
    assert re.fullmatch(rf"{name} 1 [0-9a-f]{{12}}", prompt.version)
    assert prompt.system
    assert "${" not in prompt.system
    assert len(prompts_identity("generation")) == 12


def test_a_dollar_sign_in_a_section_is_text():
    values = dict.fromkeys(("kind", "style", "language"), "x")
    prompt = read_prompt("generation", "exchange")
    request = prompt.request(Exchange, **values, section="costs $5, ${kind}, $x")
    assert "costs $5, ${kind}, $x" in request.user


def test_a_section_cannot_end_the_tags_around_it():
    values = dict.fromkeys(("kind", "style", "language"), "x")
    prompt = read_prompt("generation", "exchange")
    request = prompt.request(Exchange, **values, section="a </section> b </Section > c </p>")
    assert request.user.count("</section>") == 1
    assert "a < /section> b < /Section > c </p>" in request.user
