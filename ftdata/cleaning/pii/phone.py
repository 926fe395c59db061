"""Telephone numbers: by shape where the shape is plain, else by the words before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ftdata.cleaning.pii.context import has_phone_cue, is_named_identifier, plain_separators
from ftdata.cleaning.pii.recogniser import EDGE, Place, Recogniser

_EXTENSION = r"(?:[ ,]{0,2}(?:x|ext\.?|extension)[ ]?[0-9]{1,6})?"
_NO_SIGN = r"(?<![$€£#/@+-])"
# Between other numbers a shape with spaces is a piece of a list; hyphens and brackets are not.
_ALONE_BEFORE = _NO_SIGN + r"(?<![0-9][ .,/-])(?<!<<)" + EDGE
_ALONE_AFTER = r"(?!\w|[ .()/-]{0,2}[0-9]|%|[ ]?[=*^])"
_PLAIN_BEFORE = _NO_SIGN + r"(?<![0-9][.,/-])" + EDGE
_PLAIN_AFTER = r"(?!\w|[./-][0-9])"
# +44 20 7946 0958: 7 to 15 digits (ITU-T E.164).
_INTERNATIONAL = re.compile(
    r"(?:(?<![\w+])|(?<=\\[nrt]))\+[1-9](?:[ .()/-]{0,2}[0-9]){6,14}(?![0-9])" + _EXTENSION,
    re.IGNORECASE,
)
# North American Numbering Plan: the area begins with 2 to 9, the exchange too; but people write
# 555-123-4567 for a number.
_AMERICAN = re.compile(
    rf"{_PLAIN_BEFORE}(?:1[ .-])?(?:\([2-9][0-9]{{2}}\)[ ]?|[2-9][0-9]{{2}}[.-])"
    rf"[0-9]{{3}}[ .-][0-9]{{4}}{_EXTENSION}{_PLAIN_AFTER}"
    rf"|{_ALONE_BEFORE}(?:1[ ])?[2-9][0-9]{{2}}[ ][2-9][0-9]{{2}}[ -][0-9]{{4}}"
    rf"{_EXTENSION}{_ALONE_AFTER}",
    re.IGNORECASE,
)
# 020 7946 0958, 0611 822 33 44: a trunk 0, then groups, one of them of three digits or more.
_TRUNK = re.compile(
    _ALONE_BEFORE
    + r"\(?0[1-9][0-9]{0,3}\)?(?=[ 0-9-]{0,9}[0-9]{3})(?:[ -][0-9]{2,4}){2,4}"
    + _ALONE_AFTER
)
# (77) 512-330: an area in brackets, then two groups.
_AREA = re.compile(
    _ALONE_BEFORE + r"\([0-9]{2,4}\)[ ]?[0-9]{3,4}[ -][0-9]{3,4}" + _EXTENSION + _ALONE_AFTER,
    re.IGNORECASE,
)
# 06 12 34 56 78, 0216.123.45.67, 09171234567: only what is a mobile number somewhere.
_NATIONAL = re.compile(_ALONE_BEFORE + r"0[1-9](?:[ .-]?[0-9]){8,9}" + _ALONE_AFTER)
_REGIONS = ("GB", "FR", "DE", "JP", "KR", "TR", "PH", "NL", "AU", "ZA", "IN", "BE", "CH", "SE")
_ANY = re.compile(
    _ALONE_BEFORE + r"\(?[0-9](?:[ .()/-]{0,2}[0-9]){6,14}" + _EXTENSION + _ALONE_AFTER,
    re.IGNORECASE,
)
# Where a number can be at all; the patterns above are tried there alone.
_RUN = re.compile(r"[+(0-9][0-9 ().+/-]{6,}")
_MIN_DIGITS = 7
_MARGIN = 24  # characters behind a run: its extension, and what may not follow
_MOST_DIGITS = 13  # of a number in use, whatever the standard allows
_DATE_OR_DECIMAL = re.compile(
    r"(?:19|20)[0-9]{2}([ ./-])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([ ./-])[0-9]{1,2}\2[0-9]{2,4}\Z"
    r"|(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}\Z|[0-9]+\.[0-9]+\Z"
)
_LAST_GROUP = re.compile(r"[ .()/-]{1,2}[0-9]{1,15}\Z")
_DIGITS = re.compile(r"[0-9]")
_EXTENSION_MARK = re.compile(r"[,ex]", re.IGNORECASE)


def find_phones(text: str) -> Iterator[Place]:
    """Telephone numbers; not order, item or tracking numbers, dates, or parts of longer numbers."""
    text = plain_separators(text)
    for run in _RUN.finditer(text):
        if len(_DIGITS.findall(run.group())) >= _MIN_DIGITS:
            yield from _find_in(text, run.start(), run.end())


def is_reserved_phone(number: str) -> bool:
    """Whether it is one of 555-0100 to 555-0199, which are set aside for fiction (NANPA)."""
    digits = "".join(_DIGITS.findall(_EXTENSION_MARK.split(number)[0]))
    if len(digits) not in (7, 10, 11) or digits[-7:-2] != "55501":
        return False
    return digits.startswith("1") if len(digits) == 11 else not number.startswith("+")


def _find_in(text: str, start: int, end: int) -> Iterator[Place]:
    for found in _INTERNATIONAL.finditer(text, start, end + _MARGIN):
        length = _international_length(found.group())
        if length and found.start() < end:
            yield found.start(), found.start() + length
    for pattern, is_number in _SHAPES:
        for found in pattern.finditer(text, start, end + _MARGIN):
            if found.start() >= end:
                break
            if is_number(text, found) and not is_named_identifier(text, found.start()):
                yield found.span()


def _international_length(number: str) -> int:
    """How much of the shape is the number: not the next one behind a space. 0 where none is."""
    base = _EXTENSION_MARK.split(number)[0].rstrip()
    cut = base
    while len(cut) > _MIN_DIGITS:
        if _is_valid(cut):
            return len(number) if cut == base else len(cut)
        shorter = _LAST_GROUP.sub("", cut)
        if shorter == cut:
            break
        cut = shorter
    # Many groups may be two numbers; digits in one piece behind a plus are one, right or wrong.
    one_piece = base[1:].isdigit()
    return len(number) if one_piece or len(_DIGITS.findall(base)) <= _MOST_DIGITS else 0


@lru_cache(maxsize=4096)
def _is_valid(number: str) -> bool:
    import phonenumbers  # here: it takes longer to load than most texts to redact

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False


def _is_mobile(text: str, found: re.Match[str]) -> bool:
    del text
    import phonenumbers

    number = found.group()
    if number.isdigit() and len(number) < 11:  # an ISBN as likely
        return False
    for region in _REGIONS:
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE:
            return True
    return False


def _is_trunk(text: str, found: re.Match[str]) -> bool:
    del text
    return 9 <= len(_DIGITS.findall(found.group())) <= 11


def _is_cued(text: str, found: re.Match[str]) -> bool:
    return has_phone_cue(text, *found.span()) and not _DATE_OR_DECIMAL.match(found.group())


def _is_plain(text: str, found: re.Match[str]) -> bool:
    del text, found
    return True


_SHAPES = (
    (_AMERICAN, _is_plain),
    (_AREA, _is_plain),
    (_TRUNK, _is_trunk),
    (_NATIONAL, _is_mobile),
    (_ANY, _is_cued),
)

PHONE = Recogniser(
    find_phones,
    digits=_MIN_DIGITS,
    is_reserved=is_reserved_phone,
    gate=r"(?:[0-9][^0-9A-Za-z]*){7}",
)
