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
    ],
)
def test_what_may_be_there_is_not_left_over(options, left):
    assert claimed_left(["to bob@corp.org", None, "x"], options) == [left, None, None]
