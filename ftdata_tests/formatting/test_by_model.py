"""A model's tags stand where it gave them and nobody knows better; else what was there stays."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from ftdata.chat import ChatRequest, Refused
from ftdata.formatting.by_model import FIRST, LAST, MESSAGE_CHARS, Tags, tag_by_model, tags_form
from ftdata.formatting.format import format_partition
from ftdata.formatting.tokens import load_tokenizer
from ftdata.settings_formatting import Formatting
from ftdata.tagging.values import DOMAINS
from ftdata_tests.fake_model import FakeModel
from ftdata_tests.formatting.conversations import call, cleaned_row, cleaned_table, message

ASK = message("user", "Is the shop open?")
YES = message("assistant", "Yes, until six.")
TOLD = {"task_type": "policy", "domain": "work", "complexity": "hard", "tone": "formal"}
RULES: Tags = dict.fromkeys(TOLD, ("x", "rules"))
REFUSED = Refused("malformed_answer", "not JSON", None)


def telling(told: dict[str, str] | Refused = TOLD) -> FakeModel:
    def reply(request: ChatRequest) -> Any:
        return told if isinstance(told, Refused) else request.form(**told)

    return FakeModel(reply)


def shown(model: FakeModel) -> list[dict[str, Any]]:
    """The messages that a single request shows."""
    (request,) = model.sent
    lines = request.user.split("<conversation>\n")[1].split("\n</conversation>")[0]
    return [json.loads(line) for line in lines.splitlines()]


def test_a_model_tells_what_rules_told_and_nothing_else() -> None:
    tags: Tags = {**RULES, "tone": ("polite", "log"), "turns": ("1", "rules")}
    model = telling()
    tagged = tag_by_model([([ASK, YES], tags)], DOMAINS, model)
    assert tagged.tags == [
        {
            "task_type": ("policy", "model"),
            "domain": ("work", "model"),
            "complexity": ("hard", "model"),
            "tone": ("polite", "log"),
            "turns": ("1", "rules"),
        }
    ]
    assert tagged.counts == {"tagged": 1}
    assert shown(model) == [
        {"role": "user", "content": "Is the shop open?"},
        {"role": "assistant", "content": "Yes, until six."},
    ]


def test_an_example_of_which_all_is_known_is_not_asked_about() -> None:
    known: Tags = dict.fromkeys(TOLD, ("x", "generator"))
    model = telling()
    assert tag_by_model([([ASK, YES], known)], DOMAINS, model).tags == [known]
    assert model.sent == []


def test_where_the_model_fails_the_rules_stay_and_are_counted() -> None:
    tagged = tag_by_model([([ASK, YES], RULES)] * 2, DOMAINS, telling(REFUSED))
    assert tagged.tags == [RULES, RULES]
    assert tagged.counts == {"failed: malformed_answer": 2}


def test_the_form_takes_no_value_outside_its_sets() -> None:
    form = tags_form(("shops", "general"))
    assert form(**{**TOLD, "domain": "shops"})
    for wrong in ({"domain": "work"}, {"domain": "shops", "tone": "sad"}):
        with pytest.raises(ValidationError):
            form(**{**TOLD, **wrong})


def test_of_a_long_conversation_a_part_is_shown_redacted_before_it_is_cut() -> None:
    secret = "x" * (MESSAGE_CHARS - 3) + "Jane"
    said = [message("system", "Be brief."), *[ASK, YES] * 9, message("user", secret), YES]
    model = telling()
    tag_by_model([(said, RULES)], DOMAINS, model, lambda text: text.replace("Jane", "[PERSON]"))
    told = shown(model)
    assert len(told) == FIRST + LAST
    assert told[-2]["content"] == "x" * (MESSAGE_CHARS - 3) + "[PE"
    assert "Be brief." not in model.sent[0].user


def test_calls_are_shown() -> None:
    asks = message("assistant", None, tool_calls=call("a"))
    model = telling()
    tag_by_model([([ASK, asks], RULES)], DOMAINS, model)
    assert shown(model)[1] == {"role": "assistant", "content": "", "tool_calls": call("a")}


def test_the_stage_has_the_models_tags_and_says_so() -> None:
    own = Formatting(tagger="model", domains={"shops": ("shop",)})
    table = cleaned_table(cleaned_row("a", [ASK, YES]), cleaned_row("b", [ASK]))
    model = telling({**TOLD, "domain": "shops"})
    result = format_partition(table, own, load_tokenizer("estimate"), model)
    (row,) = result.table.to_pylist()
    assert {name: dict(row["tags"])[name] for name in TOLD} == {**TOLD, "domain": "shops"}
    assert {dict(row["tag_origins"])[name] for name in TOLD} == {"model"}
    assert result.facts["tagger"] == {"tagged": 1}
    assert model.sent[0].user.startswith("Domains: shops, general\n")
