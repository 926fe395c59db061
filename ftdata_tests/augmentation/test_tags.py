"""A variant's tags are its parent's, but where the rules tell another thing of the two."""

from __future__ import annotations

from typing import Any

from ftdata.augmentation.augmenter import Variant
from ftdata.augmentation.tags import variant_tags
from ftdata_tests.augmentation.formatted import formatted_row, turn

PARENT = formatted_row(
    "e0",
    "Tell me when the shop opens.",
    tags=[("complexity", "hard"), ("domain", "legal"), ("tone", "formal"), ("turns", "1")],
    tag_origins=[
        ("complexity", "model"), ("domain", "model"), ("tone", "model"), ("turns", "rules"),
    ],
)  # fmt: skip


def tags(*prompts: str, parent: dict[str, Any] = PARENT, **own: str) -> dict[str, tuple[str, str]]:
    messages = [message for prompt in prompts for message in turn(prompt)]
    values, origins = variant_tags(parent, Variant(messages, own), "rules")
    assert values.keys() == origins.keys()
    return {name: (value, origins[name]) for name, value in values.items()}


def test_what_did_not_change_is_the_parents() -> None:
    assert tags("Say when the shop opens.", style="short") == {
        "complexity": ("hard", "model"),
        "domain": ("legal", "model"),
        "tone": ("formal", "model"),
        "turns": ("1", "rules"),
        "style": ("short", "generator"),
        "generator": ("rules", "generator"),
    }


def test_a_tone_that_changed_is_the_rules() -> None:
    found = tags("Could you please tell me when the shop opens?")
    assert found["tone"] == ("polite", "rules")
    assert found["complexity"] == ("hard", "model")


def test_more_turns_make_it_more_complex() -> None:
    found = tags(*["Tell me when the shop opens."] * 10)
    assert found["turns"] == ("10", "rules")
    assert found["complexity"] == ("medium", "rules")


def test_a_parent_without_a_tag_gives_a_variant_without_it() -> None:
    plain = formatted_row("e1", "Tell me when the shop opens.")
    assert tags("Please tell me when it opens.", parent=plain).keys() == {
        "category", "turns", "generator"
    }  # fmt: skip
