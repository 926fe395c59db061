"""Dates of birth, and the dates that are none."""

import pytest

from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "I was born on ‹4 May 1971›, in Lyon.",
        "Date of birth: ‹04/05/1971›, DOB ‹1971-05-04›",
        '{"date_of_birth": "‹1971-05-04›", "date": "2024-05-04"}',
        "my birthday is ‹May 4th, 1971›; the meeting is on May 4, 2021; born ‹04.05.71›",
        "née le ‹4 mai 1971› à Lyon; date de naissance : ‹04/05/1971›",
        "geboren am ‹4. Mai 1971›, Geburtsdatum: ‹04.05.1971›",
        "fecha de nacimiento: ‹4 de mayo de 1971›",
        "nato il ‹4 maggio 1971›; nascida em ‹4 de maio de 1971›",
        "born in Lyon on ‹July 4, 1976›, married on 4 May 1999",
    ],
)
def test_dates_behind_a_cue(marked):
    expect("DATE_OF_BIRTH", marked)


@pytest.mark.parametrize(
    "text",
    [
        "The order of 4 May 2021 came on 2021-05-09.",
        "A star is born. On 4 May 2021 it rained.",
        "born [DATE_OF_BIRTH], paid 4 May 2021",
        "[DATE_OF_BIRTH] 4 May 2021",
        "born in 1971; version 1.2.3 was born; newborn 4 May 2021",
    ],
)
def test_other_dates(text):
    expect("DATE_OF_BIRTH", text)
