"""The tags of a variant: its parent's, but for those that tell of what was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ftdata.augmentation.augmenter import Variant
from ftdata.tagging.complexity import complexity_of
from ftdata.tagging.said import read_said
from ftdata.tagging.tone import tone_of
from ftdata.token_count import Message

Tags = dict[str, str]


def variant_tags(parent: Mapping[str, Any], variant: Variant, generator: str) -> tuple[Tags, Tags]:
    """Tags of a variant of that row, and their origins.

    `turns` is counted anew, `generator` and what its augmenter says of it are added. Complexity and
    tone are the rules' where they find another than in the parent: the variant was made harder, or
    more formal. All others are the parent's: it is about the same, and asks for the same.
    """
    tags, origins = dict(parent["tags"]), dict(parent["tag_origins"])
    language = tags.get("language")
    before, after = _felt(parent["messages"], language), _felt(variant.messages, language)
    changed = {name: felt for name, felt in after.items() if name in tags and felt != before[name]}
    turns = sum(message["role"] == "user" for message in variant.messages)
    counted = {**changed, "turns": str(turns)}
    own = {**variant.tags, "generator": generator}
    return (
        {**tags, **counted, **own},
        {**origins, **dict.fromkeys(counted, "rules"), **dict.fromkeys(own, "generator")},
    )


def _felt(messages: Sequence[Message], language: str | None) -> Tags:
    said = read_said(messages, language)
    return {"complexity": complexity_of(said), "tone": tone_of(said)}
