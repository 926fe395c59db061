"""Rendered texts are those of the published chat templates, as TRL ships them for comparison."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ftdata.release.examples import Example
from ftdata.release.exports import EXPORTERS
from ftdata.release.exports.arguments import with_parsed_arguments
from ftdata.release.exports.exporter import Problem
from ftdata.release.exports.openai import openai_message
from ftdata_tests.release.exports.conversations import conversations

pytestmark = pytest.mark.filterwarnings("default")
# target → the files of its template, and what begins a text
PUBLISHED = {
    "text_llama3": (("llama3_1.jinja", "llama3_2.jinja"), "<|begin_of_text|>"),
    "text_gemma": (("gemma3.jinja",), "<bos>"),
    "text_qwen": (("qwen2_5.jinja",), ""),
}
PINNED = {"date_string": "26 Jul 2024"}  # Llama 3.2 writes the day else


def published(name: str, beginning: str, told: Example) -> str:
    from transformers.utils.chat_template_utils import render_jinja_template

    template = (files("trl") / "chat_templates" / name).read_text("utf-8")
    texts, _ = render_jinja_template(
        [[message_of(message) for message in told.messages]],
        tools=told.tools, chat_template=template, bos_token=beginning, **PINNED,
    )  # fmt: skip
    return str(texts[0])


def message_of(message: Any) -> dict[str, Any]:
    """A message in Hugging Face's dialect: arguments are objects, and content is a text."""
    row = {"content": "", **openai_message(message, weighted=False)}
    if message.tool_calls:
        row["tool_calls"] = [with_parsed_arguments(one) for one in message.tool_calls]
    return row


@pytest.mark.parametrize("name", PUBLISHED)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_the_text_is_that_of_the_published_template(name: str, data: st.DataObject) -> None:
    pytest.importorskip("trl", reason="the extra `validators` is not installed")
    calls = "tool_calls" not in EXPORTERS[name].refuses
    told = data.draw(conversations(calls=calls, several=name == "text_qwen"))
    row = next(iter(EXPORTERS[name].rows(told)))
    assume(not isinstance(row, Problem))
    templates, beginning = PUBLISHED[name]
    for template in templates:
        assert row == {"text": published(template, beginning, told)}
