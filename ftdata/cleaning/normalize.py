"""The form in which every text goes on: repaired encoding, NFC, nothing that cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import ftfy
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85]")
# Control characters but \n and \t, soft hyphen, zero-width (not ZWNJ U+200C and ZWJ U+200D, which
# Persian, Indic scripts and emoji need), bidi controls, annotation marks, tag characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
# Texts of which some may change, for RE2. `ftfy.badness.is_bad` finds nothing without two of its
# characters side by side or one of these four; a test holds that.
_DAMAGE = f"[{''.join(MOJIBAKE_CATEGORIES.values())}√≈]{{2}}|[ÂÃŒœ]"
_NEEDS_WORK = f"{_INVISIBLE.pattern}|{_DAMAGE}"


@dataclass(frozen=True)
class Normalized:
    """m normalised texts, and which of them had their encoding repaired."""

    texts: list[str | None]
    fixed_encoding: npt.NDArray[np.bool_]


def normalize_text(text: str) -> str:
    r"""The text in NFC, its encoding repaired, without control, zero-width, bidi or tag characters.

    `"naÃ¯ve\u200b\r\n"` becomes `"naïve"`. Line breaks become `\n`; white space is trimmed at the
    end of the text only, because two spaces at the end of a line are a line break in Markdown.
    Encoding is repaired by ftfy where its badness heuristic says so, and nowhere else: NFKC and
    the rest of ftfy would turn `cm²` into `cm2` and straighten quotes.
    """
    if text.isascii():
        return _normalize_ascii(text)
    while True:
        better = _normalize_once(text)
        if better == text:
            return text
        text = better


def normalize_column(texts: Sequence[str | None]) -> Normalized:
    """Every text normalised; None stays None. Only texts that may need work are looked at."""
    column = pa.array(texts, pa.string())
    needs_work = pc.match_substring_regex(column, _NEEDS_WORK).to_numpy(zero_copy_only=False)
    results = [None if text is None else text.rstrip() for text in texts]
    fixed = np.zeros(len(texts), dtype=np.bool_)
    for index, (text, needs) in enumerate(zip(texts, needs_work.tolist(), strict=True)):
        if text is None or not (needs or _is_decomposed(text)):
            continue
        results[index] = normalize_text(text)
        fixed[index] = _is_damaged(text)
    return Normalized(results, fixed)


def _is_decomposed(text: str) -> bool:
    return not text.isascii() and not unicodedata.is_normalized("NFC", text)


def _is_damaged(text: str) -> bool:
    return not text.isascii() and is_bad(text) and ftfy.fix_encoding(text) != text


def _normalize_ascii(text: str) -> str:
    if _CONTROL.search(text):
        text = _CONTROL.sub("", _NEWLINES.sub("\n", text))
    return text.rstrip()


def _normalize_once(text: str) -> str:
    if is_bad(text):
        text = ftfy.fix_encoding(text)
    text = _INVISIBLE.sub("", _NEWLINES.sub("\n", text))
    return unicodedata.normalize("NFC", text).rstrip()
