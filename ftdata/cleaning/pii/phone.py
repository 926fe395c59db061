"""Telephone numbers: by shape where the shape is plain, else by the words before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.cleaning.pii.context import has_phone_cue, is_named_identifier
from ftdata.cleaning.pii.recogniser import EDGE, Place, Recogniser

_EXTENSION = r"(?:[ ,]{0,2}(?:x|ext\.?|extension)[ ]?[0-9]{1,6})?"
_NO_SIGN = r"(?<![$€£#/@-])"
# Between other numbers a shape with spaces is a piece of a list; hyphens and brackets are not.
_ALONE_BEFORE = _NO_SIGN + r"(?<![0-9][ .,/-])(?<!<<)" + EDGE
_ALONE_AFTER = r"(?!\w|[ .()/-]{0,2}[0-9]|%|[ ]?[=*^])"
_PLAIN_BEFORE = _NO_SIGN + r"(?<![0-9][.,/-])" + EDGE
_PLAIN_AFTER = r"(?!\w|[./-][0-9])"
# +44 20 7946 0958: 8 to 13 digits (ITU-T E.164 allows 15, which no country uses).
_INTERNATIONAL = re.compile(
    r"(?<![\w+])\+[2-9](?:[ .()/-]{0,2}[0-9]){7,12}(?![0-9])" + _EXTENSION, re.IGNORECASE
)
# North American Numbering Plan: the area begins with 2 to 9, the exchange too; but people write
# 555-123-4567 for a number.
_AMERICAN = re.compile(
    rf"(?:(?<![\w+])\+1[ .-]{{0,2}}|{_PLAIN_BEFORE}(?:1[ .-])?)"
    r"(?:\([2-9][0-9]{2}\)[ ]?|[2-9][0-9]{2}[.-])[0-9]{3}[ .-][0-9]{4}"
    + _EXTENSION
    + _PLAIN_AFTER
    # Behind +1 the digits themselves need not be valid.
    + rf"|(?<![\w+])\+1(?:[ .-]?[0-9]{{3}}){{2}}[ .-]?[0-9]{{4}}(?![0-9]){_EXTENSION}"
    + rf"|{_ALONE_BEFORE}(?:1[ ])?[2-9][0-9]{{2}}[ ][2-9][0-9]{{2}}[ -][0-9]{{4}}"
    + _EXTENSION
    + _ALONE_AFTER,
    re.IGNORECASE,
)
# 020 7946 0958, 0688 843 79 56: a trunk 0, then groups, one of them of three digits or more.
_TRUNK = re.compile(
    _ALONE_BEFORE
    + r"\(?0[1-9][0-9]{0,3}\)?(?=[ 0-9-]{0,9}[0-9]{3})(?:[ -][0-9]{2,4}){2,4}"
    + _ALONE_AFTER
)
_ANY = re.compile(
    _ALONE_BEFORE + r"\(?[0-9](?:[ .()/-]{0,2}[0-9]){6,14}" + _EXTENSION + _ALONE_AFTER,
    re.IGNORECASE,
)
# Where a number can be at all; the patterns above are tried there alone.
_RUN = re.compile(r"[+(0-9][0-9 ().+/-]{6,}")
_MIN_DIGITS = 7
_MARGIN = 16  # characters of an extension behind a run
_DATE_OR_DECIMAL = re.compile(
    r"(?:19|20)[0-9]{2}([ ./-])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([ ./-])[0-9]{1,2}\2[0-9]{2,4}\Z"
    r"|(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}\Z|[0-9]+\.[0-9]+\Z"
)


def find_phones(text: str) -> Iterator[Place]:
    """Telephone numbers; not order, item or tracking numbers, dates, or parts of longer numbers."""
    for run in _RUN.finditer(text):
        if sum(map(str.isdigit, run.group())) >= _MIN_DIGITS:
            yield from _find_in(text, run.start(), min(run.end() + _MARGIN, len(text)))


def _find_in(text: str, start: int, end: int) -> Iterator[Place]:
    yield from (found.span() for found in _INTERNATIONAL.finditer(text, start, end))
    for found in _AMERICAN.finditer(text, start, end):
        if found.group().startswith("+") or not is_named_identifier(text, found.start()):
            yield found.span()
    for found in _TRUNK.finditer(text, start, end):
        digits = sum(map(str.isdigit, found.group()))
        if 9 <= digits <= 11 and not is_named_identifier(text, found.start()):
            yield found.span()
    for found in _ANY.finditer(text, start, end):
        if (
            has_phone_cue(text, found.start())
            and not _DATE_OR_DECIMAL.match(found.group())
            and not is_named_identifier(text, found.start())
        ):
            yield found.span()


PHONE = Recogniser(find_phones, digits=_MIN_DIGITS)
