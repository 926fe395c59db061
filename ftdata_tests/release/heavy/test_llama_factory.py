"""LLaMA-Factory takes every row of ours, by the `dataset_info.json` and the recipe beside it."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson
import pytest
import yaml

from ftdata.release.examples import Example
from ftdata.release.exports import EXPORTERS
from ftdata.release.exports.exporter import Beside
from ftdata.release.recipes import RECIPES
from ftdata_tests.release.exports.conversations import HELLO, TOOLS, WEATHER
from ftdata_tests.release.heavy.tiny import CALLS, END, EXAMPLES, START, tokenizer, write
from ftdata_tests.release.recipes.given import fit

pytestmark = pytest.mark.filterwarnings("default")
PAIRS = [one._replace(rejected="Something else.") for one in [*EXAMPLES, *CALLS]]


@pytest.fixture
def llama_factory(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The package, though the versions of others are newer than it asks for, and without sound."""
    monkeypatch.setenv("DISABLE_VERSION_CHECK", "1")
    found = pytest.importorskip("llamafactory.hparams", reason="LLaMA-Factory is not installed")
    if "torchaudio" not in sys.modules:
        monkeypatch.setitem(sys.modules, "torchaudio", ModuleType("torchaudio"))
    return found


def taken(
    parser: Any, folder: Path, name: str, examples: list[Example], **options: Any
) -> tuple[Any, list[Any], list[Any]]:
    """The tokenizer, the rows as converted and the rows as tokenised, by our recipe."""
    from llamafactory.data import get_dataset, get_template_and_fix_tokenizer
    from llamafactory.data.loader import _get_merged_dataset

    write(folder, name, examples)
    write(folder, name, examples[:2], "validation")
    exporter = EXPORTERS[name]
    rows = {"train": len(examples), "validation": 2}
    for file, content in exporter.beside(Beside("Help, 2025", rows, True, 10)).items():
        (folder / exporter.folder / file).write_bytes(content)
    (recipe,) = RECIPES[name].files(fit(name, rows=rows, **options)).values()
    settings = yaml.safe_load(recipe) | {
        "model_name_or_path": str(folder),
        "template": "chatml",
        "dataset_dir": str(folder / exporter.folder),
        "output_dir": str(folder / "out"),
        "cutoff_len": 8_192,
        "packing": False,
        "use_cpu": True,
        "bf16": False,
        "report_to": "none",
        "cache_dir": str(folder / "cache"),
    }
    settings.pop("neat_packing", None)
    model_args, data_args, training_args, stage_args, _ = parser.get_train_args(settings)
    words = tokenizer()
    words.pad_token = END
    template = get_template_and_fix_tokenizer(words, data_args)
    stage = "rm" if exporter.holds == "pairs" else "sft"
    assert stage_args.stage == settings["stage"]
    converted = _get_merged_dataset(data_args.dataset, model_args, data_args, training_args, stage)
    found = get_dataset(template, model_args, data_args, training_args, stage, tokenizer=words)
    assert len(found["eval_dataset"]) == 2
    return words, list(converted), list(found["train_dataset"])


def told(one: Example) -> list[tuple[str, str]]:
    """Who says what, in LLaMA-Factory's words."""
    names = {"user": "user", "assistant": "assistant", "tool": "observation"}
    return [
        (
            "function" if m.tool_calls else names[m.role],
            _calls(m) if m.tool_calls else m.content or "",
        )
        for m in one.messages
        if m.role != "system"
    ]


def _calls(message: Any) -> str:
    function = message.tool_calls[0]["function"]
    arguments = orjson.loads(function["arguments"])
    return orjson.dumps({"name": function["name"], "arguments": arguments}).decode()


