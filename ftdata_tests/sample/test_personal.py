"""Personal data in the sample is nobody's, and looks right all the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.sample.personal import api_key, card, iban, phone, ssn
from ftdata_tests.sample.reading import REPOSITORY

TEXTS = {
    "email": re.compile(r"[\w.+]+@[\w.-]+\.(?:com|net|org)\b"),
    "card": re.compile(r"\b(?:4111|5555|4012|3782)[0-9 -]{11,15}"),
    "iban": re.compile(r"\b[A-Z]{2}\d\d(?: [A-Z0-9]{2,4}){3,5}\b"),
    "ssn": re.compile(r"\b\d{3}-\d\d-\d{4}\b"),
    "api_key": re.compile(r"\bs[k]-[A-Za-z0-9]{40}\b"),
    "password": re.compile(r"(?i)password(?:=|: )\w{11}4"),
    "phone": re.compile(r"\d{3}\)?[ -]555-01\d\d\b|(?:\+44 20|\b020) 7946 0\d{3}\b"),
}
names = st.text(max_size=20)


def passes_luhn(number):
    digits = [int(sign) for sign in number if sign.isdigit()][::-1]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


@given(names)
def test_cards_pass_luhn(name):
    assert passes_luhn(card(name))


@given(names)
def test_ibans_have_the_right_check_digits(name):
    compact = iban(name).replace(" ", "")
    assert len(compact) == {"GB": 22, "DE": 22, "NL": 18}[compact[:2]]
    assert int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 == 1


@given(names)
def test_phones_are_in_the_ranges_for_fiction(name):
    assert TEXTS["phone"].search(phone(name))


@given(names)
def test_social_security_numbers_are_void(name):
    assert ssn(name) in {"219-09-9999", "078-05-1120"}


@given(names)
def test_keys_look_like_keys(name):
    assert TEXTS["api_key"].fullmatch(api_key(name))


@pytest.mark.parametrize("kind", sorted(TEXTS))
def test_every_kind_is_in_the_shipped_files(kind, records, summary):
    holding = [
        record
        for record in records
        if TEXTS[kind].search(f"{record.values['prompt']} {record.values['response']}")
    ]
    assert len(holding) >= 4
    assert summary.personal[kind] >= 4


def test_no_address_is_one_of_those_that_redaction_keeps(records):
    found = {
        address.rpartition("@")[2]
        for record in records
        for address in TEXTS["email"].findall(record.values["prompt"])
    }
    assert len(found) >= 3
    assert not any(domain.startswith("example.") for domain in found)


def test_the_package_holds_no_key():
    for path in (REPOSITORY / "ftdata" / "sample").rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            text = path.read_text(encoding="utf-8")
            assert not TEXTS["api_key"].search(text)
            assert not TEXTS["password"].search(text)
