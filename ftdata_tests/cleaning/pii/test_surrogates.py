"""Surrogates look like what they stand for and belong to nobody."""

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.pii.credit_card import has_luhn
from ftdata.cleaning.pii.leftovers import pii_left
from ftdata.cleaning.pii.surrogates import make_surrogate
from ftdata.settings_pii import Entity

KEY = b"a key of sixteen"
FORMS = {
    "EMAIL": ("bob@corp.org", r"[a-z.]+\d{4}@example\.org"),
    "PHONE": ("+44 20 7946 0958", r"\+1 \(\d{3}\) 555-01\d\d"),
    "CREDIT_CARD": ("4111-1111-1111-1111", r"9\d{3}-\d{4}-\d{4}-\d{4}"),
    "SSN": ("123-45-6789", r"000-\d\d-\d{4}"),
    "IP": ("8.8.8.8", r"(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+"),
    "MAC": ("a4:5e:60:00:00:01", r"00:00:5e:00:53:[0-9a-f]{2}"),
    "PERSON": ("yusuf rossi", r"[A-Z][\w']+ [A-Z][\w']+"),
    "PASSPORT": ("C01X00T47", r"[A-Z]0\d[A-Z]\d\d[A-Z]\d\d"),
}


@pytest.mark.parametrize(("entity", "text", "form"), [(e, *case) for e, case in FORMS.items()])
def test_a_surrogate_has_the_form(entity, text, form):
    assert re.fullmatch(form, make_surrogate(entity, text, KEY))


@given(st.sampled_from(get_args(Entity)), st.text("0123456789 -ab@.", min_size=1, max_size=20))
def test_a_surrogate_is_nobodys(entity, text):
    surrogate = make_surrogate(entity, text, KEY)
    assert pii_left([surrogate]) == [None]
    assert make_surrogate(entity, f" {text.upper()} ", KEY).split() == surrogate.split() or (
        entity in ("CREDIT_CARD", "NATIONAL_ID", "PASSPORT")  # these have the shape of the text
    )


@given(st.from_regex(r"\d{4} \d{4} \d{4} \d{4}", fullmatch=True))
def test_no_card_has_a_checksum(text):
    digits = make_surrogate("CREDIT_CARD", text, KEY).replace(" ", "")
    assert digits.startswith("9")
    assert not has_luhn(digits)


def test_parts_of_a_name_go_with_the_name():
    first, last = make_surrogate("PERSON", "Isabella Rossi", KEY).split()
    assert make_surrogate("PERSON", "isabella", KEY) == first
    assert make_surrogate("PERSON", "ROSSI", KEY) == last


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("4711", r"\[PERSON\]"),
        ("♥", r"\[PERSON\]"),
        ("anna_1985", r"[A-Z][a-z']+_0000"),
        ("अनीता देवी", r"[A-Z][\w']+ [A-Z][\w']+"),
        ("مُحَمَّد", r"[A-Z][\w']+"),
    ],
)
def test_nothing_of_a_name_is_left(text, form):
    assert re.fullmatch(form, make_surrogate("PERSON", text, KEY))


def test_no_number_of_another_state_becomes_a_social_security_number():
    shaped = [make_surrogate("NATIONAL_ID", f"{n}-00-0000", KEY) for n in range(100, 120)]
    assert all(text.startswith("000-") for text in shaped)


def test_no_mark_is_left_in_the_shape_of_a_number():
    assert make_surrogate("PASSPORT", "अनी", KEY).isascii()