@pytest.mark.parametrize("name", ["llama_factory", "sharegpt", "alpaca"])
def test_every_row_is_taken_as_it_was_said(llama_factory: Any, tmp_path: Path, name: str) -> None:
    examples = [*EXAMPLES, *([] if name == "alpaca" else CALLS)]
    words, converted, tokenised = taken(llama_factory, tmp_path, name, examples)
    assert len(converted) == len(tokenised) == len(examples)
    for row, one in zip(converted, examples, strict=True):
        said = [(part["role"], part["content"]) for part in [*row["_prompt"], *row["_response"]]]
        assert said == told(one)
        first = one.messages[0]
        assert row["_system"] == (first.content if first.role == "system" else "")
        assert bool(row["_tools"]) == bool(one.tools)
    hello = words.decode(tokenised[examples.index(HELLO)]["input_ids"])
    assert f"{START}user\nHi{END}\n{START}assistant\nHello.{END}" in hello


def test_the_last_reply_alone_is_learnt_where_some_are_bad(
    llama_factory: Any, tmp_path: Path
) -> None:
    words, _, tokenised = taken(
        llama_factory, tmp_path, "llama_factory", EXAMPLES, losses={"weights": 1}
    )
    for row, one in zip(tokenised, EXAMPLES, strict=True):
        text = words.decode([label for label in row["labels"] if label >= 0])
        assert text == f"{one.messages[-1].content}{END}\n"


def test_every_pair_is_taken(llama_factory: Any, tmp_path: Path) -> None:
    name = "llama_factory_preference"
    words, converted, tokenised = taken(llama_factory, tmp_path, name, PAIRS)
    assert len(converted) == len(tokenised) == len(PAIRS)
    for row, one in zip(converted, PAIRS, strict=True):
        said = [(part["role"], part["content"]) for part in [*row["_prompt"], row["_response"][0]]]
        assert said == told(one)
        assert row["_response"][1] == {"role": "assistant", "content": "Something else."}
    chosen = words.decode([label for label in tokenised[0]["chosen_labels"] if label >= 0])
    assert chosen == f"Hello.{END}\n"


def test_its_other_converter_adds_words_of_its_own(llama_factory: Any) -> None:
    """Why `formatting` is not "openai": it would change what the system says."""
    from llamafactory.data.converter import OpenAIDatasetConverter
    from llamafactory.data.parser import DatasetAttr

    form = DatasetAttr("file", "x")
    form.join(
        {
            "formatting": "openai",
            "columns": {"messages": "messages"},
            "tags": {
                "role_tag": "role",
                "content_tag": "content",
                "user_tag": "user",
                "assistant_tag": "assistant",
                "observation_tag": "tool",
                "function_tag": "function_call",
                "system_tag": "system",
            },
        }
    )
    messages = [{"role": m.role, "content": m.content} for m in HELLO.messages]
    row = OpenAIDatasetConverter(form, None)({"messages": messages})
    assert row["_system"] == "detailed thinking off"


def test_a_wrong_role_is_dropped_in_silence_there_and_found_here(
    llama_factory: Any, tmp_path: Path
) -> None:
    path = write(tmp_path, "llama_factory", [HELLO])
    wrong = orjson.loads(path.read_bytes())
    wrong["messages"][0]["role"] = "assistant"
    rules = {problem.rule for problem in EXPORTERS["llama_factory"].problems(wrong)}
    assert "role_order" in rules
    from llamafactory.data.converter import SharegptDatasetConverter
    from llamafactory.data.parser import DatasetAttr

    exporter = EXPORTERS["llama_factory"]
    (file,) = exporter.beside(Beside("x", {"train": 1}, False, 1)).values()
    form = DatasetAttr("file", "x")
    form.join(orjson.loads(file)["x_train"])
    assert SharegptDatasetConverter(form, None)(wrong)["_prompt"] == []


def test_tools_are_read_by_its_formatters(llama_factory: Any, tmp_path: Path) -> None:
    from llamafactory.data.tool_utils import get_tool_utils

    row = next(iter(EXPORTERS["llama_factory"].rows(WEATHER)))
    assert isinstance(row, dict)
    text = get_tool_utils("default").tool_formatter(orjson.loads(row["tools"]))
    assert "weather" in text
    assert TOOLS[0]["function"]["description"] in text
