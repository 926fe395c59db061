"""Qwen2.5's texts."""

from __future__ import annotations

from ftdata.release.exports.exporter import Problem
from ftdata.release.exports.text_qwen import TEXT_QWEN
from ftdata_tests.release.exports.conversations import WEATHER, call, example, said

OWN = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant."
OFFER = """

# Tools

You may call one or more functions to assist with the user query.

You are provided with function signatures within <tools></tools> XML tags:
<tools>
{"type": "function", "function": {"name": "weather", "description": "Tells the weather.", \
"parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}
</tools>

For each function call, return a json object with function name and arguments within \
<tool_call></tool_call> XML tags:
<tool_call>
{"name": <function-name>, "arguments": <args-json-object>}
</tool_call>"""


def test_a_call_and_its_result_become_this_text() -> None:
    (row,) = TEXT_QWEN.rows(WEATHER)
    assert row == {
        "text": f"<|im_start|>system\n{OWN}{OFFER}<|im_end|>\n"
        "<|im_start|>user\nParis?<|im_end|>\n"
        '<|im_start|>assistant\n<tool_call>\n{"name": "weather", "arguments":'
        ' {"city": "Paris"}}\n</tool_call><|im_end|>\n'
        "<|im_start|>user\n<tool_response>\n18 C\n</tool_response><|im_end|>\n"
        "<|im_start|>assistant\n18 degrees.<|im_end|>\n"
    }


def test_words_calls_and_results_stand_together() -> None:
    calls = [call(arguments="{}", id="call_0"), call(id="call_1")]
    results = [said("tool", text, tool_call_id=f"call_{n}") for n, text in enumerate("ab")]
    told = example(
        said("system", "Be brief."),
        said("user", "q"),
        said("assistant", "Wait.", 1, tool_calls=calls),
        *results,
        said("assistant", "Done.", 1),
    )
    (row,) = TEXT_QWEN.rows(told)
    assert row == {
        "text": "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nq<|im_end|>\n"
        '<|im_start|>assistant\nWait.\n<tool_call>\n{"name": "weather", "arguments": {}}\n'
        '</tool_call>\n<tool_call>\n{"name": "weather", "arguments": {"city": "Paris"}}\n'
        "</tool_call><|im_end|>\n<|im_start|>user\n<tool_response>\na\n</tool_response>\n"
        "<tool_response>\nb\n</tool_response><|im_end|>\n"
        "<|im_start|>assistant\nDone.<|im_end|>\n"
    }


def test_qwens_own_system_prompt_is_none() -> None:
    told = example(said("system", OWN), said("user", "Hi"), said("assistant", "Hello.", 1))
    (row,) = TEXT_QWEN.rows(told)
    assert not isinstance(row, Problem)
    assert TEXT_QWEN.read(row).messages == told.messages[1:]
