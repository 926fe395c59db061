"""What a build answers of the claims that do not hold of its dataset."""

import pytest

from ftdata.show_warnings import show_warnings


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("lengths_vary",), "lengths_vary does not hold"),
        (("lengths_vary", "openings_vary"), "lengths_vary, openings_vary do not hold"),
    ],
)
def test_claims_that_do_not_hold_are_named(names, told, capsys):
    show_warnings(names, "data/datasets/0123")
    said = capsys.readouterr().err.replace("\n", " ")
    assert told in said
    assert "data/datasets/0123/warnings.json" in said


def test_nothing_is_said_where_all_hold(capsys):
    show_warnings((), "data/datasets/0123")
    assert capsys.readouterr() == ("", "")
