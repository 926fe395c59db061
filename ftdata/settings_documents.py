"""The sections `documents` and `generation` of `ftdata.yaml`, and how a source is synthesised."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ftdata.settings_section import Section

InstructionKind = Literal[
    "question", "faq", "how_to", "troubleshooting", "definition", "policy", "code", "look_up",
    "summary", "comparison", "yes_no", "out_of_scope",
]  # fmt: skip
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Weight = Annotated[float, Field(ge=0, le=100)]


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
        description="Category by words of the heading path or file; else the first heading is it.",
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


class Synthetic(Section):
    """How a source of kind `synthetic` is written; its folder holds the task, notes and seeds."""

    skills: tuple[Text, ...] = Field(
        (), max_length=100, description="Skill categories that the examples are spread over."
    )
    count: int = Field(100, ge=1, le=100_000, description="Examples wanted of each partition.")
    per_request: int = Field(5, ge=1, le=50, description="Examples asked for at one time.")
