"""The sections `documents` and `generation` of `ftdata.yaml`, and how a source is synthesised."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, StringConstraints, field_validator, model_validator

from ftdata.settings_section import Section, idle

InstructionKind = Literal[
    "question", "faq", "how_to", "troubleshooting", "definition", "policy", "code", "look_up",
    "summary", "comparison", "yes_no", "out_of_scope",
]  # fmt: skip
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Weight = Annotated[float, Field(ge=0, le=100)]

_PLACE = re.compile(r"\{[ \w]*\}")
_PLACES = ("{title}", "{topics}")


class Documents(Section):
    """documents: how files become sections."""

    max_section_chars: int = Field(
        6_000, ge=500, le=200_000, description="Cut longer sections, where their structure allows."
    )
    min_section_chars: int = Field(
        40, ge=1, le=10_000, description="Drop sections with less text than this."
    )
    max_file_bytes: int = Field(
        52_428_800, ge=1_024, le=2_147_483_648, description="Reject larger files unread."
    )
    max_rejected_share: float = Field(
        0.5, ge=0, le=1, description="Block a partition when a larger share of files is unreadable."
    )
    links: Literal["absolute", "keep", "text"] = Field(
        "absolute", description="Which link targets stay in texts: absolute ones, all or none."
    )
    references: Literal["join", "drop"] = Field(
        "join", description="Join 'as described above' with what it means, or drop such sections."
    )


class Generation(Section):
    """generated_examples: how sections become examples."""

    kinds: dict[InstructionKind, Weight] = Field(
        default_factory=dict,
        description="Weight of each instruction kind, 1 where none is given; 0 leaves it out.",
    )
    max_per_section: int = Field(3, ge=1, le=50, description="Most examples made from one section.")
    max_kind_share: float = Field(
        0.35, gt=0, le=1, description="Largest share of a partition's examples of one kind."
    )
    out_of_scope_share: float = Field(
        0.05, ge=0, le=0.5, description="Share of questions that the document cannot answer."
    )
    decline: Text = Field(
        'I\'m sorry, but "{title}" does not say that. It covers {topics}.',
        max_length=1_000,
        description="Answer to those, with the document's {title} and {topics}.",
    )
    taxonomy: dict[Text, tuple[Text, ...]] = Field(
        default_factory=dict,
        description="Category by words of the headings or file; else the folder, or first heading.",
    )
    writer: Literal["rules", "model"] = Field(
        "rules", description="Who writes instructions: rules, or the provider's model."
    )
    answers: Literal["spans", "model"] = Field(
        "spans", description="Whether the model may write answers, too; else they are verbatim."
    )
    min_coverage: float = Field(
        0.8, ge=0, le=1,
        description="Least share of a written answer's content words found in its section.",
    )  # fmt: skip
    seed: int = Field(0, ge=0, le=2**31, description="Seed of the choice of kinds and wordings.")

    @field_validator("decline")
    @classmethod
    def _places_are_known(cls, text: str) -> str:
        for place in _PLACE.findall(text):
            if place not in _PLACES:
                raise ValueError(f"{place} is filled by nothing: write {' or '.join(_PLACES)}")
        return text

    @model_validator(mode="after")
    def _all_is_heeded(self) -> Self:
        _refuse_idle_weights(self.kinds)
        is_usual = self.min_coverage == type(self).model_fields["min_coverage"].default
        if self.answers == "model" and self.writer != "model":
            raise idle("answers", "rules write no answers: add `writer: model`, or take this out")
        if not is_usual and self.answers != "model":
            missing = "" if self.writer == "model" else "`writer: model` and "
            raise idle(
                "min_coverage",
                "it holds for answers that a model writes, and rules take them from the document:"
                f" add {missing}`answers: model`, or take this out",
            )
        return self


def _refuse_idle_weights(kinds: dict[InstructionKind, float]) -> None:
    if "out_of_scope" in kinds:
        raise idle(
            "kinds.out_of_scope", "its share is `out_of_scope_share`: set that, or take this out"
        )
    if all(kinds.get(kind) == 0 for kind in get_args(InstructionKind) if kind != "out_of_scope"):
        raise idle("kinds", "all of them weigh 0, and nothing would be made: leave one out")


class Synthetic(Section):
    """How a source of kind `synthetic` is written; its folder holds the task, notes and seeds."""

    skills: tuple[Text, ...] = Field(
        (), max_length=100, description="Skill categories that the examples are spread over."
    )
    count: int = Field(100, ge=1, le=100_000, description="Examples wanted of each partition.")
    per_request: int = Field(5, ge=1, le=50, description="Examples asked for at one time.")
