"""Spellings of one value: one number, one hash, one surrogate; other values have others."""

import pytest

from ftdata.cleaning.pii.modes import Replacer
from ftdata.cleaning.pii.rows import Redactor
from ftdata.cleaning.pii.same_value import normal_form, whole_names
from ftdata.cleaning.pii.surrogates import make_surrogate
from ftdata.settings_pii import Pii
from ftdata.tables import from_rows
from ftdata_tests.cleaning.raw import raw_row, turns

KEY = b"a key of sixteen"
SAME = [
    ("CREDIT_CARD", "4111 1111 1111 1111", "4111-1111-1111-1111", "4111111111111111"),
    ("IBAN", "DE89 3704 0044 0532 0130 00", "de89370400440532013000"),
    ("SSN", "123-45-6789", "123 45 6789", "123456789"),
    ("MAC", "A4:5E:60:00:00:01", "a4-5e-60-00-00-01"),
    ("EMAIL", "Bob@Corp.org", "bob@corp.org", "bob%40corp.org"),
    ("PHONE", "+44 20 7946 0958", "020 7946 0958", "(020) 7946-0958", "0044 20 7946 0958"),
    ("PHONE", "+1 (415) 555-2671", "415.555.2671", "1-415-555-2671", "4155552671"),
    ("PHONE", "+39 06 698 12345", "06 69812345"),
    ("PHONE", "(415) 555-2671 ext. 12", "+1 415 555 2671 x12"),
    ("PERSON", "Anna Rossi", "anna  ROSSI"),
]
OTHER = [
    ("PHONE", "+44 20 7946 0958", "+44 20 7946 0959"),
    ("PHONE", "415-555-2671", "415-555-2671 x12"),
    ("PHONE", "+999 123 4567", "+998 123 4567"),
    ("PERSON", "Anna Rossi", "Anna Russo"),
    ("PERSON", "Herr", "Frau"),
    ("CREDIT_CARD", "my Visa", "my Amex"),
]


@pytest.mark.parametrize("mode", ["number", "hash", "surrogate"])
@pytest.mark.parametrize(("entity", "first", "others"), [(e, f, o) for e, f, *o in SAME])
def test_spellings_of_one_value_become_one(mode, entity, first, others):
    replacer = Replacer(Pii(mode=mode), KEY)
    shown = replacer.replace(entity, first)
    for other in others:
        assert plain(replacer.replace(entity, other)) == plain(shown)


def plain(shown):
    """Without what a surrogate has of the shape of what it stands for."""
    return "".join(char for char in shown.lower().removeprefix("+1 ") if char.isalnum())


@pytest.mark.parametrize(("entity", "first", "second"), OTHER)
def test_other_values_are_told_apart(entity, first, second):
    assert normal_form(entity, first) != normal_form(entity, second)


def test_titles_before_a_name_do_not_count():
    assert normal_form("PERSON", "Prof. Dr. Anna King") == "anna king"
    assert normal_form("PERSON", "Dr.") == "dr."


def test_a_part_of_a_name_is_the_only_person_who_has_it():
    assert whole_names(["Anna Rossi", "Rossi", "Ms Rossi"])["rossi"] == "anna rossi"
    two = whole_names(["Anna Rossi", "Ugo Rossi"])
    assert two == {"anna": "anna rossi", "ugo": "ugo rossi"}


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Ask Ms Rossi. She is Anna Rossi.", "Ask Ms [PERSON_1]. She is [PERSON_1]."),
        (
            "Anna Rossi and Ugo Rossi. Which Rossi? Ugo.",
            "[PERSON_1] and [PERSON_2]. Which [PERSON_3]? [PERSON_2].",
        ),
    ],
)
def test_a_surname_alone_has_the_number_of_its_person(said, shown):
    rows = from_rows("raw_logs", [raw_row(0, turns(said), user_id=None)])
    redacted = Redactor(Pii(mode="number")).redact(rows)
    assert redacted.table.column("messages")[0][0]["content"].as_py() == shown


def test_a_surname_alone_has_the_surname_of_the_surrogate():
    whole = make_surrogate("PERSON", "Anna Rossi", KEY)
    assert make_surrogate("PERSON", "Rossi", KEY) == whole.split()[-1]
