"""The recognisers by entity, in the order in which they win where two overlap.

To add one: write a `find` function that yields places in time linear in the text, wrap it with its
gate into a `Recogniser` in its own file here, add it to `RECOGNISERS` and to the entities in
`settings_pii.Pii`, and mirror it by one test in `ftdata_tests/cleaning/pii/`.
"""

from __future__ import annotations

from ftdata.cleaning.pii.address import ADDRESS
from ftdata.cleaning.pii.credit_card import CREDIT_CARD
from ftdata.cleaning.pii.date_of_birth import DATE_OF_BIRTH
from ftdata.cleaning.pii.email_address import EMAIL
from ftdata.cleaning.pii.iban import IBAN
from ftdata.cleaning.pii.ip_address import IP
from ftdata.cleaning.pii.mac_address import MAC
from ftdata.cleaning.pii.national_id import NATIONAL_ID
from ftdata.cleaning.pii.passport import PASSPORT
from ftdata.cleaning.pii.person import PERSON, PERSON_BY_CUE
from ftdata.cleaning.pii.phone import PHONE
from ftdata.cleaning.pii.recogniser import Recogniser
from ftdata.cleaning.pii.secret import SECRET
from ftdata.cleaning.pii.ssn import SSN
from ftdata.cleaning.pii.url import URL
from ftdata.settings_pii import Entity

RECOGNISERS: dict[Entity, Recogniser] = {
    "SECRET": SECRET,
    "EMAIL": EMAIL,
    "URL": URL,
    "CREDIT_CARD": CREDIT_CARD,
    "IBAN": IBAN,
    "SSN": SSN,
    "NATIONAL_ID": NATIONAL_ID,
    "PASSPORT": PASSPORT,
    "IP": IP,
    "MAC": MAC,
    "PHONE": PHONE,
    "DATE_OF_BIRTH": DATE_OF_BIRTH,
    "ADDRESS": ADDRESS,
    "PERSON": PERSON,
}
# What stands in for them where `pii.names` is `cues`: no list of names is asked.
RECOGNISERS_BY_CUE: dict[Entity, Recogniser] = {"PERSON": PERSON_BY_CUE}
