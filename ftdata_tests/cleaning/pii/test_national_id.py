"""Numbers of persons. All are examples from the issuers' rules, or built to hold the checksum."""

import pytest

from ftdata.cleaning.pii.national_id import NATIONAL_IDS, has_nric_checksum
from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "DNI ‹12345678Z›, NIE ‹X1234567L›.",
        "12345678A, X1234567A, 123456789Z, A12345678Z, order 12345678Z",
        "CF ‹RSSMRA85T10A562S›; RSSMRA85T10A562T",
        "‹HEGG560427MVZRRL04›",
        "‹AB123456C›, ‹AB 12 34 56 C› and BG123456A, AB123456E",
        "‹131052-308T›; 131052-308U",
        "‹S1234567D› S1234567A",
        "‹811218-9876›, 811218-9877, 19000309-3393",
        "CPF ‹390.533.447-05›, 390.533.447-06",
        "‹12.531.909-2›",
        "NIR ‹2 95 10 99 126 111 93›",
        "My Aadhaar: ‹234123412346›",
        "‹2341 2341 2346›, 2341 2341 2347",
        "pan: ‹AAPPA1234A›",
        "‹912-70-1234›, 912-93-1234, 812-70-1234",
        "PESEL ‹44051401458›, pesel 44051401459",
        "my BSN is ‹111222333›",
        "tax file number ‹123 456 782›",
        "sin number: ‹123-456-782›",
        "NHS no ‹943 476 5919›",
        "steuerliche Identifikationsnummer, Steuer-ID ‹36574261809›",
        "TCKN ‹10000000146›; cpr-nummer ‹211062-5629›",
        "身份证号码是‹11010519491231002X›",
    ],
)
def test_numbers(marked):
    expect("NATIONAL_ID", marked)


@pytest.mark.parametrize(
    "text",
    [
        "44051401458, 10000000146, 111222333, 046 454 286, 943 476 5919, 8001015009087",
        '{"item_id": "234123412346", "order_id": "W2378156", "n": 36574261809}',
        "[NATIONAL_ID] 44051401458",
        "234123412346, " + "and so on " * 4 + "Aadhaar",
        "550e8400-e29b-41d4-a716-446655440000, 2024-05-14, 12.531.909, 1 85 05 78",
        "to sin 046454286 times, a frying pan 36574261809, run 12531909-2",
    ],
)
def test_other_numbers(text):
    expect("NATIONAL_ID", text)


def test_one_last_letter_in_eleven_holds():
    for start in ("S1234567", "T0123456", "F2346401", "M4332674"):
        holding = [c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if has_nric_checksum(start + c)]
        assert len(holding) == 1


def test_every_kind_has_a_check_or_a_form_of_its_own():
    assert all(kind.plain or (kind.bare and kind.cue) for kind in NATIONAL_IDS)


@pytest.mark.parametrize(
    "marked",
    ["fnr ‹01013950187›", "CPR ‹010157-5000›", "NISS ‹39.01.01-001.48›"],
)
def test_no_clock_decides_who_is_born(marked):
    expect("NATIONAL_ID", marked)  # their dates of birth lie in 2039 and 2057
