"""Whether a variant says the same as its parent, as far as that can be seen from outside.

Nothing here knows how a variant was made: it is the second opinion on every augmenter.
"""

from __future__ import annotations

import re
from collections import Counter

from ftdata.text import same_key

_APOSTROPHES = str.maketrans("’ʼ", "''")
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_URL = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\[[A-Z][A-Z0-9_]*\]")
_QUOTE = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_NUMBER_WORD = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand"
    r"|million|first|second|third|half|once|twice)\b"
)
_NEGATION = re.compile(
    r"n't\b|\b(?:not|cannot|no|nope|never|none|nothing|nobody|nowhere|neither|nor|without)\b"
)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:;\n])[\s\"'()*_-]*$")
_FIRST_PERSON = frozenset({"I", "I'm", "I'd", "I'll", "I've"})
_SAME_NEGATION = {"n't": "not", "cannot": "not"}


def keeps_facts(parent: str, variant: str) -> str | None:
    """What the variant changed that it must not, such as `numbers`; None where all is kept.

    Compared as multisets: code, addresses (URLs and e-mail), placeholders, quotes, numbers,
    number words, negations ("n't" and "cannot" count as "not") and names, which are capitalised
    words inside a sentence. A variant with the words of its parent is `unchanged`.
    """
    parent, variant = (text.translate(_APOSTROPHES) for text in (parent, variant))
    if same_key(parent) == same_key(variant):
        return "unchanged"
    patterns = {
        "code": _CODE,
        "addresses": _URL,
        "placeholders": _PLACEHOLDER,
        "quotes": _QUOTE,
        "numbers": _NUMBER,
    }
    for name, pattern in patterns.items():
        if Counter(pattern.findall(parent)) != Counter(pattern.findall(variant)):
            return name
    if _count_folded(_NUMBER_WORD, parent) != _count_folded(_NUMBER_WORD, variant):
        return "number words"
    if _count_folded(_NEGATION, parent) != _count_folded(_NEGATION, variant):
        return "negations"
    return None if _keeps_names(parent, variant) else "names"


def _count_folded(pattern: re.Pattern[str], text: str) -> Counter[str]:
    found = pattern.findall(text.lower())
    return Counter(_SAME_NEGATION.get(word, word) for word in found)


def _keeps_names(parent: str, variant: str) -> bool:
    """Names of the parent stand in the variant, and the variant has none of its own."""
    before, after = Counter(_WORD.findall(parent)), Counter(_WORD.findall(variant))
    return all(after[name] >= times for name, times in _names(parent).items()) and all(
        before[name] >= times for name, times in _names(variant).items()
    )


def _names(text: str) -> Counter[str]:
    return Counter(
        match[0]
        for match in _WORD.finditer(text)
        if match[0][0].isupper()
        and match[0] not in _FIRST_PERSON
        and not _OPENS_SENTENCE.search(text[max(0, match.start() - 8) : match.start()])
    )
