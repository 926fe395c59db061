"""The key of surrogates and hashes: from the environment, never stored."""

from __future__ import annotations

import hashlib
import hmac
import os

from ftdata.errors import SettingsError
from ftdata.settings_pii import KEYED, Pii

MIN_CHARS = 16


def needs_key(options: Pii) -> bool:
    """Whether a kind that is redacted becomes a surrogate or a hash."""
    kinds = {*options.entities, *options.deny}
    return options.enabled and any(options.mode_of(kind) in KEYED for kind in kinds)


def read_key(options: Pii) -> bytes | None:
    """The key, None where nothing needs one.

    Raises SettingsError where one is needed and the environment holds none, or too short a one.
    """
    if not needs_key(options):
        return None
    key = os.environ.get(options.key_variable, "")
    if len(key) < MIN_CHARS:
        keyed = [kind for kind in options.precedence() if options.mode_of(kind) in KEYED]
        own = next((kind for kind in keyed if kind in options.modes), None)
        asks = f"modes.{own}" if own and options.mode not in KEYED else "mode"
        state = "is too short" if key else "is not set"
        raise SettingsError(
            f"the environment variable {options.key_variable} {state}: surrogates and hashes"
            f" (cleaning.pii.{asks}) need a key of {MIN_CHARS} characters or more, such as the"
            " output of `openssl rand -hex 32`; keep it, since another key gives other surrogates"
        )
    return os.fsencode(key)


def key_identity(options: Pii) -> str:
    """Eight hex digits that tell keys apart and say nothing of them; empty without a key."""
    key = os.environ.get(options.key_variable, "") if needs_key(options) else ""
    return hmac.new(os.fsencode(key), b"ftdata", hashlib.sha256).hexdigest()[:8] if key else ""
