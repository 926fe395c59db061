"""What a recogniser finds, its gate lets through."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.cleaning.gate import search_of
from ftdata.cleaning.pii import RECOGNISERS

GATED = [name for name, recogniser in RECOGNISERS.items() if recogniser.gate]
FOUND = {
    "CREDIT_CARD": ["4111 1111 1111 1111", "card 5500-0055-5555-5559", "4012888888881881"],
    "IBAN": ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "NO93-8601-1117-947"],
    "SSN": ["123-45-6789", "ssn 123 45 6789", "social security 123456789", "123\u201145\u20116789"],
    "PHONE": ["+44 20 7946 0958", "(212) 555-2368", "call 5552368", "06\u00a012\u00a034 56 78"],
    "SECRET": ["password: hunter22x", "AKIAABCDEFGHIJKLMNOP", "https://u:s3cretpw@db.internal/x"],
    "EMAIL": ["bob@corp.org", "ann.lee@mail.example.net", "x_y@z.io"],
    "URL": ["https://corp.org/a", "www.corp.org/b?c=d", "HTTP://corp.org"],
    "PASSPORT": ["passport no. C01X00T47", "Passport: 533380006", "passport number is 340020013"],
    "IP": ["10.1.2.3", "2001:db8:0:1:1:1:1:1", "at 93.184.216.34 now"],
    "MAC": ["00:1a:2b:3c:4d:5e", "00-1A-2B-3C-4D-5E", "001a.2b3c.4d5e"],
    "DATE_OF_BIRTH": ["born on 4 May 1971", "dob: 1971-05-04", "NÉE le 4 mai 1971"],
    "ADDRESS": [
        "612 Van Horn Avenue", "231 hazelwood avenue", "12 rue de la Paix", "Hauptstr. 5",
        "Calle Mayor 3", "P.O. Box 12", "Postfach 1 23 45", "USS Nimitz, FPO AP 96620", "Suite 231",
        "zip code is 90210", "postal code: SW1A 1AA", "CA 94105", "New South Wales 2010",
        "12, rue de Lyon", "4 Rue\u00a0X St",
    ],
}  # fmt: skip
PIECES = st.sampled_from(
    [piece for texts in FOUND.values() for text in texts for piece in text.split(" ")]
    + [" ", "-", "\u00a0", "\u2013", ".", "/", "\n", "St", "STREET", "é", "№"]
)


@pytest.mark.parametrize("name", GATED)
def test_what_is_found_passes(name):
    recogniser = RECOGNISERS[name]
    found = [text for text in FOUND[name] if list(recogniser.find(text))]
    assert len(found) >= 3
    assert all(search_of(recogniser.gate)(text) for text in found)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=12), st.sampled_from(["", " ", "-", "\u00a0"]))
def test_whatever_is_found_passes(pieces, gap):
    text = gap.join(pieces)
    for name in GATED:
        recogniser = RECOGNISERS[name]
        if list(recogniser.find(text)):
            assert search_of(recogniser.gate)(text), name
