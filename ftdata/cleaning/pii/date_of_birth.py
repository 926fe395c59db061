"""Dates of birth: a date behind words that speak of a birth. Other dates are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.cleaning.gate import any_of
from ftdata.cleaning.pii.recogniser import Place, Recogniser

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|fév|avr|mai|juin|juil|août"
    r"|déc|mär|okt|dez|gen|mag|giu|lug|set|ott|fev|out|mrt|mei|janv|sept)[^\W\d_]{0,7}\.?"
)
_DATE = re.compile(
    r"(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
    r"|[0-9]{1,2}([-/. ])[0-9]{1,2}\1[ ]?(?:[0-9]{4}|[0-9]{2})"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th|er|º|\.)?(?:[ ](?:of|de|di))?[ -]{_MONTH}"
    r"(?:,|[ ]del?)?[ -][0-9]{4}"
    rf"|{_MONTH}[ ][0-9]{{1,2}}(?:st|nd|rd|th)?(?:,|[ ]of)?[ ]['’]?[0-9]{{2,4}}"
    r"|(?:19|20)[0-9]{6})(?![\w]|[-/.][0-9])",
    re.IGNORECASE,
)
# One of them is in the text wherever the words before a date of birth are.
_MARKS = (
    "born", "birth", "dob", "d.o.b", "né", "naiss", "geb", "nac", "nato", "nata", "nasc", "fødsel",
    "född",
)  # fmt: skip
_CUE = re.compile(
    r"(?<![\w\[])(?:date[ _-]of[ _-]birth|birth[ _-]?da(?:te|y)|born|d\.?o\.?b\.?|née?"
    r"|date de naissance|geboren|geburts(?:datum|tag)|geboortedatum|geb\."
    r"|fecha[ _]de[ _]nacimiento|nac(?:ido|ida|í|ió)|nat[oa]|data di nascita"
    r"|nascid[oa]|nasci|nasceu|data de nascimento|fødselsdato|född)(?![^\W_])",
    re.IGNORECASE,
)
_MOST_CHARS = 28  # between the cue and the date: ` is: `, ` on the `, ` in Lyon on `
_OTHER = re.compile(r"[.!?;][ \n]|\n\n|[0-9]|\[")  # what ends the reach of a cue


def find_dates_of_birth(text: str) -> Iterator[Place]:
    """`born on 4 May 1971`, `"dob": "1971-05-04"`, `née le 4 mai 1971`: the date alone."""
    for cue in _CUE.finditer(text):
        date = _DATE.search(text, cue.end(), cue.end() + _MOST_CHARS + 24)
        if not date or date.start() - cue.end() > _MOST_CHARS:
            continue
        if not _OTHER.search(text, cue.end(), date.start()):
            yield date.span()


DATE_OF_BIRTH = Recogniser(find_dates_of_birth, digits=3, gate=any_of(_MARKS))
