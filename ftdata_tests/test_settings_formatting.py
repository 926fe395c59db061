"""Domains of the owner's own: what cannot be told apart is refused, with the line and the fix."""

from __future__ import annotations

import pytest

from ftdata.errors import SettingsError
from ftdata.settings_file import parse_settings


@pytest.mark.parametrize(
    ("domains", "words"),
    [
        ("{general: [tent]}", "general is what fits no other: take it out, or name it otherwise"),
        ("{tents: []}", "tents has no words: list some, or take it out"),
        ("{tents: ['…']}", "tents: '…' holds no letter and no digit"),
        ("{tents: [Tent], boats: [tent]}", "'tent' stands under tents and boats: keep it in one"),
        ("{tents: ['']}", "at least 1 character"),
    ],
)
def test_domains_that_tell_nothing_apart_are_refused(domains: str, words: str) -> None:
    with pytest.raises(SettingsError) as raised:
        parse_settings(f"formatting:\n  domains: {domains}\n")
    assert str(raised.value).startswith("ftdata.yaml:2: `formatting.domains")
    assert words in str(raised.value)


def test_domains_keep_their_order_and_their_words() -> None:
    text = "formatting: {domains: {tents: [tent, sleeping bag], boats: [canoe]}}"
    own = parse_settings(text).formatting.own_domains
    assert own == (("tents", ("tent", "sleeping bag")), ("boats", ("canoe",)))
    assert parse_settings("").formatting.own_domains == ()
