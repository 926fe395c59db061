"""The section of `ftdata.yaml` on personal data and secrets."""

from __future__ import annotations

import unicodedata
from typing import Literal

from pydantic import Field, field_validator

from ftdata.settings_section import Section

Entity = Literal[
    "SECRET", "EMAIL", "URL", "CREDIT_CARD", "IBAN", "SSN", "NATIONAL_ID", "PASSPORT", "IP", "MAC",
    "PHONE", "DATE_OF_BIRTH", "ADDRESS", "PERSON", "USER",
]  # fmt: skip
Mode = Literal["tag", "number", "surrogate", "hash", "mask", "drop", "report"]
Engine = Literal["rules", "presidio"]
Names = Literal["list", "cues"]
KEYED: tuple[Mode, ...] = ("surrogate", "hash")

_NAME_KEYS = (
    "name", "full_name", "first_name", "last_name", "user_name", "username", "customer",
    "customer_name", "agent_name", "display_name",
)  # fmt: skip
_USER_KEYS = ("user_id", "customer_id", "account_id", "login")


def _personal_fields() -> dict[Entity, tuple[str, ...]]:
    return {"PERSON": _NAME_KEYS, "USER": _USER_KEYS}


class Pii(Section):
    """cleaned: what is redacted, and how."""

    enabled: bool = Field(True, description="Redact personal data and secrets.")
    engine: Engine = Field(
        "rules", description="What finds them: the rules shipped here, or presidio (an extra)."
    )
    presidio_config: str | None = Field(
        None, description="Presidio's analyzer configuration file, with a model of your own."
    )
    entities: tuple[Entity, ...] = Field(
        (
            "SECRET", "EMAIL", "CREDIT_CARD", "IBAN", "SSN", "NATIONAL_ID", "PASSPORT", "IP",
            "MAC", "PHONE", "DATE_OF_BIRTH", "ADDRESS", "USER", "PERSON",
        ),
        description="Kinds that are redacted (URL is another); earlier ones win where two overlap,"
        " but what is dropped or redacted wins over what is only reported.",
    )  # fmt: skip
    mode: Mode = Field(
        "tag",
        description="What a find becomes: tag, number, surrogate, hash or mask; drop, report.",
    )
    modes: dict[Entity, Mode] = Field(
        default_factory=dict, description="Modes of single kinds, such as {PERSON: number}."
    )
    key_variable: str = Field(
        "FTDATA_PII_KEY",
        pattern="^[A-Za-z_][A-Za-z0-9_]*$",
        description="Environment variable with the key of surrogates and hashes.",
    )
    names: Names = Field(
        "list", description="Persons: by a list of names and by cues, or by cues alone."
    )
    fields: dict[Entity, tuple[str, ...]] = Field(
        default_factory=_personal_fields,
        description="Keys of metadata whose values are personal, here and all over the text;"
        " user_id is userId and user.id, too.",
    )
    keep_reserved: bool = Field(
        True, description="Keep what is nobody's: example.com, private addresses, 555-01 numbers."
    )
    allow: dict[Entity, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Texts that stay, in fields and ids too, whatever finds them; case is ignored.",
    )
    deny: dict[Entity, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Words always redacted, in ids and file names too; case is ignored.",
    )

    @field_validator("entities")
    @classmethod
    def _each_once(cls, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
        twice = [name for name in dict.fromkeys(entities) if entities.count(name) > 1]
        if twice:
            raise ValueError(f"{', '.join(twice)} stands twice: name it once")
        return entities

    @field_validator("allow", "deny", "fields")
    @classmethod
    def _as_compared(cls, lists: dict[Entity, tuple[str, ...]]) -> dict[Entity, tuple[str, ...]]:
        """In NFC, as the texts are, without the white space around."""
        for entity, texts in lists.items():
            if not all(text.strip() for text in texts):
                raise ValueError(f"{entity} holds an empty text: remove it")
        return {
            entity: tuple(unicodedata.normalize("NFC", text.strip()) for text in texts)
            for entity, texts in lists.items()
        }

    def mode_of(self, entity: Entity) -> Mode:
        """What a find of that kind becomes."""
        return self.modes.get(entity, self.mode)

    def precedence(self) -> tuple[Entity, ...]:
        """Every kind that may be found, the one that wins where two overlap before the other.

        First the kinds for which a conversation is dropped, then those that are redacted, last
        those that are only reported; among these as in `entities`.
        """
        kinds = dict.fromkeys((*self.entities, *self.deny))
        return tuple(sorted(kinds, key=lambda kind: -self.strength_of(kind)))

    def strength_of(self, entity: Entity) -> int:
        """2 for a kind for which a conversation is dropped, 1 for redacted, 0 for reported."""
        return {"drop": 2, "report": 0}.get(self.mode_of(entity), 1)
