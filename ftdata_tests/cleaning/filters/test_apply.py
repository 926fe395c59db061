"""The registry: the first filter that drops names the reason, flags add up."""

import pytest

from ftdata.cleaning.conversations import read_conversations
from ftdata.cleaning.filters import apply
from ftdata.cleaning.filters.finding import Filter, Finding
from ftdata.settings_cleaning import Cleaning
from ftdata_tests.cleaning.raw import raw_table, turns


def conversations(*rows):
    return read_conversations(raw_table(*rows).column("messages"))


def test_the_first_finding_that_drops_counts():
    rows = conversations(turns("secret"), turns("secret", "yes"), turns("fine", "yes"))
    verdicts = apply.apply_filters(rows, Cleaning(drop_patterns=("secret",)))
    assert [found and found.reason for found in verdicts.drops] == ["no_reply", "pattern", None]


@pytest.mark.parametrize(
    ("action", "dropped", "flags"),
    [("drop", ["odd", None], [[], []]), ("flag", [None, None], [["odd"], []]),
     ("off", [None, None], [[], []])],
)  # fmt: skip
def test_the_settings_say_what_a_finding_does(monkeypatch, action, dropped, flags):
    odd = Filter(lambda rows, options: [Finding("odd"), None], lambda options: action)
    monkeypatch.setattr(apply, "FILTERS", (odd,))
    verdicts = apply.apply_filters(conversations(turns("a", "b"), turns("c", "d")), Cleaning())
    assert [found and found.reason for found in verdicts.drops] == dropped
    assert verdicts.flags == flags
