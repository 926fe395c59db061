"""Numbers of persons given by states: by shape and checksum, and by a word where that is digits.

Which forms there are and how they are checked: `stdnum` and the issuers' rules that it names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import NamedTuple

from stdnum.exceptions import ValidationError

from ftdata.cleaning.pii.context import is_named_identifier
from ftdata.cleaning.pii.recogniser import Place, Recogniser


class NationalId(NamedTuple):
    """One kind of number.

    `plain` is a form that is safe alone, in capitals: letters and a checksum, or its official
    separators. `bare` is a form that other numbers have, too: one of `cue` must stand near.
    `heads` are the counts of leading letters and of digits right behind them, in any of the forms.
    `module` of `stdnum` checks both; without one the form is the check.
    """

    name: str
    heads: tuple[tuple[int, int], ...]
    plain: str
    bare: str
    module: str
    cue: str = ""


_NINO = r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
_THREES = r"[0-9]{3}(?P<p>[ -]?)[0-9]{3}(?P=p)[0-9]{3}"
# In the order in which they are tried; the patterns are of capital letters.
NATIONAL_IDS = (
    NationalId("ES DNI", ((0, 8), (0, 7)), r"[0-9]{7,8}-?[A-Z]", "", "es.dni"),
    NationalId("ES NIE", ((1, 7),), r"[XYZ][0-9]{7}-?[A-Z]", "", "es.nie"),
    NationalId("SG NRIC", ((1, 7),), r"[STFGM][0-9]{7}[A-Z]", "", "", "nric|singpass"),
    NationalId(
        "IT codice fiscale",
        ((6, 2),),
        r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]",
        "",
        "it.codicefiscale",
    ),
    NationalId("MX CURP", ((4, 6),), r"[A-Z]{4}[0-9]{6}[HMX][A-Z]{5}[0-9A-Z][0-9]", "", "mx.curp"),
    NationalId(
        "UK NINO",
        ((2, 6), (3, 2)),
        _NINO + r"(?:[0-9]{6}| [0-9]{2} [0-9]{2} [0-9]{2} ?)[A-D]",
        "",
        "",
    ),
    NationalId("IN PAN", ((5, 4),), r"[A-Z]{3}P[A-Z][0-9]{4}[A-Z]", "[A-Z]{5}[0-9]{4}[A-Z]",
               "in_.pan", r"pan|income tax"),
    NationalId("FI HETU", ((0, 6),), r"[0-9]{6}[A-FU-Y+-][0-9]{3}[0-9A-Z]", "", "fi.hetu"),
    NationalId("KR RRN", ((0, 6), (0, 13)), r"[0-9]{6}-[1-8][0-9]{6}", r"[0-9]{13}", "kr.rrn",
               r"rrn|resident registration|korean id"),
    # Those given since October 2020 have no checksum.
    NationalId("KR RRN", ((0, 6),), "",
               r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-[1-8][0-9]{6}", "",
               "rrn|resident registration|korean id"),
    NationalId("SE personnummer", ((0, 6), (0, 8), (0, 10), (0, 12)),
               r"(?:[0-9]{2})?[0-9]{6}[-+][0-9]{4}", r"(?:[0-9]{2})?[0-9]{10}",
               "se.personnummer", r"person(?:al )?num\w{2,5}|pnr|samordningsnummer|swedish id"),
    NationalId("BR CPF", ((0, 3), (0, 11)), r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}", r"[0-9]{11}",
               "br.cpf", "cpf"),
    NationalId("CL RUT", ((0, 1), (0, 2), (0, 7), (0, 8)),
               r"[0-9]{1,2}\.[0-9]{3}\.[0-9]{3}-[0-9K]", r"[0-9]{7,8}-?[0-9K]", "cl.rut",
               r"rut|rol [uú]nico"),
    NationalId("BE NN", ((0, 2), (0, 11)), r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}[. ][0-9]{2}",
               r"[0-9]{11}", "be.nn", r"rijksregister\w{0,6}|registre national|insz|niss"),
    NationalId("FR NIR", ((0, 1), (0, 15)),
               r"[1-478] [0-9]{2} [0-9]{2} [0-9][0-9AB] [0-9]{3} [0-9]{3} [0-9]{2}",
               r"[1-478][0-9]{5}[0-9AB][0-9]{8}", "fr.nir",
               r"s[eé]curit[eé] sociale|nir|insee|s[eé]cu|nss"),
    NationalId("TH PIN", ((0, 1), (0, 13)), r"[1-8]-[0-9]{4}-[0-9]{5}-[0-9]{2}-[0-9]",
               r"[1-8][0-9]{12}", "th.pin", r"thai id|ประจำตัวประชาชน|บัตรประชาชน"),
    NationalId("IN Aadhaar", ((0, 4), (0, 12)), r"[2-9][0-9]{3}(?P<p>[ -])[0-9]{4}(?P=p)[0-9]{4}",
               r"[2-9][0-9]{11}", "in_.aadhaar", r"aadhaa?r|uidai"),
    NationalId("US ITIN", ((0, 3),),
               r"9[0-9]{2}-(?:5[0-9]|6[0-5]|7[0-9]|8[0-8]|9[0-24-9])-[0-9]{4}", "", ""),
    NationalId("CN RIC", ((0, 17), (0, 18)), r"[1-9][0-9]{16}X", r"[1-9][0-9]{17}", "cn.ric",
               r"身份证|resident id|chinese id"),
    NationalId("DE IdNr", ((0, 11), (0, 2)), "", r"[1-9][0-9](?: ?[0-9]{3}){3}", "de.idnr",
               r"steuer\W?id\w{0,20}|idnr|steueridentifikationsnummer|tin"),
    NationalId("PL PESEL", ((0, 11),), "", r"[0-9]{11}", "pl.pesel", "pesel"),
    NationalId("NO fødselsnummer", ((0, 11), (0, 6)), "", r"[0-9]{6} ?[0-9]{5}",
               "no.fodselsnummer", r"f[øo]dselsnu\w{2,4}|personnummer|fnr"),
    NationalId("DK CPR", ((0, 6), (0, 10)), "", r"[0-9]{6}[- ]?[0-9]{4}", "dk.cpr",
               r"cpr\w{0,10}|personnummer"),
    NationalId("NL BSN", ((0, 9), (0, 8), (0, 4)), "",
               r"[0-9]{8,9}|[0-9]{4}(?P<p>[ .])[0-9]{2}(?P=p)[0-9]{3}", "nl.bsn",
               r"bsn|burgerservicenummer|sofi\w{0,8}"),
    NationalId("PT NIF", ((0, 9), (0, 3)), "", _THREES, "pt.nif", r"nif|contribuinte"),
    NationalId("UK NHS", ((0, 10), (0, 3)), "", r"[0-9]{3}(?P<p>[ -]?)[0-9]{3}(?P=p)[0-9]{4}",
               "gb.nhs", "nhs"),
    NationalId("CA SIN", ((0, 9), (0, 3)), "", _THREES, "ca.sin",
               r"my sin|sin (?:number|no|is|card)|sin:|nas|social insurance|assurance sociale"),
    NationalId("AU TFN", ((0, 9), (0, 8), (0, 3)), "", _THREES + r"|[0-9]{8}", "au.tfn",
               r"tfn|tax file"),
    NationalId("TR TCKN", ((0, 11),), "", r"[1-9][0-9]{10}", "tr.tckimlik",
               r"tckn|t\.?c\.? kimlik\w{0,4}|kimlik\w{0,4}|turkish id"),
    NationalId("ZA ID", ((0, 13),), "", r"[0-9]{13}", "za.idnr",
               r"south african?|rsa id|sa id|permanent resident"),
    NationalId("RO CNP", ((0, 13),), "", r"[1-9][0-9]{12}", "ro.cnp",
               r"cnp|cod numeric personal"),
)  # fmt: skip
_ANY_CUE = (
    r"national (?:id\w{0,12}|insurance)|identity (?:card|number|no)|personal (?:id|code|number)"
    r"|identification (?:number|code)|citizen (?:id|number|card)|tax(?:payer)? (?:id|number)"
    r"|social security"
)
_BEFORE_CHARS, _AFTER_CHARS = 45, 25
# Letters of scripts without spaces may touch a number: 身份证号码是1101….
_START = r"(?<![A-Za-z0-9_])(?<![0-9][.,-])"
_DIGITS = re.compile(r"[0-9]+")
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_NUMERALS = frozenset("0123456789")
_SEPARATORS = frozenset(" .-")
_MOST_LETTERS = 6
_FEWEST_DIGITS = 6  # of a form without letters or separators
_GROUPED = re.compile("[A-Z]{2} ", re.IGNORECASE | re.ASCII)
_GROUPED_NINO = 3  # two letters and a space before its first digits
_END = r"(?![A-Za-z0-9_]|[.,:/-][0-9])(?:(?<![0-9])|(?! [0-9]))"
_LOOK_AHEAD = 28  # more than the longest form


class _Form(NamedTuple):
    pattern: re.Pattern[str]
    cue: re.Pattern[str] | None  # None where the form is safe alone
    kind: NationalId


def find_national_ids(text: str) -> Iterator[Place]:
    """Numbers of persons whose checksum holds; digits alone only near a word that says so."""
    forms = _forms()
    for digits in _DIGITS.finditer(text):
        first, end = digits.span()
        if end - first < _FEWEST_DIGITS and _is_apart(text, first, end):
            continue
        heads = [_letters_before(text, first)]
        if heads == [0] and end - first == 2 and _GROUPED.fullmatch(text[first - 3 : first]):
            heads = [_GROUPED_NINO, 0]
        found = (
            _find_at(text, first - letters, forms.get((letters, end - first), ()))
            for letters in heads
        )
        yield from (place for place in found if place)


def _find_at(text: str, start: int, forms: Sequence[_Form]) -> Place | None:
    for form in forms:
        found = form.pattern.match(text, start, start + _LOOK_AHEAD)
        if found and _is_named(text, found, form.cue) and _is_checked(found, form.kind):
            return found.span()
    return None


def _is_apart(text: str, first: int, end: int) -> bool:
    """Whether no letter stands before the digits and no group of digits behind: most numbers."""
    if text[first - 1 : first] in _LETTERS:
        return False
    return text[end : end + 1] not in _SEPARATORS or text[end + 1 : end + 2] not in _NUMERALS


def _letters_before(text: str, start: int) -> int:
    """How many ASCII letters stand right before the digits, up to one more than any form has."""
    count = 0
    while count <= _MOST_LETTERS and start > count and text[start - count - 1] in _LETTERS:
        count += 1
    return count


def has_nric_checksum(nric: str) -> bool:
    """Whether the last letter of a Singaporean NRIC or FIN (nine capitals and digits) holds."""
    weights = (2, 7, 6, 5, 4, 3, 2)
    total = sum(int(digit) * by for digit, by in zip(nric[1:8], weights, strict=True))
    rank = (total + {"T": 4, "G": 4, "M": 3}.get(nric[0], 0)) % 11
    letters = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "M": "XWUTRQPNJLK"}
    return letters.get(nric[0], "XWUTRQPNMLK")[rank] == nric[8]


@cache
def _forms() -> dict[tuple[int, int], list[_Form]]:
    """What to try, by the counts of letters and digits, so that most numbers are not tried."""
    forms: dict[tuple[int, int], list[_Form]] = defaultdict(list)
    for kind in NATIONAL_IDS:
        words = "|".join(filter(None, (kind.cue, _ANY_CUE)))
        cue = re.compile(rf"(?<![a-z[])(?:{words})(?![a-z])")
        either = "|".join(f"(?:{form})" for form in (kind.bare, kind.plain) if form)
        plain = (
            [_Form(re.compile(f"{_START}(?:{kind.plain}){_END}"), None, kind)] if kind.plain else []
        )
        named = _Form(re.compile(f"{_START}(?:{either}){_END}", re.IGNORECASE), cue, kind)
        for head in kind.heads:
            forms[head] += [*plain, named]
    return dict(forms)


def _is_named(text: str, found: re.Match[str], cue: re.Pattern[str] | None) -> bool:
    start, end = found.span()
    if cue is None:
        return not is_named_identifier(text, start)
    around = (text[max(0, start - _BEFORE_CHARS) : start], text[end : end + _AFTER_CHARS])
    return any(cue.search(part.lower()) for part in around)


def _is_checked(found: re.Match[str], kind: NationalId) -> bool:
    number = found.group().upper().replace("-", "")
    if kind.name == "SG NRIC":
        return has_nric_checksum(number)
    if kind.name == "ES DNI":  # old cards leave out leading zeros
        return bool(_stdnum("es.dni").is_valid(number.zfill(9)))
    if kind.name == "FI HETU":  # temporary numbers are given to people as well
        return bool(_stdnum("fi.hetu").is_valid(found.group(), allow_temporary=True))
    if kind.module in _TIMELESS:
        return _TIMELESS[kind.module]("".join(filter(str.isdigit, number)))
    return not kind.module or bool(_stdnum(kind.module).is_valid(found.group()))


def _is_cpr(digits: str) -> bool:
    return _has_birth_date("dk.cpr", digits)


def _is_fodselsnummer(digits: str) -> bool:
    module = _stdnum("no.fodselsnummer")
    checks = module.calc_check_digit1(digits), module.calc_check_digit2(digits)
    return "".join(checks) == digits[-2:] and _has_birth_date("no.fodselsnummer", digits)


def _is_rijksregister(digits: str) -> bool:
    return any(97 - int(f"{head}{digits[:9]}") % 97 == int(digits[9:]) for head in ("", "2"))


def _has_birth_date(module: str, digits: str) -> bool:
    try:
        _stdnum(module).get_birth_date(digits)
    except ValidationError:
        return False
    return True


# `stdnum` refuses those who are not born yet, by its clock: the same text would be redacted one
# year and not another.
_TIMELESS: dict[str, Callable[[str], bool]] = {
    "dk.cpr": _is_cpr,
    "no.fodselsnummer": _is_fodselsnummer,
    "be.nn": _is_rijksregister,
}


@cache
def _stdnum(module: str) -> ModuleType:
    return import_module(f"stdnum.{module}")


NATIONAL_ID = Recogniser(find_national_ids, digits=4)
