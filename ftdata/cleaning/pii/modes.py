"""What a find becomes: tag, number, surrogate, hash, mask, or nothing else than a count."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable

from ftdata.cleaning.pii.same_value import normal_form, whole_names
from ftdata.cleaning.pii.surrogates import is_mark, make_surrogate
from ftdata.pii_key import needs_key
from ftdata.settings_pii import Entity, Mode, Pii

_CARD_TAIL = 4  # digits of a card that PCI DSS 3.4 lets be shown
_CARD_DIGITS = 12  # with fewer it is another text that the owner's lists call a card


class Replacer:
    """Replacements within one conversation: what is the same there becomes the same."""

    def __init__(self, options: Pii, key: bytes | None, persons: Iterable[str] = ()) -> None:
        """`persons` are the names found in the conversation: a part of one is that person.

        Raises ValueError where a mode is `surrogate` or `hash` and there is no key.
        """
        if key is None and needs_key(options):
            raise ValueError("a mode of these options needs a key: read it by pii_key.read_key")
        self._options = options
        self._key = key or b""
        self._numbers: dict[tuple[Entity, str], int] = {}
        self._last: Counter[Entity] = Counter()
        self._whole = whole_names(persons)

    def replace(self, entity: Entity, text: str) -> str:
        """What stands for a find: `[PERSON]`, `[PERSON_2]`, another name, …; itself for `report`.

        `drop` gives a tag: a conversation that holds such a find goes no further.
        """
        mode: Mode = self._options.mode_of(entity)
        if mode == "number":
            return f"[{entity}_{self._number(entity, self._form(entity, text))}]"
        if mode == "surrogate":
            return make_surrogate(entity, text, self._key)
        if mode == "hash":
            return f"[{entity}_{keyed_hash(entity, self._form(entity, text), self._key)}]"
        if mode == "mask":
            return mask(entity, text)
        return text if mode == "report" else f"[{entity}]"

    def _form(self, entity: Entity, text: str) -> str:
        form = normal_form(entity, text)
        return self._whole.get(form, form) if entity == "PERSON" else form

    def _number(self, entity: Entity, form: str) -> int:
        """1 for the first of its kind."""
        known = self._numbers.get((entity, form))
        if known is None:
            self._last[entity] += 1
            known = self._numbers[entity, form] = self._last[entity]
        return known


def keyed_hash(entity: Entity, text: str, key: bytes) -> str:
    """12 hex digits of HMAC-SHA-256: without the key a list of guesses cannot be tried out."""
    return hmac.new(key, f"{entity}\0{text}".encode(), hashlib.sha256).hexdigest()[:12]


def mask(entity: Entity, text: str) -> str:
    """`4111 1111 1111 1234` becomes `**** **** **** 1234`, `a.b@c.org` becomes `*.*@*.***`.

    The marks that stand on letters go with them: vowels, in many scripts. A text of symbols alone,
    in which nothing can be masked, becomes a tag.
    """
    tail = text[-_CARD_TAIL:] if entity == "CREDIT_CARD" else ""
    if not tail.isdigit() or sum(map(str.isdigit, text)) < _CARD_DIGITS:
        tail = ""
    head = text[: len(text) - len(tail)]
    masked = "".join("*" if char.isalnum() or is_mark(char) else char for char in head) + tail
    return masked if masked != text else f"[{entity}]"
