"""The key of surrogates and hashes: needed where a mode asks for it, told apart, never stored."""

import pytest

from ftdata.cleaning.pii.modes import Replacer
from ftdata.errors import SettingsError
from ftdata.pii_key import key_identity, read_key
from ftdata.settings_pii import Pii

KEYED = Pii(modes={"PERSON": "surrogate"})
KEY = "0123456789abcdef"


def test_without_a_mode_that_needs_one_there_is_no_key(monkeypatch):
    monkeypatch.setenv("FTDATA_PII_KEY", KEY)
    for options in (
        Pii(),
        Pii(enabled=False, mode="hash"),
        Pii(entities=("IP",), modes={"PERSON": "hash"}),
    ):
        assert read_key(options) is None
        assert key_identity(options) == ""


@pytest.mark.parametrize(("value", "fault"), [(None, "is not set"), ("short", "is too short")])
def test_a_missing_or_short_key_is_named_with_what_to_do(monkeypatch, value, fault):
    monkeypatch.delenv("FTDATA_PII_KEY", raising=False)
    if value:
        monkeypatch.setenv("FTDATA_PII_KEY", value)
    with pytest.raises(SettingsError, match=rf"FTDATA_PII_KEY {fault}.*openssl rand"):
        read_key(KEYED)


def test_the_setting_that_asks_for_a_key_is_named(monkeypatch):
    monkeypatch.delenv("FTDATA_PII_KEY", raising=False)
    for options, name in (
        (KEYED, "modes.PERSON"),
        (Pii(mode="hash", modes={"IP": "hash"}), "mode"),
    ):
        with pytest.raises(SettingsError, match=rf"\(cleaning\.pii\.{name}\)"):
            read_key(options)


def test_the_variable_may_have_another_name(monkeypatch):
    monkeypatch.setenv("OTHER", KEY)
    assert read_key(KEYED.model_copy(update={"key_variable": "OTHER"})) == KEY.encode()


def test_keys_are_told_apart_without_saying_what_they_are(monkeypatch):
    identities = []
    for key in (KEY, KEY[::-1]):
        monkeypatch.setenv("FTDATA_PII_KEY", key)
        identities.append(key_identity(KEYED))
    assert len(set(identities)) == 2
    assert all(len(identity) == 8 and identity not in KEY for identity in identities)


def test_a_denied_word_of_another_kind_needs_a_key_too(monkeypatch):
    monkeypatch.delenv("FTDATA_PII_KEY", raising=False)
    options = Pii(entities=("EMAIL",), deny={"PERSON": ("falcon",)}, modes={"PERSON": "hash"})
    with pytest.raises(SettingsError):
        read_key(options)
    with pytest.raises(ValueError, match="needs a key"):
        Replacer(options, None)
