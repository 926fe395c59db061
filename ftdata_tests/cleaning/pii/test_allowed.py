"""The owner's list of what stays."""

import unicodedata

import pytest

from ftdata.cleaning.pii.allowed import is_allowed, read_allowed
from ftdata.settings_pii import Pii


@pytest.mark.parametrize(
    ("entity", "text", "stays"),
    [
        ("EMAIL", "HELP@corp.org", True),
        ("EMAIL", "help＠corp.org", True),
        ("EMAIL", "help@corp.org.uk", False),
        ("PERSON", "Zoë Quix", True),
        ("PERSON", "help@corp.org", False),
        ("USER", "Zoë Quix", False),
    ],
)
def test_a_text_is_allowed_for_its_kind_however_it_is_written(entity, text, stays):
    decomposed = unicodedata.normalize("NFD", " Zoë Quix ")
    allowed = read_allowed(Pii(allow={"EMAIL": ("Help@corp.org",), "PERSON": (decomposed,)}))
    assert is_allowed(allowed, entity, text) == stays
