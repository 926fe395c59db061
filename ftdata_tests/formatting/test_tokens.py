from __future__ import annotations

import gzip
import hashlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.errors import SettingsError
from ftdata.formatting import tokens
from ftdata.formatting.tokens import count_estimated, load_tokenizer

URL = "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken"
AWKWARD = [
    "",
    " ",
    "Don't we'll THEY'RE",
    "HTTPServer2025 naïve Ünal",
    "1234567 3.14159",
    "a\r\n\r\n  b\t\t c   ",
    "if (x != y) {\n\treturn x // y;\n}",
    "日本語のテキスト、한국어, हिन्दी, فارسی",
    "👩‍👩‍👧 🎉",
    "<|endoftext|> and <|im_start|>",
    "e\u0301 \u200d \u2028",
]


@pytest.fixture
def fresh_tokenizers() -> Iterator[None]:
    load_tokenizer.cache_clear()
    yield
    load_tokenizer.cache_clear()


@pytest.fixture
def official(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """tiktoken's own o200k, reading its ranks from a cache that the installed wheel fills."""
    tiktoken = pytest.importorskip("tiktoken")
    (tmp_path / hashlib.sha1(URL.encode()).hexdigest()).write_bytes(wheel_ranks())
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    return tiktoken.get_encoding("o200k_base")


def wheel_ranks() -> bytes:
    wheel = importlib.util.find_spec("bpe_openai")
    if wheel is None or wheel.origin is None:
        pytest.skip("bpe-openai is not installed")
    return gzip.decompress(
        (Path(wheel.origin).parent / "data" / "o200k_base.tiktoken.gz").read_bytes()
    )


@pytest.mark.usefixtures("fresh_tokenizers")
def test_counts_are_those_of_tiktoken(official: Any) -> None:
    tokenizer = load_tokenizer("o200k")
    assert tokenizer.name == "o200k:446a9538"
    assert tokenizer.count(AWKWARD) == [len(official.encode_ordinary(text)) for text in AWKWARD]

    @settings(deadline=None)
    @given(st.text())
    def agree(text: str) -> None:
        assert tokenizer.count([text]) == [len(official.encode_ordinary(text))]

    agree()


@pytest.mark.usefixtures("fresh_tokenizers")
def test_the_ranks_are_found_in_tiktokens_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("tiktoken")
    (tmp_path / hashlib.sha1(URL.encode()).hexdigest()).write_bytes(wheel_ranks())
    monkeypatch.setenv("DATA_GYM_CACHE_DIR", str(tmp_path))
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR", raising=False)
    without(monkeypatch, "bpe_openai")
    assert load_tokenizer("auto").count(["hello world", ""]) == [2, 0]


def without(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        tokens.importlib.util, "find_spec", lambda name: None if name in names else find(name)
    )


@pytest.mark.usefixtures("fresh_tokenizers")
@pytest.mark.parametrize("content", [None, b"aGk= 0\n"])
def test_without_the_right_file_auto_estimates_and_o200k_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / hashlib.sha1(URL.encode()).hexdigest()).write_bytes(content)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    without(monkeypatch, "bpe_openai")
    assert load_tokenizer("auto").name == "estimate"
    with pytest.raises(SettingsError, match=r"formatting\.tokenizer.*ftdata\[tokens\]"):
        load_tokenizer("o200k")


@pytest.mark.usefixtures("fresh_tokenizers")
def test_without_tiktoken_auto_estimates(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "tiktoken")
    assert load_tokenizer("auto").name == "estimate"


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("a", 1), ("abcd", 1), ("abcde", 2), ("éé", 1), ("ééé", 2)]
)
def test_the_estimate_is_a_quarter_of_the_bytes_rounded_up(text: str, count: int) -> None:
    assert count_estimated([text]) == [count]
    assert load_tokenizer("estimate").count([text]) == [count]


@pytest.mark.parametrize("text", ["\ud800 lone", " " * 1_000_000, "a" * 500_000])
def test_texts_on_which_tiktoken_alone_would_fail_are_counted(text: str) -> None:
    assert load_tokenizer("auto").count([text])[0] > 0
