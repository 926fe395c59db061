"""The section of `ftdata.yaml` on personal data and secrets."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator
from pydantic_core import PydanticCustomError

from ftdata.settings_section import Section, idle

Entity = Literal[
    "SECRET", "EMAIL", "URL", "CREDIT_CARD", "IBAN", "SSN", "NATIONAL_ID", "PASSPORT", "IP", "MAC",
    "PHONE", "DATE_OF_BIRTH", "ADDRESS", "PERSON", "USER",
]  # fmt: skip


def _refuse_off(value: object) -> object:
    if value is False or value in ("off", "none", "keep"):
        raise ValueError(
            "`off` is no mode: `report` counts and leaves what it finds, `enabled: false` looks for"
            " nothing, and a kind that is not in entities is not looked for"
        )
    return value


Mode = Annotated[
    Literal["tag", "number", "surrogate", "hash", "mask", "drop", "report"],
    BeforeValidator(_refuse_off),
]
Engine = Literal["rules", "presidio"]
Names = Literal["list", "cues"]
KEYED: tuple[Mode, ...] = ("surrogate", "hash")

_NAME_KEYS = (
    "name", "full_name", "first_name", "last_name", "user_name", "username", "customer",
    "customer_name", "agent_name", "display_name",
)  # fmt: skip
_USER_KEYS = ("user_id", "customer_id", "account_id", "login")
_KEY_SEPARATORS = str.maketrans("", "", "_-. ")


def plain_key(name: str) -> str:
    """Equal for two spellings of a field: `user_id`, `userId`, `user.id`."""
    return name.casefold().translate(_KEY_SEPARATORS)


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
        default_factory=dict,
        examples=["{PERSON: number}"],
        description="Modes of single kinds, such as {PERSON: number}.",
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
        examples=["{PERSON: [customer.name]}"],
        description="Keys of metadata whose values are personal, there and all over the text;"
        " user_id is userId and user.id, too. Yours join these; {USER: []} takes a kind's out.",
    )
    keep_reserved: bool = Field(
        True, description="Keep what is nobody's: example.com, private addresses, 555-01 numbers."
    )
    allow: dict[Entity, tuple[str, ...]] = Field(
        default_factory=dict,
        examples=["{EMAIL: [help@our-shop.example]}"],
        description="Texts that stay, in fields and ids too, whatever finds them; case is ignored.",
    )
    deny: dict[Entity, tuple[str, ...]] = Field(
        default_factory=dict,
        examples=["{SECRET: [Project Falcon]}"],
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

    @field_validator("fields")
    @classmethod
    def _join_the_usual(cls, lists: dict[Entity, tuple[str, ...]]) -> dict[Entity, tuple[str, ...]]:
        """The owner's keys behind the usual ones of their kind; an empty list stays empty.

        A usual key that the owner gives to another kind is of that kind alone.
        """
        kinds: dict[str, Entity] = {}
        for entity, keys in lists.items():
            for key in keys:
                if kinds.setdefault(plain_key(key), entity) != entity:
                    other = kinds[plain_key(key)]
                    raise ValueError(f"{key} stands under {other} and {entity}: keep one of them")
        joined: dict[Entity, tuple[str, ...]] = {}
        for entity in dict.fromkeys((*_personal_fields(), *lists)):
            given = lists.get(entity)
            usual = () if given == () else _personal_fields().get(entity, ())
            ours = [key for key in usual if kinds.get(plain_key(key), entity) == entity]
            joined[entity] = tuple(dict.fromkeys((*ours, *(given or ()))))
        return joined

    def mode_of(self, entity: Entity) -> Mode:
        """What a find of that kind becomes."""
        return self.modes.get(entity, self.mode)

    @property
    def leaves_some(self) -> bool:
        """Whether a kind is only reported: it stands in cleaned texts still."""
        return any(self.strength_of(kind) == 0 for kind in self.precedence())

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


def refuse_idle(options: Pii) -> None:
    """Raise PydanticCustomError for what an owner wrote and nothing would heed.

    Its context holds, as `at`, the field below `pii` that is to be mended.
    """
    if not options.enabled:
        return
    if not options.entities:
        raise idle("entities", "no kind would be redacted: write `enabled: false` instead")
    if options.presidio_config is not None and options.engine != "presidio":
        raise idle("presidio_config", "nothing reads it: add `engine: presidio`, or take it out")
    known = {*options.entities, *options.deny}
    usual = _personal_fields()  # they stay where nothing looks for their kind: nobody wrote them
    own_fields = [
        kind for kind, keys in options.fields.items() if keys not in ((), usual.get(kind))
    ]
    for kind in own_fields:
        if kind not in options.entities:
            raise _unlisted("fields", kind)
    for name, kinds in (("modes", options.modes), ("allow", options.allow)):
        for kind in kinds:
            if kind not in known:
                raise _unlisted(name, kind)


def _unlisted(field: str, kind: Entity) -> PydanticCustomError:
    return idle(
        f"{field}.{kind}",
        f"nothing looks for {kind}, which is not in entities: add it there, or take this out",
    )
