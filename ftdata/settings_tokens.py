"""Which control tokens an owner may name: none that stand in placeholders or in JSON itself.

A token is broken wherever it stands, in tool calls as well. Were `null` or `[EMAIL]` one, the JSON
would be none afterwards, and each placeholder would be taken for a token that is left.
"""

from __future__ import annotations

import re
from typing import get_args

from ftdata.settings_pii import Entity

_MIN, _MAX = 2, 100  # characters
_MIN_LETTERS = 4  # of a token of letters alone
_LITERALS = ("null", "true", "false")
# Keys of tool calls and of tools, as providers name them.
_KEYS = ("id", "type", "function", "name", "arguments", "parameters", "description")
# Brackets, numbers and whole literals, with the end of a literal before them and the beginning of
# one behind.
_SYNTAX = re.compile(
    r"(?=.*[0-9{}\[\],:])(?:u?ll?|(?:r?u)?e|(?:a?l)?se)?"
    r"(?:[{}\[\],:0-9.eE+-]|null|true|false)+(?:nu?l?|tr?u?|fa?l?s?)?"
)
_ESCAPED = ('"', "\\")
# What stands behind the kind in `[PERSON_12]` and `[EMAIL_0123456789ab]`.
_NUMBERED_END = re.compile(r"_[0-9a-f]{0,12}\]?\Z")


def check_token(token: str) -> str:
    """The token as it is.

    Raises ValueError, with the reason and the fix, for one with white space or of another length
    than 2 to 100 characters, for one that may be a word (`the`, `Human`, `AI`), for one that
    placeholders hold (`[EMAIL]`, `PERSON_1`), and for one that JSON is written with (`null`, `},`,
    `":`, the key `name`).
    """
    if not _MIN <= len(token) <= _MAX or any(map(str.isspace, token)):
        raise ValueError(f"a token has {_MIN} to {_MAX} characters and no white space: mend it")
    kind = next((kind for kind in get_args(Entity) if _is_in_placeholder(token, kind)), None)
    if kind:
        raise ValueError(
            f"{token!r} is in the placeholder [{kind}], which redaction writes: take it out;"
            " placeholders are no control tokens"
        )
    if _is_in_json(token):
        raise ValueError(
            f"{token!r} is what JSON or a tool call is written with, and breaking it would spoil"
            " them: take it out, or give more of the token, such as the marks around it"
        )
    if _is_word(token):
        raise ValueError(
            f"{token!r} stands in plain texts, and each would get a space in it: give the token as"
            " the template writes it, with the marks around it, or take it out"
        )
    return token


def _is_word(token: str) -> bool:
    is_short = token.isascii() and len(token) < _MIN_LETTERS
    return token.isalpha() and (is_short or token[1:].islower())


def _is_in_placeholder(token: str, kind: str) -> bool:
    head = _NUMBERED_END.sub("_", token)
    return head in f"[{kind}]" or head in f"[{kind}_"


def _is_in_json(token: str) -> bool:
    words = (*_LITERALS, *_KEYS)
    return (
        any(mark in token for mark in _ESCAPED)
        or any(token in word for word in words)
        or _SYNTAX.fullmatch(token) is not None
    )
