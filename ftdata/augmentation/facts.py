"""Whether a variant says the same as its parent, as far as that can be seen from outside.

Nothing here knows how a variant was made: it is the second opinion on every augmenter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ftdata.text import fold, same_key
from ftdata.token_count import Message

_APOSTROPHES = str.maketrans("’ʼ", "''")
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_URL = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S+@\S+", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\[[A-Z][A-Z0-9_]*\]")
_QUOTE = re.compile(r"\"[^\"]*\"|“[^“”]*”|«[^«»]*»")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_NUMBER_WORD = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand"
    r"|million|first|second|third|half|once|twice)\b"
)
_NEGATION = re.compile(
    r"n't\b|\b(?:not|cannot|no|nope|never|none|nothing|nobody|nowhere|neither|nor|without)\b"
)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:;\n])[\s\"'()*_¿¡-]*$")
_PATTERNS = {
    "code": _CODE,
    "addresses": _URL,
    "placeholders": _PLACEHOLDER,
    "quotes": _QUOTE,
    "numbers": _NUMBER,
}
_LIST_NUMBER = re.compile(r"^[ \t]{0,8}\d+[.)](?=\s)", re.MULTILINE)
_AROUND = ".,;:!?()<>[]\"'`*"  # what may stand next to an address
_FENCE = re.compile(r"^```.*$", re.MULTILINE)
_POSSESSIVE = re.compile(r"'s?$")
_FIRST_PERSON = frozenset({"I", "I'm", "I'd", "I'll", "I've"})
_SAME_NEGATION = {"n't": "not", "cannot": "not"}


def lost_fact(parent: Sequence[Message], variant: Sequence[Message]) -> str | None:
    """What of the parent's facts an example no longer says, such as `numbers`; None where all.

    What the user says is compared with what the user said, what the assistant says with what the
    assistant said, over all messages; a variant may say more than its parent.
    """
    for role in ("user", "assistant"):
        before, after = (_facts_of(messages, role) for messages in (parent, variant))
        for name, found in before.items():
            if name != "words" and found - after["words" if name == "names" else name]:
                return name
    return None


def _facts_of(messages: Sequence[Message], role: str) -> dict[str, Counter[str]]:
    total: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for message in messages:
        if message["role"] == role:
            for name, found in _facts(message["content"] or "").items():
                total[name] += found
    return total


def keeps_facts(parent: str, variant: str) -> str | None:
    """What the variant changed that it must not, such as `numbers`; None where all is kept.

    Compared as multisets: code, addresses (URLs and e-mail), placeholders, quotes, numbers,
    number words, negations ("n't" and "cannot" count as "not") and names, which are capitalised
    words inside a sentence. A variant with the words of its parent is `unchanged`.
    """
    if same_key(parent) == same_key(variant):
        return "unchanged"
    before, after = _facts(parent), _facts(variant)
    for name, found in before.items():
        if name not in ("names", "words") and found != after[name]:
            return name
    is_kept = before["names"] <= after["words"] and after["names"] <= before["words"]
    return None if is_kept else "names"


def added_facts(material: str, text: str) -> tuple[str, ...]:
    """Which facts a text adds to the material: of placeholders, addresses, code, names, numbers.

    Case does not count, nor do the numbers that lead the items of a list; code is known where its
    lines stand in the material, names where their words do.
    """
    known, found = fold(material.translate(_APOSTROPHES)), _facts(_LIST_NUMBER.sub("", text))
    words = {_POSSESSIVE.sub("", word) for word in _WORD.findall(known)}
    numbers = set(_NUMBER.findall(known))
    added = {
        "placeholders": any(fold(one) not in known for one in found["placeholders"]),
        "addresses": any(fold(one).strip(_AROUND) not in known for one in found["addresses"]),
        "code": any(line not in known for one in found["code"] for line in _code_lines(one)),
        "names": any(_POSSESSIVE.sub("", fold(name)) not in words for name in found["names"]),
        "numbers": not numbers.issuperset(found["numbers"]),
    }
    return tuple(name for name, is_new in added.items() if is_new)


def _code_lines(code: str) -> list[str]:
    lines = fold(_FENCE.sub("", code)).splitlines()
    return [line.strip("` \t") for line in lines]


def _facts(text: str) -> dict[str, Counter[str]]:
    """What must be kept, by its name, each with how often it is said."""
    text = text.translate(_APOSTROPHES)
    counted = {name: Counter(pattern.findall(text)) for name, pattern in _PATTERNS.items()}
    counted["number words"] = _count_folded(_NUMBER_WORD, text)
    counted["negations"] = _count_folded(_NEGATION, text)
    counted["names"] = _names(text)
    counted["words"] = Counter(_WORD.findall(text))
    return counted


def _count_folded(pattern: re.Pattern[str], text: str) -> Counter[str]:
    found = pattern.findall(text.lower())
    return Counter(_SAME_NEGATION.get(word, word) for word in found)


def _names(text: str) -> Counter[str]:
    return Counter(
        match[0]
        for match in _WORD.finditer(text)
        if match[0][0].isupper()
        and match[0] not in _FIRST_PERSON
        and not _OPENS_SENTENCE.search(text[max(0, match.start() - 8) : match.start()])
    )
