"""A model of two layers, a tokenizer of bytes with a chat template, and what it shall render."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from ftdata import jsonl
from ftdata.release.examples import Example, Message
from ftdata.release.exports import EXPORTERS
from ftdata.release.exports.exporter import Problem
from ftdata_tests.release.exports.conversations import (
    FIRST_IS_BAD,
    HELLO,
    TEXTS,
    TOOLS,
    TWO_TURNS,
    WEATHER,
    call,
    example,
    said,
)

START, END, PAD = "<|im_start|>", "<|im_end|>", "<|pad|>"
TEMPLATE = (
    "{% if tools %}<|im_start|>tools\n{{ tools | tojson }}<|im_end|>\n{% endif %}"
    "{% for m in messages %}<|im_start|>{{ m.role }}\n"
    "{% if m.role == 'assistant' %}{% generation %}{{ m.content }}"
    "{% for c in m.tool_calls or [] %}"
    "<call>{{ c.function.name }} {{ c.function.arguments | tojson }}</call>"
    "{% endfor %}<|im_end|>{% endgeneration %}{{ '\n' }}"
    "{% else %}{{ m.content }}<|im_end|>\n{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
# Other keys, and another type for a key: loaders that make one table of all arguments trip there.
ROME = example(
    said("user", "Rome tomorrow?"),
    said("assistant", "", tool_calls=[call(arguments='{"city":["Rome"],"days":{"from":1}}')]),
    said("tool", "19 C", tool_call_id="c1"),
    said("assistant", "19 degrees."),
    tools=TOOLS,
)
# A NUL, and texts of 200 kB, are for the light tests.
AWKWARD = [
    example(said("system", text), said("user", text), said("assistant", f"{text}."))
    for name, text in TEXTS.items()
    if name not in ("nul", "long", "chatml")
]
EXAMPLES = [HELLO, TWO_TURNS, FIRST_IS_BAD, *AWKWARD]
CALLS = [WEATHER, ROME]


def tokenizer() -> Any:
    """Every byte is a token, and so are the marks of the template."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {letter: place for place, letter in enumerate(letters)}
    plain = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    plain.decoder = decoders.ByteLevel()
    made = PreTrainedTokenizerFast(
        tokenizer_object=plain,
        eos_token=END,
        pad_token=PAD,
        additional_special_tokens=[START],
        clean_up_tokenization_spaces=False,
    )
    made.chat_template = TEMPLATE
    return made


def model(words: Any) -> Any:
    """A Llama of two layers with random weights."""
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=len(words),
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=8_192,
        pad_token_id=words.pad_token_id,
        eos_token_id=words.eos_token_id,
    )
    return LlamaForCausalLM(config)


def write(folder: Path, name: str, examples: Sequence[Example], split: str = "train") -> Path:
    """The file of a target, its rows not refused, and what stands beside it."""
    exporter = EXPORTERS[name]
    rows = [row for one in examples for row in exporter.rows(one)]
    problems = [p for row in rows for p in exporter.problems(row) if p.level == "error"]
    assert not problems
    assert not any(isinstance(row, Problem) for row in rows)
    path = folder / exporter.file(split)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        jsonl.write_lines(file, rows)
    return path


def rendered(messages: Sequence[Message], tools: Any = None) -> str:
    """What the template makes of a conversation, by other means than the template."""
    head = f"{START}tools\n{_json(tools)}{END}\n" if tools else ""
    return head + "".join(f"{START}{m.role}\n{_body(m)}{END}\n" for m in messages)


def learnt(messages: Sequence[Message]) -> list[str]:
    """What of it is to be learnt."""
    return [_body(m) + END for m in messages if m.is_trained]


def _body(message: Message) -> str:
    called = [one["function"] for one in message.tool_calls or ()]
    return (message.content or "") + "".join(
        f"<call>{one['name']} {_json(orjson.loads(one['arguments']))}</call>" for one in called
    )


def _json(value: Any) -> str:
    """As the filter tojson of transformers."""
    import json

    return json.dumps(value, ensure_ascii=False)


def spans(words: Any, ids: Sequence[int], mask: Sequence[Any]) -> list[str]:
    """The texts of the stretches of `ids` where `mask` is true."""
    found: list[list[int]] = []
    before = False
    for one, is_on in zip(ids, mask, strict=True):
        if is_on and not before:
            found.append([])
        if is_on:
            found[-1].append(one)
        before = bool(is_on)
    return [words.decode(part) for part in found]
