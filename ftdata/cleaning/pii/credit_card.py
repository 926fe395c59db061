"""Card numbers: issuer prefix, length and Luhn checksum."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.cleaning.pii.context import is_named_identifier, plain_separators
from ftdata.cleaning.pii.recogniser import Place, Recogniser

_RUN = re.compile(r"[0-9]+(?:[ -][0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
# Prefix → lengths, by the issuers' published ranges; JCB's 15 digits are its older series.
_ISSUER = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})"  # Visa
    r"|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|3(?:0[0-5]|09|[689]\d)\d{11}"  # Diners Club
    r"|(?:6011|64[4-9]\d|65\d\d)\d{12,15}"  # Discover
    r"|35(?:2[89]|[3-8]\d)\d{12,15}|(?:2131|1800)\d{11}"  # JCB
    r"|62\d{14,17}|220[0-4]\d{12,15}"  # UnionPay, Mir
    r"|(?:5[06-8]|6\d)\d{14,17}",  # Maestro
    re.ASCII,
)
# After a word for it any plausible length and first digit will do: Maestro has 12 to 19 digits,
# and issuers get new ranges.
_NAMED = re.compile(r"[1-6]\d{11,18}", re.ASCII)
_CARD_WORD = re.compile(
    r"(?<![a-z[])(?<!\[credit_)(?:cards?|visa|maestro|amex|credit|debit|cc)(?![a-z])"
)
_WORD_CHARS = 40
_MIN, _MAX = 12, 19
_LUHN = (tuple(range(10)), (0, 2, 4, 6, 8, 1, 3, 5, 7, 9))


def find_cards(text: str) -> Iterator[Place]:
    """Card numbers as one run of digits or in groups of 3 to 6, parted by a space or a hyphen."""
    text = plain_separators(text)
    for run in _RUN.finditer(text):
        if len(run.group()) >= _MIN:
            yield from _cards_in(text, list(_GROUP.finditer(text, run.start(), run.end())))


def has_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn checksum of the others (ISO/IEC 7812)."""
    return sum(_LUHN[i % 2][int(digit)] for i, digit in enumerate(reversed(digits))) % 10 == 0


def _cards_in(text: str, groups: list[re.Match[str]]) -> Iterator[Place]:
    first = 0
    while first < len(groups):
        end = _longest_card(text, groups, first)
        if end > first:
            yield groups[first].start(), groups[end - 1].end()
        first = max(end, first + 1)


def _longest_card(text: str, groups: list[re.Match[str]], first: int) -> int:
    """Index behind the last group of the longest card that begins at `first`; 0 without one."""
    best, digits = 0, ""
    for index in range(first, len(groups)):
        group = groups[index].group()
        digits += group
        if len(digits) > _MAX or (index > first and not 3 <= len(group) <= 6):
            break
        start, end = groups[first].start(), groups[index].end()
        if len(digits) >= _MIN and _is_card(text, digits, start, end):
            best = index + 1
        if not 3 <= len(group) <= 6:
            break
    return best


def _is_card(text: str, digits: str, start: int, end: int) -> bool:
    issued = _ISSUER.fullmatch(digits) is not None
    if not (issued or _NAMED.fullmatch(digits)) or not has_luhn(digits) or len(set(digits)) == 1:
        return False
    if _is_inside_more(text, start, end):
        return False
    if _CARD_WORD.search(text[max(0, start - _WORD_CHARS) : start].lower()):
        return True
    return issued and not is_named_identifier(text, start)


def _is_inside_more(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    # Behind a plus it is a telephone number.
    if before[-1:] in ("_", "+") or (before[-1:].isalnum() and before not in ("\\n", "\\r", "\\t")):
        return True
    if after[:1] == "_" or after[:1].isalnum():
        return True
    decimal = before[-1:] == "." and before[:1].isdigit()
    return decimal or (after[:1] == "." and after[1:].isdigit())


CREDIT_CARD = Recogniser(find_cards, digits=_MIN, gate=r"(?:[0-9][^0-9A-Za-z]?){12}")
