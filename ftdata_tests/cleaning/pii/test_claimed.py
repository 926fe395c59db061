"""The asset check judges what the settings claim, no more."""

import pytest

from ftdata.cleaning.pii.claimed import claimed_left
from ftdata.settings_pii import Pii


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (Pii(), "EMAIL"),
        (Pii(modes={"EMAIL": "report"}), None),
        (Pii(entities=("PHONE",)), None),
        (Pii(allow={"EMAIL": ("BOB@corp.org",)}), None),
        (Pii(allow={"EMAIL": ("amy@corp.org",)}), "EMAIL"),
        (Pii(mode="mask"), "EMAIL"),
        (Pii(allow={"SECRET": ("bob@corp.org",)}), "EMAIL"),
        (Pii(allow={"EMAIL": ("bob@corp.org",), "PERSON": ("bob",)}), None),
    ],
)
def test_what_may_be_there_is_not_left_over(options, left):
    assert claimed_left(["to bob@corp.org", None, "x"], options) == [left, None, None]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("bob@corp.org.", None),
        ("bob@corp.org, bob＠corp.org", None),
        ("bob@corp.org.uk", "EMAIL"),
        ("jim.bob@corp.org", "EMAIL"),
        ("bob@corp.organic.com", "EMAIL"),
        ("bob@corp.org amy@corp.org", "EMAIL"),
        ("bob@corp.org.au or bob@corp.org", None),
        ("4111-1111-1111-1111", None),
        ("4111111111111111", "CREDIT_CARD"),
    ],
)
def test_only_the_whole_of_what_is_allowed_may_be_there(text, left):
    allow = {"EMAIL": ("bob@corp.org", "bob@corp.org.au"), "CREDIT_CARD": ("4111-1111-1111-1111",)}
    assert claimed_left([text], Pii(allow=allow)) == [left]
