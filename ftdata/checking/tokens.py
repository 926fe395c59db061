"""How many tokens rows have: counted row by row, told by mean, quantiles and a histogram."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
import numpy.typing as npt
import orjson

from ftdata import jsonl
from ftdata.errors import UsageError
from ftdata.formatting.tokens import Tokenizer, count_estimated, load_tokenizer
from ftdata.release.exports.exporter import Reading
from ftdata.settings_formatting import TokenizerName
from ftdata.token_count import PER_EXAMPLE, PER_MESSAGE, CountTexts

ESTIMATE = "estimate"
AUTO_BYTES = 64 << 20
"""`auto` counts files up to this size exactly: a larger one would take minutes."""

_NAMES = ("auto", "o200k", ESTIMATE)


Places = npt.NDArray[np.int64]


class RowTokens(NamedTuple):
    """Tokens of n rows."""

    all: npt.NDArray[np.int64]
    learnt: npt.NDArray[np.int64]  # of what the model shall say


@dataclass
class TokenStatistics:
    """Rows by their number of tokens."""

    rows: Counter[int] = field(default_factory=Counter)  # tokens → rows
    learnt: int = 0

    @property
    def total(self) -> int:
        """Tokens of all rows."""
        return sum(tokens * rows for tokens, rows in self.rows.items())

    @property
    def mean(self) -> float:
        """Tokens of a row; 0 where there is none."""
        return self.total / max(self.rows.total(), 1)

    def quantile(self, share: float) -> int:
        """The least number that at least this share of the rows does not pass; 0 without a row."""
        wanted, seen = share * self.rows.total(), 0
        for tokens in sorted(self.rows):
            seen += self.rows[tokens]
            if seen >= wanted:
                return tokens
        return 0

    def histogram(self) -> list[tuple[int, int, int]]:
        """(least, most, rows) for each power of two of tokens from the first to the last one."""
        bits: Counter[int] = Counter()
        for tokens, rows in self.rows.items():
            bits[tokens.bit_length()] += rows
        if not bits:
            return []
        return [
            (1 << bit >> 1, (1 << bit) - 1, bits[bit]) for bit in range(min(bits), max(bits) + 1)
        ]

    def add(self, tokens: RowTokens) -> None:
        """Count rows."""
        values, counts = np.unique(tokens.all, return_counts=True)
        self.rows.update(dict(zip(values.tolist(), counts.tolist(), strict=True)))
        self.learnt += int(tokens.learnt.sum())


@cache
def open_tokenizer(choice: str) -> Tokenizer:
    """The tokenizer that is called `auto`, `o200k` or `estimate`, or lies in a file.

    The file is a tokenizer.json of the library tokenizers, as Hugging Face's models have it.
    Raises UsageError for a file that is none, SettingsError where o200k is not installed.
    """
    if choice in _NAMES:
        return load_tokenizer(cast(TokenizerName, choice))
    if not Path(choice).is_file():
        names = ", ".join(_NAMES)
        raise UsageError(f"{choice}: no such file: name a tokenizer.json, or one of {names}")
    if importlib.util.find_spec("tokenizers") is None:
        raise UsageError(f"{choice} needs a package: install it with `pip install tokenizers`")
    return Tokenizer(Path(choice).name, _count_by(choice))


def _count_by(path: str) -> CountTexts:
    from tokenizers import Tokenizer as Loaded  # an extra

    loaded = Loaded.from_str(_tokenizer_text(path))

    def count(texts: Sequence[str]) -> list[int]:
        found = loaded.encode_batch(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in found]

    return count


def _tokenizer_text(path: str) -> str:
    # The library raises the base class of all exceptions where a file is not its own.
    content = Path(path).read_bytes()
    try:
        held = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise UsageError(f"{path}: is no tokenizer.json ({error}): name one") from error
    model = held.get("model") if isinstance(held, dict) else None
    if not isinstance(model, dict) or not model.get("vocab"):
        raise UsageError(f"{path}: is no tokenizer.json (model.vocab is missing): name one")
    return content.decode()


def count_tokens(readings: Sequence[Reading], count: CountTexts) -> RowTokens:
    """Tokens of each row, by the rule of `token_count`; each distinct text is counted once.

    Of a preference pair its last message and the rejected one are learnt.
    """
    lengths = np.array([len(reading.messages) for reading in readings], np.int64)
    messages = [message for reading in readings for message in reading.messages]
    owners = np.repeat(np.arange(lengths.size), lengths)
    learns = np.array([one[0] == "assistant" and one[2] != 0 for one in messages], np.bool_)
    is_pair = np.array([reading.rejected is not None for reading in readings], np.bool_)
    ends = np.cumsum(lengths) - 1
    learns &= ~is_pair[owners] | np.isin(np.arange(owners.size), ends[is_pair])
    found = _Counted(lengths.size)
    found.add([one[1] or "" for one in messages], owners, learns, count)
    calling = [at for at, one in enumerate(messages) if one[3]]
    calls = [jsonl.dumps(messages[at].tool_calls).decode() for at in calling]
    found.add(calls, owners[calling], learns[calling], count)
    named = [at for at, one in enumerate(messages) if one[5]]
    found.add([messages[at].name or "" for at in named], owners[named], None, count)
    pairs = np.flatnonzero(is_pair)
    rejected = [readings[row].rejected or "" for row in pairs.tolist()]
    found.add(rejected, pairs, np.ones(pairs.size, np.bool_), count)
    return RowTokens(found.all + PER_MESSAGE * lengths + PER_EXAMPLE, found.learnt)


class _Counted:
    """Sums of tokens by row."""

    def __init__(self, rows: int) -> None:
        self.all = np.zeros(rows, np.int64)
        self.learnt = np.zeros(rows, np.int64)

    def add(
        self,
        texts: Sequence[str],
        owners: Places,
        learns: npt.NDArray[np.bool_] | None,
        count: CountTexts,
    ) -> None:
        """Add the tokens of texts to their rows, and to what is learnt there where that is so."""
        if not texts:
            return
        found = np.array(_count_distinct(texts, count), np.float64)
        self.all += np.bincount(owners, found, self.all.size).astype(np.int64)
        if learns is not None:
            self.learnt += np.bincount(owners, found * learns, self.all.size).astype(np.int64)


def _count_distinct(texts: Sequence[str], count: CountTexts) -> list[int]:
    if count is count_estimated:  # counts faster than they are told apart
        return count(texts)
    distinct = dict.fromkeys(texts)
    known = dict(zip(distinct, count(list(distinct)), strict=True))
    return [known[text] for text in texts]
